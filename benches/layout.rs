//! How long a slide's layout takes: an ordinary one, and those made to be slow.

use std::collections::BTreeMap;
use std::path::Path;

use divan::Bencher;
use parade::deck::Slide;
use parade::highlight::Highlights;
use parade::layout::{Letters, Size, layout};
use parade::parse;

const ORDINARY: &str = "
# Concurrency vs Parallelism

<!-- column_layout: [1, 1] -->
<!-- column: 0 -->

## Concurrency – Async/Await

- **switches** only at an `await` that really suspends
- no good for CPU-bound work

<!-- column: 1 -->

## Parallelism – Processes

- uses more memory
- hard to share results between processes, see [PEP 703](https://peps.python.org/pep-0703/)

<!-- reset_layout -->

```python +line_numbers
lock = threading.Lock()
with lock:
    x += 1
```
";

const TABLE: &str = "
| Thread 1 | Thread 2 | | Integer value |
|----------|----------|-|--------------:|
| read value | | 📖 | 0 |
| | read value | 📖 | 0 |
| increase value | | | 0 |
| | increase value | | 0 |
| write back | | ✍️ | **1** |
| | write back | ✍️ | **1** |
";

fn main() {
    divan::main();
}

fn slide(markdown: &str) -> Slide {
    let files = BTreeMap::new();
    let deck = parse::open(Path::new("deck.md"), markdown, &files);
    parse::slide(&deck, 0, &files)
}

fn bench(bencher: Bencher, markdown: &str) {
    let slide = slide(markdown);
    let highlights = Highlights::default();
    let size = Size {
        width: 80,
        height: 23,
    };
    bencher.bench(|| {
        layout(
            divan::black_box(&slide),
            0,
            size,
            Letters::default(),
            &highlights,
        )
    });
}

#[divan::bench]
fn an_ordinary_slide(bencher: Bencher) {
    bench(bencher, ORDINARY);
}

#[divan::bench]
fn a_table(bencher: Bencher) {
    bench(bencher, TABLE);
}

#[divan::bench]
fn a_code_line_of_a_megabyte(bencher: Bencher) {
    bench(bencher, &format!("```\n{}\n```\n", "x".repeat(1 << 20)));
}

#[divan::bench]
fn a_hundred_thousand_code_lines(bencher: Bencher) {
    bench(
        bencher,
        &format!("```\n{}```\n", "let x = 1;\n".repeat(100_000)),
    );
}

#[divan::bench]
fn a_paragraph_of_a_megabyte(bencher: Bencher) {
    bench(bencher, &"word ".repeat(1 << 18));
}

#[divan::bench]
fn a_wide_word_of_a_megabyte(bencher: Bencher) {
    bench(bencher, &"漢".repeat(1 << 18));
}
