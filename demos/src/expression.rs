//! The language of `claim`: `threads.speedup >= 0.9 * ideal and async.cores_used < 1.1`.
//!
//! An expression is a condition over the figures of a finished run. It is parsed once, when a deck
//! is checked, and evaluated over a [`Report`]; it knows nothing of decks, screens or how the
//! figures were measured.
//!
//! - numbers: `2`, `0.9`, `1e3`, and with a percent sign `5 %` = 0.05
//! - `ideal` (measured speed-up of a pure loop), `cores` (that this process may use), `workers`
//!   (the most that any lane has)
//! - `LANE.FIGURE`: `wall` and `cpu` in seconds, `cores_used`, `speedup`, `spread`, `pss` in MiB,
//!   `switches` (context switches), or the name of a counter that the lane reports
//! - of a lane that searched every schedule: `schedules`, `outcomes`, `deadlocks` (schedules that end
//!   in one), and `ends_TEXT` (schedules whose program printed `TEXT`)
//! - `+ - * /`, `>= > <= < == !=`, `not`, `and`, `or`, parentheses
//!
//! Names may contain `-` (`free-threaded.wall`), so a minus after a name needs a space before it;
//! any other name stands in quotes: `"two of them".wall`.
//!
//! Figures of several runs are ranges, not points. A comparison is true when it is true for every
//! pair of values from both ranges, false when it is for none, and otherwise [`Answer::Within`] the
//! spread. A figure that is missing makes its comparison [`Answer::Unknown`].

mod evaluate;
mod parse;
#[cfg(test)]
mod tests;
mod token;

use std::fmt;

pub(crate) use evaluate::speedup;
pub use evaluate::{Answer, Range};

use crate::report::Report;

/// The longest expression, in bytes.
pub const LENGTH_MAX: usize = 4096;

/// How deep parentheses and operators may nest.
pub const DEPTH_MAX: usize = 64;

/// A condition, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    root: Node,
}

/// A number over the figures of a run, parsed: what is to be predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    root: Node,
}

/// Why a text is no condition, or no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// Where, in bytes from the start of the text.
    pub at: usize,
    /// What was expected there.
    pub message: String,
}

fn error<T>(at: usize, message: impl Into<String>) -> Result<T, SyntaxError> {
    let message = message.into();
    Err(SyntaxError { at, message })
}

/// A name that an expression mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The lane's name.
    pub lane: String,
    /// Which figure of it.
    pub figure: Figure,
    /// Where, in bytes from the start of the text.
    pub at: usize,
}

/// A figure of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Wall time in seconds.
    Wall,
    /// CPU time in seconds.
    Cpu,
    /// CPU time ÷ wall time.
    CoresUsed,
    /// Baseline's wall time ÷ this one's.
    Speedup,
    /// (max − min) ÷ median of the wall times.
    Spread,
    /// Largest sample of the proportional set size, in MiB.
    Pss,
    /// Context switches, voluntary and involuntary.
    Switches,
    /// What workload or model counted under this name.
    Counter(String),
}

impl Figure {
    fn named(name: &str) -> Self {
        match name {
            "wall" => Self::Wall,
            "cpu" => Self::Cpu,
            "cores_used" => Self::CoresUsed,
            "speedup" => Self::Speedup,
            "spread" => Self::Spread,
            "pss" => Self::Pss,
            "switches" => Self::Switches,
            counter => Self::Counter(counter.to_owned()),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wall => "wall",
            Self::Cpu => "cpu",
            Self::CoresUsed => "cores_used",
            Self::Speedup => "speedup",
            Self::Spread => "spread",
            Self::Pss => "pss",
            Self::Switches => "switches",
            Self::Counter(name) => name,
        })
    }
}

/// A number or a condition; the parser lets no other mixture through.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Ideal,
    Cores,
    Workers,
    Figure(Mention),
    Negate(Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
    Unequal,
}

impl Comparison {
    fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }
}

impl Expression {
    /// Parses a condition.
    ///
    /// # Errors
    /// Where the text stops being a condition, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::condition(text).map(|root| Self { root })
    }

    /// Every figure that it mentions, from left to right.
    pub fn mentions(&self) -> Vec<Mention> {
        self.root.mentions()
    }

    /// Whether it mentions `ideal`.
    pub fn mentions_ideal(&self) -> bool {
        let mut found = false;
        self.root.visit(&mut |node| found |= *node == Node::Ideal);
        found
    }

    /// Whether it mentions `workers`.
    pub fn mentions_workers(&self) -> bool {
        let mut found = false;
        self.root.visit(&mut |node| found |= *node == Node::Workers);
        found
    }

    /// Whether it is true of these figures.
    pub fn evaluate(&self, report: &Report) -> Answer {
        evaluate::condition(&self.root, report)
    }
}

impl Quantity {
    /// Parses a number.
    ///
    /// # Errors
    /// Where the text stops being a number, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::quantity(text).map(|root| Self { root })
    }

    /// Every figure that it mentions, from left to right.
    pub fn mentions(&self) -> Vec<Mention> {
        self.root.mentions()
    }

    /// Its value over these figures.
    ///
    /// # Errors
    /// The name of a figure that is missing.
    pub fn evaluate(&self, report: &Report) -> Result<Range, String> {
        evaluate::number(&self.root, report)
    }
}

impl Mention {
    /// The figure's value, where this run has it.
    pub fn value(&self, report: &Report) -> Option<Range> {
        evaluate::figure(self, report)
    }
}

impl Node {
    fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        self.visit(&mut |node| {
            if let Self::Figure(mention) = node {
                found.push(mention.clone());
            }
        });
        found
    }

    fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Ideal | Self::Cores | Self::Workers | Self::Figure(_) => {}
            Self::Negate(inner) | Self::Not(inner) => inner.visit(see),
            Self::Arithmetic(_, left, right)
            | Self::Compare(_, left, right)
            | Self::And(left, right)
            | Self::Or(left, right) => {
                left.visit(see);
                right.visit(see);
            }
        }
    }

    fn is_condition(&self) -> bool {
        matches!(
            self,
            Self::Compare(..) | Self::Not(_) | Self::And(..) | Self::Or(..)
        )
    }
}

/// The expression as it would be written, with no more parentheses than a reader needs.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Ideal => f.write_str("ideal"),
            Self::Cores => f.write_str("cores"),
            Self::Workers => f.write_str("workers"),
            Self::Figure(Mention { lane, figure, .. }) => write!(f, "{lane}.{figure}"),
            Self::Negate(inner) => write!(f, "-{inner}"),
            Self::Arithmetic(operator, left, right) => {
                let sign = match operator {
                    Arithmetic::Add => '+',
                    Arithmetic::Subtract => '-',
                    Arithmetic::Multiply => '*',
                    Arithmetic::Divide => '/',
                };
                let side = |f: &mut fmt::Formatter<'_>, node: &Self| match node {
                    Self::Arithmetic(..) => write!(f, "({node})"),
                    _ => write!(f, "{node}"),
                };
                side(f, left)?;
                write!(f, " {sign} ")?;
                side(f, right)
            }
            Self::Compare(comparison, left, right) => {
                write!(f, "{left} {} {right}", comparison.sign())
            }
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::And(left, right) => write!(f, "({left}) and ({right})"),
            Self::Or(left, right) => write!(f, "({left}) or ({right})"),
        }
    }
}
