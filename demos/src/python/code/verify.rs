//! Proves of a compiled program that the interpreter need not doubt it: every path of every code
//! is walked.
//!
//! Depths agree where paths meet, no instruction takes more than lies on the stack, jumps lead to
//! instructions and in the direction that their name says, operands name something, and nothing but
//! the result lies on the stack when a function returns.

use super::flow::{self, Fault, depths};
use super::{Code, Instruction, Program};

/// What is wrong with a program, and in which code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {problem}")]
pub struct Unsound {
    /// The code's name.
    pub code: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Its paths make no sense.
    #[error(transparent)]
    Flow(#[from] Fault),
    /// There are not as many places as instructions.
    #[error("{places} places for {instructions} instructions")]
    Places {
        /// How many places.
        places: usize,
        /// How many instructions.
        instructions: usize,
    },
    /// No path reaches an instruction.
    #[error("instruction {at} is never reached")]
    Unreached {
        /// The instruction.
        at: usize,
    },
    /// It says another stack size than it needs.
    #[error("stack of {said} said, of {needed} needed")]
    StackMax {
        /// What it says.
        said: usize,
        /// What its paths need.
        needed: usize,
    },
    /// An operand names nothing, or is no operand for this instruction.
    #[error("the operand of instruction {at} means nothing")]
    Operand {
        /// The instruction.
        at: usize,
    },
    /// A function is left with values on its stack, or from within a `with` block.
    #[error("instruction {at} returns, and leaves something behind")]
    Untidy {
        /// The instruction.
        at: usize,
    },
    /// A `with` block lies outside the code, or its depth is not that of its instructions.
    #[error("with block {index} does not fit its instructions")]
    WithBlock {
        /// Index of the block.
        index: usize,
    },
}

/// Checks every code of a program.
///
/// # Errors
/// The first problem found.
pub fn verify(program: &Program) -> Result<(), Unsound> {
    for code in &program.codes {
        verify_code(program, code).map_err(|problem| Unsound {
            code: code.name.clone(),
            problem,
        })?;
    }
    Ok(())
}

fn verify_code(program: &Program, code: &Code) -> Result<(), Problem> {
    let (places, instructions) = (code.places.len(), code.instructions.len());
    if places != instructions {
        return Err(Problem::Places {
            places,
            instructions,
        });
    }
    let depths = depths(&code.instructions)?;
    for (at, (&instruction, &depth)) in code.instructions.iter().zip(&depths).enumerate() {
        let depth = depth.ok_or(Problem::Unreached { at })?;
        if !means_something(program, code, at, instruction) {
            return Err(Problem::Operand { at });
        }
        let within = code.with_blocks.iter().any(|block| holds(block, at));
        if instruction == Instruction::ReturnValue && (depth != 1 || within) {
            return Err(Problem::Untidy { at });
        }
    }
    let needed = flow::stack_max(&code.instructions, &depths);
    if code.stack_max != needed {
        return Err(Problem::StackMax {
            said: code.stack_max,
            needed,
        });
    }
    verify_with_blocks(code, &depths)
}

fn holds(block: &super::WithBlock, at: usize) -> bool {
    (block.start as usize..block.end as usize).contains(&at)
}

/// Whether an instruction's operand names something, and a jump's direction is that of its name.
fn means_something(program: &Program, code: &Code, at: usize, instruction: Instruction) -> bool {
    use Instruction as I;
    let among = |index: u32, count: usize| (index as usize) < count;
    match instruction {
        I::LoadConst(index) => among(index, code.constants.len()),
        I::LoadFast(index) | I::StoreFast(index) | I::DeleteFast(index) => {
            among(index, code.locals.len())
        }
        I::LoadName(index)
        | I::StoreName(index)
        | I::DeleteName(index)
        | I::LoadGlobal(index)
        | I::StoreGlobal(index)
        | I::DeleteGlobal(index) => among(index, program.globals.len()),
        I::LoadAttr(index) | I::LoadMethod(index) | I::ImportName(index) | I::ImportFrom(index) => {
            among(index, program.names.len())
        }
        I::MakeFunction { code: made, .. } => made > 0 && among(made, program.codes.len()),
        I::JumpBackward(target) => target as usize <= at,
        I::PopJumpIfFalse(target)
        | I::PopJumpIfTrue(target)
        | I::JumpForward(target)
        | I::ForIter(target) => target as usize > at,
        I::Swap(depth) => depth >= 2,
        I::Copy(depth) => depth >= 1,
        _ => true,
    }
}

/// Each block's two values lie on the stack wherever the block says that they do; a later block
/// that shares an instruction with an earlier one lies inside it, and above it on the stack.
fn verify_with_blocks(code: &Code, depths: &[Option<usize>]) -> Result<(), Problem> {
    for (index, block) in code.with_blocks.iter().enumerate() {
        let body = depths.get(block.start as usize..block.end as usize);
        let deep_enough =
            |depth: &Option<usize>| depth.is_some_and(|d| d >= block.depth as usize + 2);
        let fits = body.is_some_and(|body| !body.is_empty() && body.iter().all(deep_enough));
        let inside_earlier = code.with_blocks[..index].iter().all(|earlier| {
            let apart = block.end <= earlier.start || earlier.end <= block.start;
            let inside = earlier.start <= block.start && block.end <= earlier.end;
            apart || (inside && earlier.depth + 2 <= block.depth)
        });
        if !fits || !inside_earlier {
            return Err(Problem::WithBlock { index });
        }
    }
    Ok(())
}
