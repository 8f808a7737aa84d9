//! Tree and report → answer, with ranges for figures that several runs gave.

use super::{Arithmetic, Comparison, Figure, Mention, Node};
use crate::interleavings::{Interleavings, Outcome};
use crate::report::{LaneReport, Report};

/// From the smallest to the largest value over the runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// Whether a condition is true.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// For every value in the ranges.
    True,
    /// For no value in the ranges; says which comparison is false and what its sides are.
    False(String),
    /// For some values in the ranges and not for others: the spread is larger than the effect.
    Within(String),
    /// A figure is missing; names it.
    Unknown(String),
}

impl Range {
    /// One value.
    pub fn point(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// The smallest range around these values; `None` for none.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values.into_iter().map(Self::point).reduce(|a, b| Self {
            low: a.low.min(b.low),
            high: a.high.max(b.high),
        })
    }

    /// Whether the two have a value in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Every quotient of a value of this range and one of the other, where the other has no zero.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        if other.low <= 0.0 && other.high >= 0.0 {
            return None;
        }
        Self::around(self.pairs(other).map(|(a, b)| a / b))
    }

    fn pairs(self, other: Self) -> impl Iterator<Item = (f64, f64)> {
        [
            (self.low, other.low),
            (self.low, other.high),
            (self.high, other.low),
            (self.high, other.high),
        ]
        .into_iter()
    }
}

pub(super) fn condition(node: &Node, report: &Report) -> Answer {
    match node {
        Node::Compare(comparison, left, right) => {
            let sides = number(left, report).and_then(|l| Ok((l, number(right, report)?)));
            match sides {
                Ok((l, r)) => compare(*comparison, l, r, node),
                Err(missing) => Answer::Unknown(missing),
            }
        }
        Node::Not(inner) => match condition(inner, report) {
            Answer::True => Answer::False(format!("{inner} is true")),
            Answer::False(_) => Answer::True,
            open => open,
        },
        Node::And(left, right) => both(condition(left, report), condition(right, report)),
        Node::Or(left, right) => either(condition(left, report), condition(right, report)),
        _ => unreachable!("the parser lets no number stand for a condition"),
    }
}

/// False wins over what is open, and what is open over true.
fn both(left: Answer, right: Answer) -> Answer {
    match (left, right) {
        (reason @ Answer::False(_), _) | (_, reason @ Answer::False(_)) => reason,
        (Answer::True, answer) | (answer, _) => answer,
    }
}

/// True wins over what is open, and what is open over false.
fn either(left: Answer, right: Answer) -> Answer {
    match (left, right) {
        (Answer::True, _) | (_, Answer::True) => Answer::True,
        (Answer::False(first), Answer::False(second)) => {
            Answer::False(format!("{first}; {second}"))
        }
        (Answer::False(_), answer) | (answer, _) => answer,
    }
}

fn compare(comparison: Comparison, left: Range, right: Range, node: &Node) -> Answer {
    let (always, never) = match comparison {
        Comparison::AtLeast => (left.low >= right.high, left.high < right.low),
        Comparison::Above => (left.low > right.high, left.high <= right.low),
        Comparison::AtMost => (left.high <= right.low, left.low > right.high),
        Comparison::Below => (left.high < right.low, left.low >= right.high),
        Comparison::Equal => (
            same(left, right),
            !left.overlaps(right) && !same(left, right),
        ),
        Comparison::Unequal => (
            !left.overlaps(right) && !same(left, right),
            same(left, right),
        ),
    };
    if always {
        return Answer::True;
    }
    let seen = format!("{node}: {} against {}", show(left), show(right));
    if never {
        Answer::False(seen)
    } else {
        Answer::Within(seen)
    }
}

/// Both are one value, and equal but for rounding.
fn same(left: Range, right: Range) -> bool {
    let all = Range {
        low: left.low.min(right.low),
        high: left.high.max(right.high),
    };
    all.high - all.low <= 1e-9 * all.high.abs().max(all.low.abs())
}

