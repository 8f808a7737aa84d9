//! Lines of boxes: thin, heavy, double and dashed, as parts of a cell.

use super::{ASPECT, Area};

/// A thin line's and a heavy one's width, in columns.
pub(in crate::export) const LINES: [f64; 2] = [0.1, 0.3];
/// From a cell's middle to each of the two that make a double line, in columns.
const DOUBLE: f64 = 0.15;

/// Of each sign the lines up, right, down and left, from U+2500, from U+2550 and from U+2574: 0 is none,
/// 1 thin, 2 heavy, 3 double.
const ARMS: &str = "\
    0101 0202 1010 2020 0000 0000 0000 0000 0000 0000 0000 0000 0110 0210 0120 0220 \
    0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120 \
    2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212 \
    0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212 \
    2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222";
const DOUBLE_ARMS: &str = "\
    0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130 \
    3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333";
const HALF_ARMS: &str = "0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010";

/// A line of two, three or four dashes.
pub(super) fn dashes(sign: char) -> Vec<Area> {
    let number = sign as usize;
    let (count, first) = match sign {
        '┄'..='┇' => (3_u8, '┄'),
        '┈'..='┋' => (4, '┈'),
        _ => (2, '╌'),
    };
    let kind = number - first as usize;
    let width = LINES[kind % 2];
    let is_down = kind >= 2;
    let long = 0.6 / f64::from(count);
    let dash = |at: u8| {
        let from = (f64::from(at) + 0.2) / f64::from(count);
        if is_down {
            (0.5 - width / 2.0, from, width, long)
        } else {
            (from, 0.5 - width / ASPECT / 2.0, long, width / ASPECT)
        }
    };
    (0..count).map(dash).collect()
}

/// Lines from the middle to the sides.
pub(super) fn lines(sign: char) -> Option<Vec<Area>> {
    let (arms, first) = match sign {
        '═'..='╬' => (DOUBLE_ARMS, '═'),
        '╴'..='╿' => (HALF_ARMS, '╴'),
        _ => (ARMS, '─'),
    };
    let arms = arms.split(' ').nth(sign as usize - first as usize)?;
    let mut turned: [u8; 4] = arms.as_bytes().try_into().ok()?;
    let mut areas = Vec::new();
    for turn in 0..4 {
        let strokes = arm(turned, turn % 2 == 0);
        // What leads through is there already.
        let is_new = |stroke: &&Stroke| turn < 2 || !stroke.through;
        areas.extend(
            strokes
                .iter()
                .filter(is_new)
                .map(|stroke| stroke.area(turn)),
        );
        turned.rotate_left(1);
    }
    Some(areas)
}

/// One straight piece of an arm, seen with the arm leading up. Lengths are in columns.
struct Stroke {
    /// From the arm's middle to the right.
    aside: f64,
    width: f64,
    /// How far it begins above the cell's middle.
    begin: f64,
    /// How far its end is above it.
    end: f64,
    /// Whether it is also the opposite arm.
    through: bool,
}

/// The strokes of the first arm, beside which are the right one, the opposite and the left one. Each
/// reaches as far over the lines that it meets as these are wide.
fn arm([own, right, opposite, left]: [u8; 4], upright: bool) -> Vec<Stroke> {
    let end = if upright { ASPECT / 2.0 } else { 0.5 };
    let across = [left, right].map(width).into_iter().fold(0.0, f64::max) / 2.0;
    let apart = if [left, right].contains(&b'3') {
        DOUBLE
    } else {
        0.0
    };
    let stroke = |aside: f64| {
        let meets = match aside {
            aside if aside < 0.0 => left != b'0',
            aside if aside > 0.0 => right != b'0',
            _ => left != b'0' && right != b'0' && opposite == b'0',
        };
        let goes_on = !meets && opposite != b'0';
        let through = opposite == own && (goes_on || apart == 0.0);
        let begin = if through {
            -end
        } else if meets {
            apart - across
        } else if goes_on {
            -across
        } else {
            -apart - across
        };
        Stroke {
            aside,
            width: width(own),
            begin,
            end,
            through,
        }
    };
    match own {
        b'0' => Vec::new(),
        b'3' => vec![stroke(-DOUBLE), stroke(DOUBLE)],
        _ => vec![stroke(0.0)],
    }
}

fn width(arm: u8) -> f64 {
    match arm {
        b'0' => 0.0,
        b'2' => LINES[1],
        _ => LINES[0],
    }
}

impl Stroke {
    /// Its part of the cell, turned to the right so many times.
    fn area(&self, turn: usize) -> Area {
        let (near, far) = (self.aside - self.width / 2.0, self.aside + self.width / 2.0);
        let (left, right, top, bottom) = match turn {
            0 => (near, far, -self.end, -self.begin),
            1 => (self.begin, self.end, near, far),
            2 => (-far, -near, self.begin, self.end),
            _ => (-self.end, -self.begin, -far, -near),
        };
        let (height, top) = ((bottom - top) / ASPECT, 0.5 + top / ASPECT);
        (0.5 + left, top, right - left, height)
    }
}
