//! Sixels, read back as a terminal reads them.

use std::collections::BTreeMap;

use image::{Rgba, RgbaImage};

use super::Pixels;
use super::sixel::encode;

/// The image that a terminal makes of sixels: of each pixel the colour, `None` where nothing is drawn.
fn draw_sixels(sequence: &str) -> Vec<Vec<Option<[u32; 3]>>> {
    let body = sequence.strip_prefix("\x1bP0;1;0q\"1;1;").unwrap();
    let body = body.strip_suffix("\x1b\\").unwrap();
    let (size, mut rest) = body.split_at(body.find('#').unwrap_or(body.len()));
    let (width, height) = size.trim_end_matches('-').split_once(';').unwrap();
    let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
    let mut rows = vec![vec![None; width]; height];
    let (mut palette, mut colour) = (BTreeMap::new(), 0);
    let (mut x, mut top) = (0, 0);
    let number = |rest: &mut &str| -> usize {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        *rest = after;
        digits.parse().unwrap()
    };
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        let mut count = 1;
        match sign {
            '#' => {
                colour = number(&mut rest);
                if let Some(after) = rest.strip_prefix(";2;") {
                    rest = after;
                    let mut part = || {
                        let part = number(&mut rest) as u32;
                        rest = rest.strip_prefix(';').unwrap_or(rest);
                        part * 255 / 100
                    };
                    palette.insert(colour, [part(), part(), part()]);
                }
                continue;
            }
            '$' => {
                x = 0;
                continue;
            }
            '-' => {
                (x, top) = (0, top + 6);
                continue;
            }
            '!' => {
                count = number(&mut rest);
            }
            _ => rest = &body[body.len() - rest.len() - 1..],
        }
        let bits = rest.as_bytes()[0] - b'?';
        rest = &rest[1..];
        for _ in 0..count {
            for bit in (0..6).filter(|bit| bits >> bit & 1 == 1) {
                rows[top + bit][x] = Some(palette[&colour]);
            }
            x += 1;
        }
    }
    rows
}

fn whole(image: &RgbaImage) -> Pixels {
    Pixels {
        width: image.width(),
        height: image.height(),
        rgba: image.clone().into_raw(),
    }
}

#[test]
fn few_colours_are_drawn_exactly_and_transparent_ones_not_at_all() {
    let image = RgbaImage::from_fn(20, 15, |x, y| match (x / 5, y) {
        (_, 7) => Rgba([255, 255, 255, 0]),
        (0, _) => Rgba([255, 0, 0, 255]),
        (1, _) => Rgba([0, 255, 0, 255]),
        _ => Rgba([0, 0, 255, 200]),
    });
    let drawn = draw_sixels(&encode(&whole(&image)));
    for (x, y, pixel) in image.enumerate_pixels() {
        let [red, green, blue, opacity] = pixel.0.map(u32::from);
        let expected = (opacity > 128).then_some([red, green, blue]);
        assert_eq!(drawn[y as usize][x as usize], expected, "{x},{y}");
    }
    let nothing = draw_sixels(&encode(&whole(&RgbaImage::new(3, 2))));
    assert_eq!(nothing, vec![vec![None; 3]; 2]);
}

#[test]
fn of_many_colours_each_is_near_and_a_few_together_are_as_good_as_exact() {
    let many = RgbaImage::from_fn(64, 64, |x, y| {
        Rgba([(x * 4) as u8, (y * 4) as u8, ((x + y) * 2) as u8, 255])
    });
    let sequence = encode(&whole(&many));
    assert!(
        !sequence.contains("-\x1b"),
        "nothing moves the cursor in the end"
    );
    let drawn = draw_sixels(&sequence);
    for (x, y, pixel) in many.enumerate_pixels() {
        let seen = drawn[y as usize][x as usize].unwrap();
        let off = (0..3)
            .map(|at| seen[at].abs_diff(u32::from(pixel.0[at])))
            .max();
        assert!(off < Some(50), "{x},{y}: {seen:?} for {pixel:?}");
    }
    for (left, top) in (0..64)
        .step_by(8)
        .flat_map(|y| (0..64).step_by(8).map(move |x| (x, y)))
    {
        let places = (top..top + 8).flat_map(|y| (left..left + 8).map(move |x| (x, y)));
        for part in 0..3 {
            let of_pixel = |(x, y): (u32, u32)| u32::from(many.get_pixel(x, y).0[part]);
            let wanted: u32 = places.clone().map(of_pixel).sum();
            let seen = places
                .clone()
                .map(|(x, y)| drawn[y as usize][x as usize].unwrap()[part]);
            let off = wanted.abs_diff(seen.sum()) / 64;
            assert!(off <= 4, "{left},{top}: {off}");
        }
    }
}
