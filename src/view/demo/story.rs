//! The rows below the table: what will run, who is at work, or what came of it.

use parade_demos::spec::{Order, Show};

use super::{Scene, Stage, attempts, holds, verdict, workers};
use crate::app::DemoFocus;
use crate::theme::Role;
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::words::lines;

/// Draws what the demo's stage has to tell.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    if let Some(refused) = &scene.demo.refused {
        canvas.cut(0, 0, canvas.width(), refused, Role::Warning);
        return;
    }
    match (scene.demo.spec.show, scene.stage) {
        (Show::Gil, Stage::Running | Stage::Over) => {
            let taken = holds::draw(scene, canvas);
            let left = canvas.height().saturating_sub(taken);
            below(scene, &mut canvas.rows(taken, left));
        }
        (Show::Attempts, Stage::Ready | Stage::Running) => {
            let mut y = 0;
            if scene.stage == Stage::Ready {
                ready(scene, canvas);
                y = 1;
            }
            for (y, line) in (y..).zip(attempts::sources(scene)) {
                canvas.cut(0, y, canvas.width(), &line, Role::Muted);
            }
        }
        _ => below(scene, canvas),
    }
}

/// What every demo has to tell there.
fn below(scene: &Scene, canvas: &mut Canvas) {
    match scene.stage {
        Stage::Ready => ready(scene, canvas),
        Stage::Running => workers::draw(scene, canvas),
        Stage::Over => verdict::draw(scene, canvas),
    }
}

/// What the run key will do, and what is claimed of it.
fn ready(scene: &Scene, canvas: &mut Canvas) {
    let order = match scene.demo.spec.order {
        Order::Turn => "one after the other",
        Order::Together => "all at once",
    };
    let spec = scene.demo.spec_in_focus();
    let runs = match (scene.demo.focus, spec.lanes.first()) {
        (DemoFocus::Lane(_), Some(lane)) => format!("runs only {}", lane.label),
        _ => format!(
            "runs {}, {order}",
            figure::counted(scene.lanes.len(), "lane")
        ),
    };
    let end = canvas.text(0, 0, &scene.run_key(), Role::Key);
    canvas.text(end + 1, 0, &runs, Role::Muted);
    if let Some(claim) = &spec.claim {
        let x = canvas.text(0, 1, "claim", Role::Muted) + 2;
        for (y, line) in (1..).zip(lines(claim, canvas.width().saturating_sub(x))) {
            canvas.text(x, y, line, Role::Text);
        }
    }
}
