//! Charts of every kind.

use super::*;

#[test]
fn draw_a_donut() {
    let mut donut = chart(
        ChartKind::Donut,
        Some("wheels"),
        &["free-threaded"],
        &[("", &[107.0])],
    );
    donut.title = Some("Free-threaded wheels".into());
    donut.total = Some(360.0);
    donut.source = Some("hugovk.github.io, 2025-10-02".into());
    assert_eq!(
        chart_page(donut, 80),
        "
  Free-threaded wheels

       ▗▄▟░░░███▙▄▖
     ▄░░░░░░░███████▄
   ▗░░░░░▀▀    ▀▀█████▖
  ▗░░░░▀          ▀████▖
  ▟░░░▌ 107 / 360  ▐███▙    ██ free-threaded  107 wheels   30 %
  ░░░░    wheels    ████    ░░ others         253 wheels   70 %
  ▜░░░▌            ▐░██▛
  ▝░░░░▄          ▄░░░░▘
   ▝░░░░░▄▄    ▄▄░░░░░▘
     ▀░░░░░░░░░░░░░░▀
       ▝▀▜░░░░░░▛▀▘

  Source: hugovk.github.io, 2025-10-02
"
    );
}

#[test]
fn draw_bars_in_groups() {
    let bars = chart(
        ChartKind::Bar,
        Some("MiB"),
        &["sequential", "processes"],
        &[("one", &[2.1, 6.8]), ("two", &[f64::NAN, 13.25])],
    );
    assert_eq!(
        chart_page(bars, 60),
        "
  sequential  one  ▆▆▆▆                           2.10 MiB
              two                                        –

  processes   one  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆                 6.80 MiB
              two  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆  13.25 MiB
"
    );
}

#[test]
fn draw_bars_below_zero_to_the_left_of_it() {
    let bars = |values: &[f64]| {
        let labels: Vec<String> = (1..=values.len()).map(|n| n.to_string()).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        chart_page(chart(ChartKind::Bar, None, &labels, &[("", values)]), 40)
    };
    assert_eq!(
        bars(&[-10.0, 20.0, 0.0, -0.1]),
        "
  1  ▆▆▆▆▆▆▆▆▆                   -10.0
  2           ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆   20.0
  3                                0.0
  4          ▆                    -0.1
"
    );
    assert_eq!(
        bars(&[-10.0, -5.0]),
        "
  1  ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆  -10
  2                ▆▆▆▆▆▆▆▆▆▆▆▆▆▆   -5
"
    );
}

#[test]
fn draw_lines_with_their_names() {
    let lines = chart(
        ChartKind::Line,
        None,
        &["2025-10-02", "2026-01-01", "2026-06-28"],
        &[
            ("rows", &[115.0, 134.0, 149.0]),
            ("tested", &[76.0, 96.0, 119.0]),
            ("released", &[70.0, 87.0, 117.0]),
        ],
    );
    assert_eq!(
        chart_page(lines, 80),
        "
  160 ┤                                                    ⣀⣀⣀⣀● rows 149
      │                 ⢀⣀●⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠉⠉⠉⠉
      │  ⣀⣀⣀⣀⠤⠤⠤⠤⠒⠒⠒⠊⠉⠉⠉⠁                                   ⢀⢀⡀● tested 119
      │●⠉                          ⢀⡀⣀⢀⡀⣀⢀⠤⠠⠄⠤⠠⢄⡐⢂⣒⠐⠢⠶ ⠭⠜⠁⠛⠊⠑⠊⠁● released 117
      │           ⢀⡀⣀ ⠤⠠⠔⠐●⠒⢐⠊⣈⡁⢉⡨⠅⠡⠤ ⠐⠒ ⠒⠊ ⠉⠁⠈⠁
   80 ┤●⡀⠠⢄⣤⠂⣒⡰⠉⠬⠅⠡⠒⠂⠐⠒ ⠈⠉●⠉⠁
      │●⠉
      │
      │
      │
    0 ┤
      └─────────────────────────────────────────────────────────
       2025-10-02   2026-01-01                        2026-06-28
"
    );
}

#[test]
fn draw_what_happened_when() {
    let slide = slide(
        "```chart\nkind: timeline\nevents:\n  - {label: PEP 703, on: 2023-10-24}\n  - {label: Phase 1, from: 2024-10-07, until: 2025-10-07}\n  - {label: Phase 2, from: 2025-10-07}\n  - {label: PEP 803, on: 2026-03-30}\n  - {label: Phase 3}\n```\n",
    );
    assert_eq!(
        place(&slide, 0, 80, 12).to_text(),
        "                       2023          2024           2025          2026
  PEP 703  2023-10-24  │           ● │              │             │
  Phase 1  2024-10-07  │             │           ▆▆▆▆▆▆▆▆▆▆▆▆▆▆   │
  Phase 2  2025-10-07  │             │              │          ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▸
  PEP 803  2026-03-30  │             │              │             │   ●
  Phase 3              │             │              │             │          ?
"
    );
    assert_eq!(
        place(&slide, 0, 34, 12).to_text(),
        "           2023       2025
  PEP 703  │   ●      │
  Phase 1  │        ▆▆▆▆▆▆
  Phase 2  │          │   ▆▆▆▆▆▸
  PEP 803  │          │     ●
  Phase 3  │          │        ?
"
    );
}
