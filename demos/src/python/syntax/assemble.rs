//! From instructions with labels to a finished code.
//!
//! The compiler appends instructions and binds labels; when all are there, jumps are shortened as
//! CPython's own optimizer does, so that a program takes about as many instructions here as there,
//! and what no path reaches is left out. Knows nothing of the source but places.

use crate::python::code::{Code, Constant, Instruction, Place, WithBlock, flow};

use super::count;

/// The longest stretch up to a `return` that is copied to where a jump leads to it; CPython's own
/// limit.
const COPIED_MAX: usize = 4;

/// A place in the instructions, to be bound; jumps carry its number until they are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// A `with` block's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region(usize);

/// What is known of a `with` block.
#[derive(Clone, Copy, Debug)]
struct Block {
    around: Option<Region>,
    /// How many values lie on the stack below its own two.
    depth: u32,
}

/// An instruction, where it comes from, and the innermost `with` block around it.
#[derive(Clone, Copy, Debug)]
struct Line {
    instruction: Instruction,
    /// `None`: nowhere of its own; it belongs to whatever comes before it in the run.
    place: Option<Place>,
    region: Option<Region>,
}

/// Collects one code's instructions.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    /// Where the next instructions come from.
    pub(super) place: Place,
    /// The innermost `with` block around the next instructions.
    pub(super) region: Option<Region>,
    lines: Vec<Line>,
    /// For each label, the line it is bound to.
    labels: Vec<Option<usize>>,
    regions: Vec<Block>,
    constants: Vec<Constant>,
}

impl Assembler {
    pub(super) fn emit(&mut self, instruction: Instruction) {
        self.push(instruction, Some(self.place));
    }

    fn push(&mut self, instruction: Instruction, place: Option<Place>) {
        self.lines.push(Line {
            instruction,
            place,
            region: self.region,
        });
    }

    pub(super) fn load(&mut self, constant: Constant) {
        let index = self.constant(constant);
        self.emit(Instruction::LoadConst(index));
    }

    fn constant(&mut self, constant: Constant) -> u32 {
        let known = self.constants.iter().position(|c| same(c, &constant));
        let index = known.unwrap_or_else(|| {
            self.constants.push(constant);
            self.constants.len() - 1
        });
        count(index)
    }

    /// The end of a function that has no `return` there.
    pub(super) fn return_none(&mut self) {
        let none = self.constant(Constant::None);
        self.push(Instruction::LoadConst(none), None);
        self.push(Instruction::ReturnValue, None);
    }

