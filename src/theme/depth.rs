//! How many colours a terminal can show, and the nearest colour that it can.

use crate::deck::Colour;

/// How many colours can be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Any red, green and blue.
    #[default]
    TrueColour,
    /// The 6×6×6 cube and 24 greys.
    Ansi256,
    /// The terminal's own sixteen.
    Ansi16,
    /// None; bold, underlined and reversed text remain.
    None,
}

/// The steps of the colour cube that terminals agree on.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The first sixteen as xterm has them; terminals differ, so these serve only to find the nearest.
const SIXTEEN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The nearest of the 256: a number from 16 on, since the first sixteen are the user's own.
pub fn nearest_256(red: u8, green: u8, blue: u8) -> u8 {
    let wanted = (red, green, blue);
    let step = |value: u8| {
        (0..6)
            .min_by_key(|at| CUBE[*at].abs_diff(value))
            .unwrap_or(0)
    };
    let (r, g, b) = (step(red), step(green), step(blue));
    let cube = (CUBE[r], CUBE[g], CUBE[b]);
    let mean = (u16::from(red) + u16::from(green) + u16::from(blue)) / 3;
    let grey_step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = 8 + 10 * grey_step;
    if distance(wanted, (grey, grey, grey)) < distance(wanted, cube) {
        232 + grey_step
    } else {
        (16 + 36 * r + 6 * g + b) as u8
    }
}

/// The greys among the sixteen and how light they are on most terminals: xterm's are lighter, and what
/// is to be read must not become the darker one.
const GREYS: [(u8, u8); 4] = [(0, 0), (8, 102), (7, 205), (15, 255)];

/// The nearest of the terminal's own sixteen: by hue, then by lightness. Distance alone would make a
/// light red yellow; what is told apart by hue stays so.
pub fn nearest_16(red: u8, green: u8, blue: u8) -> u8 {
    let wanted = (red, green, blue);
    let Some(hue) = hue_degrees(wanted) else {
        let by_lightness = |(_, lightness): &(u8, u8)| lightness.abs_diff(green);
        let nearest = GREYS.into_iter().min_by_key(by_lightness);
        return nearest.map_or(7, |(number, _)| number);
    };
    let plain = match hue {
        25..75 => 3,
        75..170 => 2,
        170..210 => 6,
        210..270 => 4,
        270..335 => 5,
        _ => 1,
    };
    let light = (3 * u32::from(red) + 6 * u32::from(green) + u32::from(blue)) / 10;
    if light > 128 { plain + 8 } else { plain }
}

/// The hue from 0 (red) over 120 (green) and 240 (blue); `None` for what the eye takes for a grey.
fn hue_degrees((red, green, blue): (u8, u8, u8)) -> Option<u16> {
    const COLOURFUL_MIN: u8 = 40;
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    if most - least < COLOURFUL_MIN {
        return None;
    }
    let part =
        |one: u8, other: u8| 60 * (i32::from(one) - i32::from(other)) / i32::from(most - least);
    let hue = match most {
        most if most == red => part(green, blue),
        most if most == green => 120 + part(blue, red),
        _ => 240 + part(red, green),
    };
    Some(hue.rem_euclid(360) as u16)
}

/// What xterm shows for one of its 256 colours.
pub fn xterm_256(number: u8) -> (u8, u8, u8) {
    match number {
        0..16 => SIXTEEN[usize::from(number)],
        16..232 => {
            let at = number - 16;
            let step = |index: u8| CUBE[usize::from(index)];
            (step(at / 36), step(at / 6 % 6), step(at % 6))
        }
        232.. => {
            let grey = 8 + 10 * (number - 232);
            (grey, grey, grey)
        }
    }
}

/// Squared distance, weighted as the eye weighs the three.
fn distance(one: (u8, u8, u8), two: (u8, u8, u8)) -> u32 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    3 * square(one.0, two.0) + 4 * square(one.1, two.1) + 2 * square(one.2, two.2)
}

/// Relative luminance and contrast as WCAG 2 defines them, from 1 to 21. `None` where either is
/// one of the terminal's own colours, which nobody knows.
pub fn contrast(one: Colour, two: Colour) -> Option<f64> {
    let (one, two) = (luminance(one)?, luminance(two)?);
    Some((one.max(two) + 0.05) / (one.min(two) + 0.05))
}

fn luminance(colour: Colour) -> Option<f64> {
    let Colour::Rgb(red, green, blue) = colour else {
        return None;
    };
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    Some(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_the_nearest_of_256() {
        for (rgb, number) in [
            ((0, 0, 0), 16),
            ((255, 255, 255), 231),
            ((255, 0, 0), 196),
            ((181, 23, 0), 124),
            ((94, 94, 94), 59),
            ((19, 22, 27), 233),
            ((86, 180, 233), 74),
        ] {
            assert_eq!(nearest_256(rgb.0, rgb.1, rgb.2), number, "{rgb:?}");
        }
    }

    #[test]
    fn find_the_nearest_of_16_and_keep_the_hue() {
        for (rgb, number) in [
            ((0, 0, 0), 0),
            ((255, 255, 255), 15),
            ((94, 94, 94), 8),
            ((163, 171, 181), 7),
            ((230, 232, 235), 15),
            ((181, 23, 0), 1),
            ((255, 122, 102), 9),
            ((0, 122, 90), 2),
            ((86, 180, 233), 14),
            ((217, 140, 187), 13),
            ((0, 114, 178), 6),
        ] {
            assert_eq!(nearest_16(rgb.0, rgb.1, rgb.2), number, "{rgb:?}");
        }
    }

    #[test]
    fn contrast_runs_from_1_to_21() {
        let (black, white) = (Colour::Rgb(0, 0, 0), Colour::Rgb(255, 255, 255));
        assert_eq!(contrast(black, white), Some(21.0));
        assert_eq!(contrast(white, white), Some(1.0));
        assert_eq!(contrast(white, Colour::Ansi(1)), None);
    }
}
