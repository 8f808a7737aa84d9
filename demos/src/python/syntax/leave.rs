//! Leaving blocks early: `return`, `break` and `continue` take away what loops and `with` blocks
//! have on the stack.

use ruff_python_ast::StmtReturn;
use ruff_text_size::TextRange;

use super::Compiler;
use super::unit::Block;
use crate::python::code::{Constant, Instruction};

impl Compiler<'_> {
    /// A value that takes work is computed before the blocks around are left, a constant after.
    pub(super) fn return_statement(&mut self, statement: &StmtReturn) {
        if self.outer.is_empty() {
            self.error(statement, "'return' outside function");
        }
        let constant = match &statement.value {
            None => Some(Constant::None),
            Some(value) => self.constant(value),
        };
        if let (None, Some(value)) = (&constant, &statement.value) {
            self.expression(value);
        }
        let region = self.unit.code.region;
        for block in self.unit.blocks.clone().into_iter().rev() {
            self.leave(statement.range, block, constant.is_none());
        }
        self.at(statement);
        if let Some(constant) = constant {
            self.unit.code.load(constant);
        }
        self.unit.code.emit(Instruction::ReturnValue);
        self.unit.code.region = region;
    }

    pub(super) fn break_or_continue(&mut self, at: TextRange, word: &str) {
        let is_loop = |block: &Block| matches!(block, Block::Loop { .. });
        let Some(around) = self.unit.blocks.iter().rposition(is_loop) else {
            return self.error(at, format!("'{word}' outside loop"));
        };
        let Block::Loop { next, end, .. } = self.unit.blocks[around] else {
            return;
        };
        let region = self.unit.code.region;
        let innermost_first = self.unit.blocks.clone().into_iter().rev();
        for block in innermost_first.take_while(|block| !is_loop(block)) {
            self.leave(at, block, false);
        }
        let to = if word == "break" {
            self.leave(at, self.unit.blocks[around], false);
            end
        } else {
            next
        };
        self.at(at).jump(Instruction::JumpForward, to);
        self.unit.code.region = region;
    }

    /// Takes away what a block has on the stack, below the result if there is one on top. What
    /// follows lies outside the block.
    fn leave(&mut self, from: TextRange, block: Block, below_result: bool) {
        match block {
            Block::Loop {
                iterates: false, ..
            } => {}
            Block::Loop { iterates: true, .. } => {
                let code = self.at(from);
                if below_result {
                    code.emit(Instruction::Swap(2));
                }
                code.emit(Instruction::PopIter);
            }
            Block::With { region, range } => {
                let code = self.at(range);
                code.region = code.around(region);
                if below_result {
                    code.emit(Instruction::Swap(3));
                    code.emit(Instruction::Swap(2));
                }
                code.emit(Instruction::ExitWith);
            }
        }
    }
}
