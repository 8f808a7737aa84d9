//! The rows below the table: what will run, who is at work, or what came of it.

use super::{Scene, Stage, verdict, workers};
use crate::theme::Role;
use crate::view::canvas::Canvas;

/// Draws what the demo's stage has to tell.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    if let Some(refused) = &scene.demo.refused {
        canvas.cut(0, 0, canvas.width(), refused, Role::Warning);
        return;
    }
    match scene.stage {
        Stage::Ready => ready(scene, canvas),
        Stage::Running => workers::draw(scene, canvas),
        Stage::Over => verdict::draw(scene, canvas),
    }
}

/// What a press of `r` will do, and what is claimed of it.
fn ready(scene: &Scene, canvas: &mut Canvas) {
    let end = canvas.text(0, 0, "r", Role::Key);
    canvas.text(end + 1, 0, "runs it", Role::Muted);
    if let Some(claim) = &scene.demo.spec.claim {
        let end = canvas.text(0, 1, "claim", Role::Muted);
        let room = canvas.width().saturating_sub(end + 2);
        canvas.cut(end + 2, 1, room, claim, Role::Text);
    }
}
