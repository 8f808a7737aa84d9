//! What an instruction does to the stack and where it leads: enough to walk every path of a code
//! without running it.
//!
//! The compiler computes a code's deepest stack with this, and [`verify`](super::verify()) proves
//! that its paths agree.

use super::Instruction;

/// How many values an instruction takes from the stack, and how many it leaves there in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Values that must lie on the stack before.
    pub takes: usize,
    /// Values that lie there in their place after.
    pub leaves: usize,
}

/// Why a code's paths make no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It jumps, or falls, to where no instruction is.
    #[error("instruction {at} leads to {target}, where no instruction is")]
    Outside {
        /// The instruction.
        at: usize,
        /// Where it leads.
        target: usize,
    },
    /// It takes more values than there are.
    #[error("instruction {at} takes {takes} values of {depth}")]
    Below {
        /// The instruction.
        at: usize,
        /// How many it takes.
        takes: usize,
        /// How many there are.
        depth: usize,
    },
    /// Two paths reach it with stacks of different depth.
    #[error("instruction {at} is reached with {one} values and with {other}")]
    Disagree {
        /// The instruction.
        at: usize,
        /// The depth on one path.
        one: usize,
        /// The depth on another.
        other: usize,
    },
}

impl Instruction {
    /// What it does to the stack when the next instruction follows.
    pub fn effect(self) -> Effect {
        let (takes, leaves) = match self {
            Self::Resume
            | Self::DeleteFast(_)
            | Self::DeleteName(_)
            | Self::DeleteGlobal(_)
            | Self::JumpForward(_)
            | Self::JumpBackward(_)
            | Self::RaiseAssertion { message: false } => (0, 0),
            Self::LoadConst(_)
            | Self::LoadFast(_)
            | Self::LoadName(_)
            | Self::LoadGlobal(_)
            | Self::PushNull
            | Self::ImportName(_)
            | Self::MakeFunction {
                defaults: false, ..
            } => (0, 1),
            Self::StoreFast(_)
            | Self::StoreName(_)
            | Self::StoreGlobal(_)
            | Self::PopJumpIfFalse(_)
            | Self::PopJumpIfTrue(_)
            | Self::PopTop
            | Self::PopIter
            | Self::ReturnValue
            | Self::RaiseAssertion { message: true } => (1, 0),
            Self::LoadAttr(_)
            | Self::UnaryNegative
            | Self::UnaryPositive
            | Self::UnaryInvert
            | Self::UnaryNot
            | Self::FormatSimple
            | Self::ConvertRepr
            | Self::ConvertStr
            | Self::GetIter
            | Self::MakeFunction { defaults: true, .. } => (1, 1),
            Self::LoadMethod(_) | Self::ForIter(_) | Self::ImportFrom(_) => (1, 2),
            Self::BinaryOp(_)
            | Self::InplaceOp(_)
            | Self::CompareOp(_)
            | Self::ContainsOp { .. }
            | Self::IsOp { .. }
            | Self::BinarySubscr
            | Self::FormatWithSpec => (2, 1),
            Self::DeleteSubscr | Self::ExitWith => (2, 0),
            Self::StoreSubscr => (3, 0),
            Self::CallEx => (3, 1),
            Self::BeforeWith => (1, 3),
            Self::Call(arguments) => (arguments as usize + 2, 1),
            Self::CallKw(arguments) => (arguments as usize + 3, 1),
            Self::BuildTuple(items) | Self::BuildList(items) | Self::BuildString(items) => {
                (items as usize, 1)
            }
            Self::BuildMap(pairs) => (2 * pairs as usize, 1),
            Self::UnpackSequence(items) => (1, items as usize),
            Self::Swap(depth) => (depth as usize, depth as usize),
            Self::Copy(depth) => (depth as usize, depth as usize + 1),
        };
        Effect { takes, leaves }
    }

    /// What it does to the stack when it jumps.
    pub fn effect_jumping(self) -> Effect {
        match self {
            Self::ForIter(_) => Effect {
                takes: 1,
                leaves: 1,
            },
            other => other.effect(),
        }
    }

    /// Where it may jump to.
    pub fn target(self) -> Option<u32> {
        match self {
            Self::PopJumpIfFalse(target)
            | Self::PopJumpIfTrue(target)
            | Self::JumpForward(target)
            | Self::JumpBackward(target)
            | Self::ForIter(target) => Some(target),
            _ => None,
        }
    }

    /// The same jump, to another place; what does not jump stays as it is.
    #[must_use]
    pub fn retargeted(self, target: u32) -> Self {
        match self {
            Self::PopJumpIfFalse(_) => Self::PopJumpIfFalse(target),
            Self::PopJumpIfTrue(_) => Self::PopJumpIfTrue(target),
            Self::JumpForward(_) => Self::JumpForward(target),
            Self::JumpBackward(_) => Self::JumpBackward(target),
            Self::ForIter(_) => Self::ForIter(target),
            other => other,
        }
    }

    /// Whether it always jumps.
    pub fn is_jump(self) -> bool {
        matches!(self, Self::JumpForward(_) | Self::JumpBackward(_))
    }

    /// Whether the next instruction can follow it.
    pub fn falls_through(self) -> bool {
        !self.is_jump() && !matches!(self, Self::ReturnValue | Self::RaiseAssertion { .. })
    }
}

/// How many values lie on the stack before each instruction; `None` for one that no path reaches.
///
/// # Errors
/// The first [`Fault`] found.
pub fn depths(instructions: &[Instruction]) -> Result<Vec<Option<usize>>, Fault> {
    let mut depths = vec![None; instructions.len()];
    let mut open = vec![];
    reach(&mut depths, &mut open, 0, 0, 0)?;
    while let Some(at) = open.pop() {
        let (Some(&instruction), Some(&Some(depth))) = (instructions.get(at), depths.get(at))
        else {
            continue;
        };
        let after = |Effect { takes, leaves }: Effect| {
            let rest = depth.checked_sub(takes);
            rest.map(|rest| rest + leaves)
                .ok_or(Fault::Below { at, takes, depth })
        };
        let falling = after(instruction.effect())?;
        if let Some(target) = instruction.target() {
            let jumping = after(instruction.effect_jumping())?;
            reach(&mut depths, &mut open, at, target as usize, jumping)?;
        }
        if instruction.falls_through() {
            reach(&mut depths, &mut open, at, at + 1, falling)?;
        }
    }
    Ok(depths)
}

/// Notes that `at` leads to `target` with so many values; a place first reached is to be walked.
fn reach(
    depths: &mut [Option<usize>],
    open: &mut Vec<usize>,
    at: usize,
    target: usize,
    depth: usize,
) -> Result<(), Fault> {
    match depths.get_mut(target) {
        None => Err(Fault::Outside { at, target }),
        Some(known @ None) => {
            *known = Some(depth);
            open.push(target);
            Ok(())
        }
        Some(&mut Some(one)) if one != depth => Err(Fault::Disagree {
            at: target,
            one,
            other: depth,
        }),
        Some(Some(_)) => Ok(()),
    }
}

/// The most values that ever lie on the stack, from the depths before each instruction.
pub fn stack_max(instructions: &[Instruction], depths: &[Option<usize>]) -> usize {
    let deepest = |(instruction, depth): (&Instruction, &Option<usize>)| {
        let Effect { takes, leaves } = instruction.effect();
        depth.map_or(0, |depth| depth.max((depth + leaves).saturating_sub(takes)))
    };
    let each = instructions.iter().zip(depths).map(deepest);
    each.max().unwrap_or(0)
}
