//! An image in few colours whose neighbours make up for what each of them lacks: what a pixel's colour is
//! off goes to those that come after it (Floyd and Steinberg 1976). Without it a gradient has steps.

use super::Pixels;
use super::palette::Palette;

/// How much of what a pixel is off, in sixteenths, goes where: columns further, rows below.
const SHARES: [((isize, usize), i32); 4] = [((1, 0), 7), ((-1, 1), 3), ((0, 1), 5), ((1, 1), 1)];

/// The number of each pixel's colour, row by row; `None` where nothing is seen.
pub(super) fn dithered(image: &Pixels, palette: &mut Palette) -> Vec<Vec<Option<u8>>> {
    let width = image.width as usize;
    // What the pixels of this row and of the next are given, in sixteenths.
    let mut given = [vec![[0; 3]; width], vec![[0; 3]; width]];
    let mut rows = Vec::with_capacity(image.height as usize);
    for y in 0..image.height {
        let mut row = vec![None; width];
        for (x, index) in row.iter_mut().enumerate() {
            let Some(colour) = image.seen(x as u32, y) else {
                continue;
            };
            let wanted = [0, 1, 2].map(|part| {
                let wanted = i32::from(colour[part]) + given[0][x][part] / 16;
                wanted.clamp(0, u8::MAX.into()) as u8
            });
            let (nearest, found) = palette.nearest(wanted);
            *index = Some(nearest);
            let off = [0, 1, 2].map(|part| i32::from(wanted[part]) - i32::from(found[part]));
            for ((columns, below), share) in SHARES {
                let at = x.checked_add_signed(columns);
                if let Some(given) = at.and_then(|at| given[below].get_mut(at)) {
                    *given = [0, 1, 2].map(|part| given[part] + off[part] * share);
                }
            }
        }
        rows.push(row);
        given.swap(0, 1);
        given[1].fill([0; 3]);
    }
    rows
}