fn show(range: Range) -> String {
    let digits = |value: f64| {
        let text = format!("{value:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if same(range, range) {
        return digits(range.low);
    }
    format!("{} to {}", digits(range.low), digits(range.high))
}

/// The value, or the name of what is missing.
pub(super) fn number(node: &Node, report: &Report) -> Result<Range, String> {
    match node {
        Node::Number(number) => Ok(Range::point(*number)),
        Node::Ideal => report
            .ideal_speedup
            .map(Range::point)
            .ok_or("ideal".to_owned()),
        Node::Cores => Ok(Range::point(report.machine.usable as f64)),
        Node::Workers => report
            .lanes
            .iter()
            .map(|lane| f64::from(lane.workers))
            .reduce(f64::max)
            .map(Range::point)
            .ok_or("workers".to_owned()),
        Node::Figure(mention) => {
            figure(mention, report).ok_or_else(|| format!("{}.{}", mention.lane, mention.figure))
        }
        Node::Negate(inner) => number(inner, report).map(|r| Range {
            low: -r.high,
            high: -r.low,
        }),
        Node::Arithmetic(operator, left, right) => {
            let (l, r) = (number(left, report)?, number(right, report)?);
            let result = match operator {
                Arithmetic::Add => Some(Range {
                    low: l.low + r.low,
                    high: l.high + r.high,
                }),
                Arithmetic::Subtract => Some(Range {
                    low: l.low - r.high,
                    high: l.high - r.low,
                }),
                Arithmetic::Multiply => Range::around(l.pairs(r).map(|(a, b)| a * b)),
                Arithmetic::Divide => l.divided_by(r),
            };
            result
                .filter(|range| range.low.is_finite() && range.high.is_finite())
                .ok_or_else(|| format!("{node} (a division by zero)"))
        }
        _ => unreachable!("the parser lets no condition stand for a number"),
    }
}

pub(super) fn figure(mention: &Mention, report: &Report) -> Option<Range> {
    let lane = report.lanes.iter().find(|lane| lane.name == mention.lane)?;
    match &mention.figure {
        Figure::Wall => wall(lane),
        Figure::Cpu => Range::around(lane.runs.iter().map(|run| run.cpu_s)),
        Figure::CoresUsed => Range::around(lane.runs.iter().map(|run| run.cpu_s / run.wall_s)),
        Figure::Speedup => speedup(lane, report),
        Figure::Spread => lane.spread.map(Range::point),
        Figure::Pss => lane.pss_mib_max.map(Range::point),
        Figure::Switches => lane
            .context_switches
            .map(|switches| Range::point((switches.voluntary + switches.involuntary) as f64)),
        Figure::Counter(name) => match lane.counters.get(name) {
            Some(count) => count.as_f64().map(Range::point),
            None => searched(lane.interleavings.as_deref()?, name).map(Range::point),
        },
    }
}

/// What a search of every schedule counted under this name.
fn searched(found: &Interleavings, name: &str) -> Option<f64> {
    let schedules = |is: &dyn Fn(&Outcome) -> bool| {
        let mut counted = found.outcomes.iter().filter(|outcome| is(outcome));
        // The sum of no floats is −0 in the standard library.
        counted.try_fold(0.0, |sum, outcome| {
            Some(sum + outcome.schedules.parse::<f64>().ok()?)
        })
    };
    match name {
        "schedules" => found.schedules.parse().ok(),
        "outcomes" => Some(found.outcomes_total as f64),
        "deadlocks" => schedules(&|outcome| outcome.deadlock),
        _ => {
            let text = name.strip_prefix("ends_")?;
            schedules(&|outcome| !outcome.deadlock && outcome.text == text)
        }
    }
}

fn wall(lane: &LaneReport) -> Option<Range> {
    Range::around(lane.runs.iter().map(|run| run.wall_s))
}

/// The baseline's wall times ÷ the lane's: of the medians for one run, and of every pair for several.
pub(crate) fn speedup(lane: &LaneReport, report: &Report) -> Option<Range> {
    let baseline = report
        .lanes
        .iter()
        .find(|other| lane.against.as_ref() == Some(&other.name))?;
    if baseline.name == lane.name {
        return Some(Range::point(1.0));
    }
    wall(baseline)?.divided_by(wall(lane)?)
}
