//! Which of many threads one sample reads. Pure: numbers and times in, numbers out.

use std::time::Duration;

/// A thread that ran at least this between two readings is read in every sample.
const BUSY_MIN: Duration = Duration::from_millis(1);

/// What reading a thread must be worth: it costs some 5 µs, so that looking takes a fortieth of what
/// is looked at, and many threads that hardly run cost hardly anything.
const WORTH_MIN: Duration = Duration::from_micros(200);

/// Whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Turns {
    next: u32,
}

impl Turns {
    /// Chooses among threads in the order of their numbers, each with what it ran when it was read
    /// last: those that were busy, then others in turn. At most `most`, and no more than what all of
    /// them `ran` since the last choice is worth.
    pub(super) fn choose(
        &mut self,
        threads: &[(u32, Duration)],
        ran: Duration,
        most: usize,
    ) -> Vec<u32> {
        let worth = (ran.as_micros() / WORTH_MIN.as_micros()) as usize;
        let count = worth.min(most).min(threads.len());
        let (busy, idle): (Vec<_>, Vec<_>) = threads.iter().partition(|(_, ran)| *ran >= BUSY_MIN);
        let numbers = |threads: Vec<(u32, Duration)>| threads.into_iter().map(|(tid, _)| tid);
        // Where there are too many of them, those must take turns too.
        if busy.len() * 2 > count {
            return self.take(numbers(threads.to_vec()).collect(), count);
        }
        let mut chosen: Vec<u32> = numbers(busy).collect();
        let left = count - chosen.len();
        chosen.extend(self.take(numbers(idle).collect(), left));
        chosen
    }

    fn take(&mut self, mut threads: Vec<u32>, count: usize) -> Vec<u32> {
        let first = threads.partition_point(|&tid| tid < self.next);
        threads.rotate_left(first);
        threads.truncate(count);
        self.next = threads.last().map_or(self.next, |last| last + 1);
        threads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What three samples choose of threads 1…n, which ran so many milliseconds.
    fn chosen(ran_ms: &[u64], all_ran_ms: u64, most: usize) -> [Vec<u32>; 3] {
        let threads: Vec<(u32, Duration)> = (1..)
            .zip(ran_ms.iter().copied().map(Duration::from_millis))
            .collect();
        let mut turns = Turns::default();
        [(); 3].map(|()| turns.choose(&threads, Duration::from_millis(all_ran_ms), most))
    }

    #[test]
    fn reads_the_busy_ones_always_and_the_others_in_turn() {
        type Row = (
            &'static str,
            &'static [u64],
            u64,
            usize,
            [&'static [u32]; 3],
        );
        let table: [Row; 6] = [
            ("none", &[], 10, 4, [&[], &[], &[]]),
            (
                "few",
                &[9, 0, 0],
                10,
                4,
                [&[1, 2, 3], &[1, 2, 3], &[1, 2, 3]],
            ),
            (
                "one of many",
                &[0, 0, 0, 9, 0, 0],
                10,
                3,
                [&[4, 1, 2], &[4, 3, 5], &[4, 6, 1]],
            ),
            (
                "idle",
                &[0; 6],
                10,
                4,
                [&[1, 2, 3, 4], &[5, 6, 1, 2], &[3, 4, 5, 6]],
            ),
            (
                "all busy",
                &[9; 6],
                10,
                4,
                [&[1, 2, 3, 4], &[5, 6, 1, 2], &[3, 4, 5, 6]],
            ),
            (
                "hardly worth it",
                &[0; 6],
                1,
                64,
                [&[1, 2, 3, 4, 5], &[6, 1, 2, 3, 4], &[5, 6, 1, 2, 3]],
            ),
        ];
        for (what, ran, all, most, expected) in table {
            assert_eq!(
                chosen(ran, all, most),
                expected.map(<[u32]>::to_vec),
                "{what}"
            );
        }
    }
}
