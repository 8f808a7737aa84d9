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

#[cfg(test)]
mod tests {
    use super::super::flow::Fault;
    use super::super::{Place, WithBlock};
    use super::*;
    use Instruction as I;

    /// What is wrong with a module of these instructions, with a constant and a name of each kind.
    fn problem(
        stack_max: usize,
        instructions: &[I],
        with_blocks: &[(u32, u32, u32)],
    ) -> Option<Problem> {
        let block = |&(start, end, depth): &(u32, u32, u32)| WithBlock { start, end, depth };
        let code = Code {
            locals: vec!["a".to_owned()],
            constants: vec![super::super::Constant::None],
            instructions: instructions.to_vec(),
            places: vec![Place::default(); instructions.len()],
            with_blocks: with_blocks.iter().map(block).collect(),
            stack_max,
            ..Code::default()
        };
        let program = Program {
            file: String::new(),
            source: "".into(),
            codes: vec![code],
            globals: vec!["b".to_owned()],
            names: vec!["c".to_owned()],
        };
        verify(&program).err().map(|unsound| unsound.problem)
    }

    #[test]
    fn accepts_what_is_sound() {
        type Case<'a> = (usize, &'a [I], &'a [(u32, u32, u32)]);
        let sound: [Case<'_>; 3] = [
            (1, &[I::Resume, I::LoadConst(0), I::ReturnValue], &[]),
            // A loop that adds to nothing.
            (
                2,
                &[
                    I::LoadName(0),
                    I::GetIter,
                    I::ForIter(5),
                    I::PopTop,
                    I::JumpBackward(2),
                    I::ReturnValue,
                ],
                &[],
            ),
            (
                3,
                &[
                    I::LoadName(0),
                    I::BeforeWith,
                    I::PopTop,
                    I::ExitWith,
                    I::LoadConst(0),
                    I::ReturnValue,
                ],
                &[(2, 3, 0)],
            ),
        ];
        for (stack_max, instructions, with_blocks) in sound {
            assert_eq!(
                problem(stack_max, instructions, with_blocks),
                None,
                "{instructions:?}"
            );
        }
    }

    #[test]
    fn finds_what_is_wrong() {
        let flow = Problem::Flow;
        let cases: [(&[I], Problem); 14] = [
            (&[], flow(Fault::Outside { at: 0, target: 0 })),
            (&[I::Resume], flow(Fault::Outside { at: 0, target: 1 })),
            (
                &[I::JumpForward(7)],
                flow(Fault::Outside { at: 0, target: 7 }),
            ),
            (
                &[I::PopTop],
                flow(Fault::Below {
                    at: 0,
                    takes: 1,
                    depth: 0,
                }),
            ),
            (
                &[I::LoadConst(0), I::Swap(2), I::ReturnValue],
                flow(Fault::Below {
                    at: 1,
                    takes: 2,
                    depth: 1,
                }),
            ),
            (
                &[
                    I::LoadConst(0),
                    I::PopJumpIfTrue(3),
                    I::LoadConst(0),
                    I::LoadConst(0),
                    I::ReturnValue,
                ],
                flow(Fault::Disagree {
                    at: 3,
                    one: 0,
                    other: 1,
                }),
            ),
            (
                &[I::LoadConst(0), I::JumpBackward(0)],
                flow(Fault::Disagree {
                    at: 0,
                    one: 0,
                    other: 1,
                }),
            ),
            (
                &[
                    I::JumpForward(2),
                    I::Resume,
                    I::LoadConst(0),
                    I::ReturnValue,
                ],
                Problem::Unreached { at: 1 },
            ),
            (
                &[I::LoadConst(1), I::ReturnValue],
                Problem::Operand { at: 0 },
            ),
            (
                &[I::LoadFast(1), I::ReturnValue],
                Problem::Operand { at: 0 },
            ),
            (
                &[I::LoadGlobal(1), I::ReturnValue],
                Problem::Operand { at: 0 },
            ),
            (
                &[I::LoadConst(0), I::LoadAttr(1), I::ReturnValue],
                Problem::Operand { at: 1 },
            ),
            (
                &[I::JumpBackward(1), I::LoadConst(0), I::ReturnValue],
                Problem::Operand { at: 0 },
            ),
            (
                &[I::LoadConst(0), I::LoadConst(0), I::ReturnValue],
                Problem::Untidy { at: 2 },
            ),
        ];
        for (instructions, expected) in cases {
            assert_eq!(
                problem(1, instructions, &[]),
                Some(expected),
                "{instructions:?}"
            );
        }
    }

    #[test]
    fn finds_wrong_stacks_and_with_blocks() {
        let block = [
            I::LoadName(0),
            I::BeforeWith,
            I::PopTop,
            I::ExitWith,
            I::LoadConst(0),
            I::ReturnValue,
        ];
        let stack = Problem::StackMax { said: 2, needed: 3 };
        assert_eq!(problem(2, &block, &[]), Some(stack));
        let misfits = [(2, 4, 1), (2, 5, 0), (2, 2, 0), (1, 3, 0)];
        assert_eq!(
            problem(1, &block[4..], &[(0, 9, 0)]),
            Some(Problem::Untidy { at: 1 })
        );
        for misfit in misfits {
            let expected = Some(Problem::WithBlock { index: 0 });
            assert_eq!(problem(3, &block, &[misfit]), expected, "{misfit:?}");
        }
        let within = [(2, 3, 0), (2, 3, 0)];
        assert_eq!(
            problem(3, &block, &within),
            Some(Problem::WithBlock { index: 1 })
        );
        assert_eq!(
            problem(3, &block, &[(2, 6, 0)]),
            Some(Problem::Untidy { at: 5 })
        );
    }
}