    pub(super) fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(count(self.labels.len() - 1))
    }

    /// The label means the next instruction.
    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0 as usize] = Some(self.lines.len());
    }

    /// A jump of the kind of `jump`, whichever way the label lies.
    pub(super) fn jump(&mut self, jump: fn(u32) -> Instruction, to: Label) {
        self.emit(jump(to.0));
    }

    /// Goes on elsewhere, as nothing in the source says but the end of a block.
    pub(super) fn go_on_at(&mut self, label: Label) {
        self.push(Instruction::JumpForward(label.0), None);
    }

    /// Enters a `with` block, below whose own two values so many lie: what follows `BEFORE_WITH`
    /// lies in it.
    pub(super) fn enter_region(&mut self, depth: u32) -> Region {
        let around = self.region;
        self.regions.push(Block { around, depth });
        let region = Region(self.regions.len() - 1);
        self.region = Some(region);
        region
    }

    /// The `with` block around another.
    pub(super) fn around(&self, region: Region) -> Option<Region> {
        self.regions[region.0].around
    }

    pub(super) fn finish(mut self, name: String, locals: Vec<String>, parameters: usize) -> Code {
        self.resolve();
        self.shorten_jumps();
        self.drop_unreached();
        self.copy_exits();
        self.copy_placeless();
        self.drop_unreached();
        self.give_places();
        self.direct_jumps();
        let instructions: Vec<_> = self.lines.iter().map(|line| line.instruction).collect();
        let depths = flow::depths(&instructions).expect("the compiler keeps the stack in balance");
        Code {
            with_blocks: self.with_blocks(),
            stack_max: flow::stack_max(&instructions, &depths),
            places: self
                .lines
                .iter()
                .map(|line| line.place.unwrap_or_default())
                .collect(),
            constants: self.constants,
            name,
            locals,
            parameters,
            instructions,
        }
    }

    /// Puts the lines' numbers in the place of labels.
    fn resolve(&mut self) {
        for line in &mut self.lines {
            if let Some(label) = line.instruction.target() {
                let target = self.labels[label as usize].expect("every label is bound");
                line.instruction = line.instruction.retargeted(count(target));
            }
        }
    }

    /// A jump to a jump leads where that one leads. Conditional jumps only lead forward, so theirs
    /// stays where it would lead back.
    fn shorten_jumps(&mut self) {
        for index in 0..self.lines.len() {
            let instruction = self.lines[index].instruction;
            let Some(target) = instruction.target() else {
                continue;
            };
            let end = self.end_of_jumps(target);
            let may_go_there = instruction.is_jump() || end as usize > index;
            if may_go_there && !matches!(instruction, Instruction::ForIter(_)) {
                self.lines[index].instruction = instruction.retargeted(end);
            }
        }
    }

    /// Where one gets from a line by unconditional jumps alone.
    fn end_of_jumps(&self, from: u32) -> u32 {
        let mut at = from;
        for _ in 0..self.lines.len() {
            match self.lines[at as usize].instruction {
                jump if jump.is_jump() => at = jump.target().unwrap_or(at),
                _ => return at,
            }
        }
        from
    }

    /// Puts in the place of a jump to a short end of the function that end itself.
    fn copy_exits(&mut self) {
        let copied = |line: &Line| match line.instruction.target() {
            Some(target) if line.instruction.is_jump() => self.exit_at(target as usize),
            _ => None,
        };
        let pieces: Vec<Vec<Line>> = self
            .lines
            .iter()
            .map(|line| copied(line).map_or_else(|| vec![*line], <[Line]>::to_vec))
            .collect();
        self.relay(pieces);
    }

    /// The few lines from here to the end of the function, if that is all there is.
    fn exit_at(&self, start: usize) -> Option<&[Line]> {
        let ends = |line: &Line| line.instruction == Instruction::ReturnValue;
        let ahead = &self.lines[start..self.lines.len().min(start + COPIED_MAX)];
        let exit = &ahead[..=ahead.iter().position(ends)?];
        let straight = exit.iter().all(|line| line.instruction.target().is_none());
        straight.then_some(exit)
    }

    /// Leaves out what no path reaches, and jumps to what follows anyway.
    fn drop_unreached(&mut self) {
        let instructions: Vec<_> = self.lines.iter().map(|line| line.instruction).collect();
        let depths = flow::depths(&instructions).expect("the compiler keeps the stack in balance");
        let mut pieces: Vec<Vec<Line>> = (self.lines.iter().zip(&depths))
            .map(|(line, depth)| depth.map(|_| *line).into_iter().collect())
            .collect();
        // From the end, so that what a jump leaps over may itself have been left out.
        let mut next = self.lines.len();
        for index in (0..self.lines.len()).rev() {
            let leads_on = |line: &Line| {
                let ahead = line.instruction.target().is_some_and(|target| {
                    let target = target as usize;
                    index < target && target <= next
                });
                line.instruction.is_jump() && ahead
            };
            if pieces[index].first().is_some_and(leads_on) {
                pieces[index].clear();
            }
            if !pieces[index].is_empty() {
                next = index;
            }
        }
        self.relay(pieces);
    }

    /// Lays each line's piece out in its place, and lets jumps follow.
    fn relay(&mut self, pieces: Vec<Vec<Line>>) {
        let starts: Vec<u32> = pieces
            .iter()
            .scan(0, |next, piece| {
                let start = *next;
                *next += piece.len();
                Some(count(start))
            })
            .collect();
        self.lines = pieces.into_iter().flatten().collect();
        for line in &mut self.lines {
            if let Some(target) = line.instruction.target() {
                line.instruction = line.instruction.retargeted(starts[target as usize]);
            }
        }
    }

    /// What has no place of its own, and is reached from several places, is copied for each that
    /// jumps there: so whoever steps through the program is never led to a line that is not run.
    fn copy_placeless(&mut self) {
        for index in 0..self.lines.len() {
            let Line {
                instruction, place, ..
            } = self.lines[index];
            let Some(target) = instruction.target().filter(|_| !instruction.is_jump()) else {
                continue;
            };
            let copied: Vec<Line> = self.placeless_at(target as usize).to_vec();
            if !copied.is_empty() {
                let copy = count(self.lines.len());
                self.lines[index].instruction = instruction.retargeted(copy);
                self.lines
                    .extend(copied.into_iter().map(|line| Line { place, ..line }));
            }
        }
    }

    /// The lines from here to one that does not fall through, if none of them has a place.
    fn placeless_at(&self, start: usize) -> &[Line] {
        let ahead = &self.lines[start..];
        let placed = ahead.iter().position(|line| line.place.is_some());
        let placeless = &ahead[..placed.unwrap_or(ahead.len())];
        let end = placeless
            .iter()
            .position(|line| !line.instruction.falls_through());
        end.map_or(&[], |end| &placeless[..=end])
    }

    /// Gives what has no place of its own that of what comes before it.
    fn give_places(&mut self) {
        let mut above = Some(self.place);
        for line in &mut self.lines {
            line.place = line.place.or(above);
            above = line.place;
        }
    }

    /// Calls jumps by their direction.
    fn direct_jumps(&mut self) {
        for (index, line) in self.lines.iter_mut().enumerate() {
            if let Some(target) = line
                .instruction
                .target()
                .filter(|_| line.instruction.is_jump())
            {
                line.instruction = if target as usize > index {
                    Instruction::JumpForward(target)
                } else {
                    Instruction::JumpBackward(target)
                };
            }
        }
    }

    /// The stretches of each region, outer regions first.
    fn with_blocks(&self) -> Vec<WithBlock> {
        let mut found: Vec<(Region, WithBlock)> = vec![];
        let mut open: Vec<(Region, u32)> = vec![];
        let beyond_all = [vec![]];
        let chains = self.lines.iter().map(|line| self.chain(line.region));
        for (index, chain) in chains.chain(beyond_all).enumerate() {
            let kept = open
                .iter()
                .zip(&chain)
                .take_while(|(open, region)| open.0 == **region);
            let kept = kept.count();
            for (region, start) in open.drain(kept..) {
                let depth = self.regions[region.0].depth;
                let end = count(index);
                found.push((region, WithBlock { start, end, depth }));
            }
            open.extend(chain[kept..].iter().map(|&region| (region, count(index))));
        }
        found.sort_by_key(|(region, block)| (region.0, block.start));
        found.into_iter().map(|(_, block)| block).collect()
    }

    /// A region and those around it, the outermost first.
    fn chain(&self, innermost: Option<Region>) -> Vec<Region> {
        let mut chain: Vec<_> =
            std::iter::successors(innermost, |&region| self.around(region)).collect();
        chain.reverse();
        chain
    }
}

/// Equal, and of the same kind: `0.0` and `-0.0` are two constants.
fn same(one: &Constant, other: &Constant) -> bool {
    match (one, other) {
        (Constant::Float(one), Constant::Float(other)) => one.to_bits() == other.to_bits(),
        (Constant::Tuple(one), Constant::Tuple(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}
