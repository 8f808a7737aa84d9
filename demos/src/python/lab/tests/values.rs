//! Expressions and their values, as a real `python3` shows them.

use super::assert_prints;

#[test]
fn integers_are_as_in_python() {
    for (expressions, shown) in [
        ("1 + 2, 7 - 9, 6 * 7", "[3, -2, 42]"),
        ("7 // 2, -7 // 2, 7 // -2, -7 // -2", "[3, -4, -4, 3]"),
        ("7 % 3, -7 % 3, 7 % -3, -7 % -3", "[1, 2, -2, -1]"),
        ("7 / 2, 6 / 3, -1 / 3", "[3.5, 2.0, -0.3333333333333333]"),
        (
            "9007199254740993 / 3, 9223372036854775807 / 2, 1 / 9007199254740993, -9223372036854775807 / 7",
            "[3002399751580331.0, 4.611686018427388e+18, 1.1102230246251564e-16, -1.3176245766935393e+18]",
        ),
        (
            "2 ** 10, (-2) ** 3, 2 ** -1, 0 ** 0, 1 ** 999, (-1) ** 999",
            "[1024, -8, 0.5, 1, 1, -1]",
        ),
        ("1 << 10, -1 >> 3, 5 >> 100, 0 << 1000", "[1024, -1, 0, 0]"),
        ("5 & 3, 5 | 3, 5 ^ 3, ~5, +5, -5", "[1, 7, 6, -6, 5, -5]"),
        (
            "True + True, True & False, True | 4, True ^ True, -True, ~False",
            "[2, False, 5, False, -1, -1]",
        ),
        (
            "abs(-5), abs(True), int(True), int('42'), int(' -7 '), int('1_000'), int(3.9), int(-3.9), int()",
            "[5, 1, 1, 42, -7, 1000, 3, -3, 0]",
        ),
        (
            "round(15, -1), round(25, -1), round(5, 2), round(-17, -1), round(123, -5)",
            "[20, 20, 5, -20, 0]",
        ),
        (
            "9223372036854775807 - 1, -9223372036854775807 - 1",
            "[9223372036854775806, -9223372036854775808]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn floats_are_as_in_python() {
    for (expressions, shown) in [
        (
            "0.1 + 0.2, 1.1 * 3, 100.0, -0.0, 1.5e-7",
            "[0.30000000000000004, 3.3000000000000003, 100.0, -0.0, 1.5e-07]",
        ),
        (
            "1e16, 1e15, 123456789012345678.0, 1e22, 0.0001, 0.00001",
            "[1e+16, 1000000000000000.0, 1.2345678901234568e+17, 1e+22, 0.0001, 1e-05]",
        ),
        (
            "1e100, 5e-324, 1.7976931348623157e308, 1e308 * 10",
            "[1e+100, 5e-324, 1.7976931348623157e+308, inf]",
        ),
        (
            "float('inf'), float('-inf'), float('nan'), float('1e3'), float(' 2.5 '), float(3), float()",
            "[inf, -inf, nan, 1000.0, 2.5, 3.0, 0.0]",
        ),
        (
            "7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, 1e300 // 0.1, -0.0 % 3",
            "[3.0, -4.0, -0.5, 0.5, 1e+301, 0.0]",
        ),
        (
            "2.0 ** 0.5, 4 ** 0.5, 2 ** 0.5, (-8.0) ** 3, 2.0 ** -1",
            "[1.4142135623730951, 2.0, 1.4142135623730951, -512.0, 0.5]",
        ),
        (
            "1 == 1.0, 2 < 2.5, 9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0",
            "[True, True, False, True]",
        ),
        (
            "9223372036854775807 < 9223372036854775808.0, float('nan') == float('nan'), float('nan') != 0",
            "[True, False, True]",
        ),
        (
            "round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(1.0, 3), round(0.5)",
            "[2, 4, -2, 2.67, 1200.0, 1.0, 0]",
        ),
        (
            "abs(-5.5), min(3, 1.0, 2), max(1, 2.5), sum([1, 2.5])",
            "[5.5, 1.0, 2.5, 3.5]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn strings_are_as_in_python() {
    for (expressions, shown) in [
        (
            r#"'a' + "b" * 3, 2 * 'ab', 'x' * -1"#,
            "['abbb', 'abab', '']",
        ),
        (
            r#"'it\'s', 'a"b\'c', 'a\n\t\\é', '\x00\x7f'"#,
            r#"["it's", 'a"b\'c', 'a\n\t\\é', '\x00\x7f']"#,
        ),
        (
            "'abc' < 'abd', 'abc' == 'abc', 'b' in 'abc', 'x' not in 'abc', '' in ''",
            "[True, True, True, True, True]",
        ),
        (
            "len('héllo'), 'héllo'[1], 'abc'[-1], max('abc'), min('hello')",
            "[5, 'é', 'c', 'c', 'e']",
        ),
        (
            "', '.join(['a', 'b']), ''.join([]), '-'.join('xyz')",
            "['a, b', '', 'x-y-z']",
        ),
        (
            "str(5), str(1.5), str('x'), str(None), str([1, 'x']), str(), repr('x'), repr(1.5)",
            r#"['5', '1.5', 'x', 'None', "[1, 'x']", '', "'x'", '1.5']"#,
        ),
        (
            "list('héy'), tuple('ab'), bool(''), bool('0')",
            "[['h', 'é', 'y'], ('a', 'b'), False, True]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn formats_are_as_in_python() {
    for (expressions, shown) in [
        (
            "f'{42:5}|{42:<5}|{42:>5}|{42:^6}|{42:05}|{42:+}|{-42:06}'",
            "['   42|42   |   42|  42  |00042|+42|-00042']",
        ),
        (
            "f'{42:x} {42:X} {42:b} {42:o} {1234567:,} {1234567:_} {True:d} {True:5} {False}'",
            "['2a 2A 101010 52 1,234,567 1_234_567 1     1 False']",
        ),
        (
            "f'{255:#x} {255:#X} {5:#b} {-8:#o} {255:#06x} {5:#d} {1234:010,} {1234:08,}'",
            "['0xff 0XFF 0b101 -0o10 0x00ff 5 00,001,234 0,001,234']",
        ),
        (
            "f'{3.14159:.2f} {3.14159:8.3f} {3.14159:<8.1f}| {3.14159:08.2f} {3.14159:+.1f}'",
            "['3.14    3.142 3.1     | 00003.14 +3.1']",
        ),
        (
            "f'{3.14159:e} {3.14159:.3e} {3.14159:g} {3.14159:.3} {0.123:%} {0.123:.1%}'",
            "['3.141590e+00 3.142e+00 3.14159 3.14 12.300000% 12.3%']",
        ),
        (
            "f'{1234567.891:,.2f} {0.00001:g} {1e20:g} {100.0:.3} {100.0:.4} {123456.0:.6} {1.0:g} {1e16}'",
            "['1,234,567.89 1e-05 1e+20 1e+02 100.0 1.23456e+05 1 1e+16']",
        ),
        (
            r#"f'{"hi":>5}|{"hi":<5}|{"hi":^5}|{"hi":*^7}|{"hello":.2}|{"hi"!r}|{"hi"!s}'"#,
            r#"["   hi|hi   | hi  |**hi***|he|'hi'|hi"]"#,
        ),
        (
            r#"f'{[1, "a"]} {(1,)} {None} {{}} {{{1}}} {float("inf"):6}| {float("nan"):.2f}'"#,
            r#"["[1, 'a'] (1,) None {} {1}    inf| nan"]"#,
        ),
        ("f'{7:{3}}|{2.5:{8}.{2}f}|'", "['  7|    2.50|']"),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn sequences_are_as_in_python() {
    for (expressions, shown) in [
        (
            "[1, 2] + [3], [0] * 3, 2 * [1, 2], (1,) + (2,), (1, 2) * 2, [] * 5, () + ()",
            "[[1, 2, 3], [0, 0, 0], [1, 2, 1, 2], (1, 2), (1, 2, 1, 2), [], ()]",
        ),
        (
            "[1, 2, 3][0], [1, 2, 3][-1], (1, 2)[1], len([1, 2]), len(()), [1, 2, 3][True]",
            "[1, 3, 2, 2, 0, 2]",
        ),
        (
            "3 in [1, 2, 3], 4 in (1, 2), 1.0 in [1], [1] in [[1]], None not in []",
            "[True, False, True, True, True]",
        ),
        (
            "[] == [], [1, 2] < [1, 3], [1] < [1, 0], (1, 2) == (1, 2.0), [1] == (1,), [1] != [2], (2,) > (1, 5)",
            "[True, True, True, True, False, True, True]",
        ),
        (
            "(), (1,), (1, 'a', None, (2.5, [True]))",
            "[(), (1,), (1, 'a', None, (2.5, [True]))]",
        ),
        (
            "list(range(5)), tuple(range(2, 8, 3)), list(range(5, 0, -2)), list((1, 2)), tuple([1]), list(), tuple()",
            "[[0, 1, 2, 3, 4], (2, 5), [5, 3, 1], [1, 2], (1,), [], ()]",
        ),
        (
            "range(3), range(1, 10, 2), len(range(1, 10, 2)), range(10)[3], range(10)[-1], 4 in range(0, 10, 2), 5 in range(0, 10, 2)",
            "[range(0, 3), range(1, 10, 2), 5, 3, 9, True, False]",
        ),
        (
            "range(3) == range(0, 3), range(0) == range(5, 5), 'a' in range(3), len(range(10, 0)), bool(range(0))",
            "[True, True, False, 0, False]",
        ),
        (
            "max([3, 1, 2]), min((2, 1)), sum([[1], [2]], []), sum(range(101)), max([], default=7), sum([1], start=5)",
            "[3, 1, [1, 2], 5050, 7, 6]",
        ),
        (
            "not [], not [0], bool(()), [] or 'x', [1] and 2, None or 0",
            "[True, False, False, 'x', 2, 0]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn dicts_are_as_in_python() {
    for (expressions, shown) in [
        (
            "{}, {'a': 1, 2: 'b', (1, 2): [3], None: None}",
            "[{}, {'a': 1, 2: 'b', (1, 2): [3], None: None}]",
        ),
        (
            "{'a': 1}['a'], {1: 'x'}[1.0], {1: 'x'}[True], {(1, 'a'): 2}[(1, 'a')]",
            "[1, 'x', 'x', 2]",
        ),
        (
            "{'a': 1}.get('a'), {}.get('a'), {}.get('a', 5), 'a' in {'a': 1}, 'b' not in {'a': 1}",
            "[1, None, 5, True, True]",
        ),
        (
            "len({1: 1, 1.0: 2, True: 3}), {1: 1, 1.0: 2}, {0: 'a', False: 'b', '': 'c'}",
            "[1, {1: 2}, {0: 'b', '': 'c'}]",
        ),
        (
            "{} == {}, {1: 2} == {1: 2.0}, {'a': [1]} != {'a': [2]}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 1} == {2: 1}",
            "[True, True, True, True, False]",
        ),
        (
            "list({'x': 1, 'y': 2}), list({'x': 1}.keys()), list({'x': 1}.values()), list({'x': 1}.items()), {'x': 1}.pop('x'), {}.pop('x', 0)",
            "[['x', 'y'], ['x'], [1], [('x', 1)], 1, 0]",
        ),
        (
            "bool({}), dict(), not {1: 1}, max({3: 'a', 5: 'b'}), sum({1: 0, 2: 0})",
            "[False, {}, False, 5, 3]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

#[test]
fn logic_are_as_in_python() {
    for (expressions, shown) in [
        (
            "1 < 2 < 3, 1 < 3 < 2, 1 == 1 == 1, 3 > 2 >= 2 != 1",
            "[True, False, True, True]",
        ),
        (
            "1 and 2, 0 and 2, 1 or 2, 0 or 2, None or 'x', not 0, not not 5",
            "[2, 0, 1, 2, 'x', True, True]",
        ),
        (
            "None is None, 1 is not None, True is True, 256 is 256",
            "[True, True, True, True]",
        ),
        ("1 if [] else 2, (1 if 5 > 3 else 2) + 1", "[2, 2]"),
        (
            "'a' < 'b' < 'c', 'a' == 1, [] is [], () is ()",
            "[True, False, False, True]",
        ),
    ] {
        assert_shows(expressions, shown);
    }
}

/// Expressions with commas between, and the list of their values.
fn assert_shows(expressions: &str, shown: &str) {
    assert_prints(&format!("print([{expressions}])"), &format!("{shown}\n"));
}
