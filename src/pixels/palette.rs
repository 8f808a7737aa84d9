//! The few colours that stand for all of an image's: median cut (Heckbert 1982), over colours of five
//! bits a part.

/// The most colours; terminals have registers for 256.
const COLOURS_MAX: usize = 255;
/// Colours of five bits a part.
const BINS: usize = 1 << 15;

/// Colours, and which of them stands for which.
pub(super) struct Palette {
    colours: Vec<[u8; 3]>,
    /// The nearest for each bin, as far as one was asked for.
    nearest: Vec<Option<u8>>,
}

/// Pixels of about the same colour: how many, and their sum.
#[derive(Clone, Copy, Default)]
struct Bin {
    count: u64,
    sum: [u64; 3],
}

impl Palette {
    /// The palette of an image.
    pub(super) fn of(pixels: impl Iterator<Item = [u8; 3]>) -> Self {
        let mut bins = vec![Bin::default(); BINS];
        for pixel in pixels {
            let bin = &mut bins[bin_of(pixel)];
            bin.count += 1;
            for (sum, part) in bin.sum.iter_mut().zip(pixel) {
                *sum += u64::from(part);
            }
        }
        let full: Vec<usize> = (0..BINS).filter(|bin| bins[*bin].count > 0).collect();
        let mut boxes = vec![full];
        boxes.retain(|bins| !bins.is_empty());
        while boxes.len() < COLOURS_MAX
            && let Some(widest) = widest(&boxes, &bins)
        {
            let (lower, upper) = halves(boxes.swap_remove(widest), &bins);
            boxes.extend([lower, upper]);
        }
        let mut nearest = vec![None; BINS];
        for (at, one) in boxes.iter().enumerate() {
            for bin in one {
                nearest[*bin] = Some(at as u8);
            }
        }
        Self {
            colours: boxes.iter().map(|one| mean(one, &bins)).collect(),
            nearest,
        }
    }

    pub(super) fn colours(&self) -> &[[u8; 3]] {
        &self.colours
    }

    /// The number of the colour that stands for this one, and that colour; of none, black.
    pub(super) fn nearest(&mut self, wanted: [u8; 3]) -> (u8, [u8; 3]) {
        let colours = &self.colours;
        let index = *self.nearest[bin_of(wanted)].get_or_insert_with(|| {
            let off = |colour: &[u8; 3]| -> u32 {
                let parts = colour.iter().zip(wanted);
                parts
                    .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
                    .sum()
            };
            let nearest = (0..colours.len()).min_by_key(|at| off(&colours[*at]));
            nearest.unwrap_or(0) as u8
        });
        let colour = colours.get(usize::from(index));
        (index, colour.copied().unwrap_or_default())
    }
}

fn bin_of([red, green, blue]: [u8; 3]) -> usize {
    let five = |part: u8| usize::from(part >> 3);
    five(red) << 10 | five(green) << 5 | five(blue)
}

/// The five bits of a part of a bin's colour.
fn part(bin: usize, part: usize) -> usize {
    bin >> (10 - 5 * part) & 31
}

/// From the least to the greatest of each part.
fn spans(bins: &[usize]) -> [usize; 3] {
    [0, 1, 2].map(|at| {
        let values = bins.iter().map(|bin| part(*bin, at));
        let (least, most) = values.fold((31, 0), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        most - least
    })
}

/// The box that gains most from being halved, if any can be.
fn widest(boxes: &[Vec<usize>], bins: &[Bin]) -> Option<usize> {
    let gain = |one: &Vec<usize>| {
        let count: u64 = one.iter().map(|bin| bins[*bin].count).sum();
        let [red, green, blue] = spans(one);
        count * red.max(green).max(blue) as u64
    };
    let gains = boxes.iter().enumerate().map(|(at, one)| (gain(one), at));
    let (gain, at) = gains.max()?;
    (gain > 0).then_some(at)
}

/// Cut along the widest part, so that both halves have as many pixels as can be.
fn halves(mut one: Vec<usize>, bins: &[Bin]) -> (Vec<usize>, Vec<usize>) {
    let spans = spans(&one);
    let along = (0..3).max_by_key(|at| spans[*at]).unwrap_or(0);
    one.sort_by_key(|bin| part(*bin, along));
    let total: u64 = one.iter().map(|bin| bins[*bin].count).sum();
    let mut below = 0;
    let half = one.iter().position(|bin| {
        below += bins[*bin].count;
        below * 2 >= total
    });
    let cut = half.map_or(1, |at| at + 1).clamp(1, one.len() - 1);
    let upper = one.split_off(cut);
    (one, upper)
}

/// The mean of a box's pixels.
fn mean(one: &[usize], bins: &[Bin]) -> [u8; 3] {
    let all = one.iter().map(|bin| bins[*bin]);
    let all = all.fold(Bin::default(), |all, bin| Bin {
        count: all.count + bin.count,
        sum: [0, 1, 2].map(|at| all.sum[at] + bin.sum[at]),
    });
    all.sum.map(|sum| (sum / all.count.max(1)) as u8)
}
