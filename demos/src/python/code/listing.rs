//! A program as a readable listing, one instruction a line, much as Python's `dis` module shows it:
//! the source line where it changes, a label where something jumps to, the name, and the operand
//! with its meaning in parentheses.
//!
//! ```text
//!    3       LOAD_GLOBAL         0 (cnt)
//!            LOAD_CONST          0 (1)
//!            BINARY_OP           (+=)
//!            STORE_GLOBAL        0 (cnt)
//! ```

use std::collections::BTreeMap;
use std::fmt;

use super::{Code, Instruction, Program};

/// One instruction, told in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the source, if the row above has another.
    pub line: Option<u32>,
    /// The number of its label, if something jumps to it.
    pub label: Option<usize>,
    /// CPython's name for it.
    pub name: &'static str,
    /// Its operand, and in parentheses what that means; empty if there is none.
    pub operand: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| line.to_string()).unwrap_or_default();
        let label = self.label.map(|label| format!("L{label}:"));
        let label = label.unwrap_or_default();
        let row = format!("{line:>4}  {label:<4} {:<18} {}", self.name, self.operand);
        f.write_str(row.trim_end())
    }
}

impl Program {
    /// The instructions of one of the program's codes, told in words.
    pub fn listing(&self, code: &Code) -> Vec<Row> {
        let labels = labels(&code.instructions);
        let mut line_above = None;
        let rows = code.instructions.iter().zip(&code.places).enumerate();
        rows.map(|(index, (&instruction, place))| {
            let line = Some(place.line).filter(|_| line_above != Some(place.line));
            line_above = Some(place.line);
            Row {
                line,
                label: labels.get(&index).copied(),
                name: instruction.name(),
                operand: self.operand(code, instruction, &labels),
            }
        })
        .collect()
    }

    /// An instruction's operand and its meaning.
    fn operand(
        &self,
        code: &Code,
        instruction: Instruction,
        labels: &BTreeMap<usize, usize>,
    ) -> String {
        use Instruction as I;
        let named = |index: u32, names: &[String]| {
            let name = names.get(index as usize).map_or("?", String::as_str);
            format!("{index} ({name})")
        };
        match instruction {
            I::LoadConst(index) => match code.constants.get(index as usize) {
                Some(constant) => format!("{index} ({constant})"),
                None => format!("{index} (?)"),
            },
            I::LoadFast(index) | I::StoreFast(index) | I::DeleteFast(index) => {
                named(index, &code.locals)
            }
            I::LoadName(index)
            | I::StoreName(index)
            | I::DeleteName(index)
            | I::LoadGlobal(index)
            | I::StoreGlobal(index)
            | I::DeleteGlobal(index) => named(index, &self.globals),
            I::LoadMethod(index) => {
                let name = self.names.get(index as usize).map_or("?", String::as_str);
                format!("{index} ({name} + method)")
            }
            I::LoadAttr(index) | I::ImportName(index) | I::ImportFrom(index) => {
                named(index, &self.names)
            }
            I::BinaryOp(operator) => format!("({})", operator.symbol()),
            I::InplaceOp(operator) => format!("({}=)", operator.symbol()),
            I::CompareOp(comparison) => format!("({})", comparison.symbol()),
            I::ContainsOp { invert } => format!("({})", if invert { "not in" } else { "in" }),
            I::IsOp { invert } => format!("({})", if invert { "is not" } else { "is" }),
            I::PopJumpIfFalse(target)
            | I::PopJumpIfTrue(target)
            | I::JumpForward(target)
            | I::JumpBackward(target)
            | I::ForIter(target) => match labels.get(&(target as usize)) {
                Some(label) => format!("(to L{label})"),
                None => format!("(to {target})"),
            },
            I::Call(count)
            | I::CallKw(count)
            | I::BuildTuple(count)
            | I::BuildList(count)
            | I::BuildMap(count)
            | I::BuildString(count)
            | I::UnpackSequence(count)
            | I::Swap(count)
            | I::Copy(count) => count.to_string(),
            I::UnaryPositive => "(+)".to_owned(),
            I::ConvertRepr => "(repr)".to_owned(),
            I::ConvertStr => "(str)".to_owned(),
            I::MakeFunction {
                code: made,
                defaults,
            } => {
                let made = self.codes.get(made as usize);
                let name = made.map_or("?", |made| &made.name);
                let defaults = if defaults { " with defaults" } else { "" };
                format!("({name}{defaults})")
            }
            _ => String::new(),
        }
    }
}

/// Numbers the instructions that something jumps to, from 1, in their order.
fn labels(instructions: &[Instruction]) -> BTreeMap<usize, usize> {
    let mut targets: Vec<_> = instructions
        .iter()
        .filter_map(|instruction| instruction.target())
        .map(|target| target as usize)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets.into_iter().zip(1..).collect()
}

impl fmt::Display for Program {
    /// All listings, each under the name of its code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, code) in self.codes.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            writeln!(f, "{gap}{}:", code.name)?;
            for row in self.listing(code) {
                writeln!(f, "{row}")?;
            }
        }
        Ok(())
    }
}
