//! Statements, each as a listing.

use std::fmt::Write as _;

use super::program;

/// The listings, and the `with` blocks as `first..behind the last at depth`.
fn listings(source: &str) -> String {
    let program = program(source);
    let mut text = program.to_string();
    for block in program.codes.iter().flat_map(|code| &code.with_blocks) {
        let super::WithBlock { start, end, depth } = block;
        writeln!(text, "with {start}..{end} at {depth}").expect("a string takes all");
    }
    text
}

/// A source that stands behind a line's end gives the listings that do.
#[track_caller]
fn assert_listing(source: &str, expected: &str) {
    assert_eq!(listings(&source[1..]), expected[1..]);
}

#[test]
fn assigns() {
    assert_listing(
        "
x = 1
y = x
",
        "
<module>:
   1       RESUME
           LOAD_CONST         0 (1)
           STORE_NAME         0 (x)
   2       LOAD_NAME          0 (x)
           STORE_NAME         1 (y)
           LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn assigns_to_several_targets() {
    assert_listing(
        "
x = y = f()
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (f)
           PUSH_NULL
           CALL               0
           COPY               1
           STORE_NAME         1 (x)
           STORE_NAME         2 (y)
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn unpacks() {
    assert_listing(
        "
x, (y, z) = f()
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (f)
           PUSH_NULL
           CALL               0
           UNPACK_SEQUENCE    2
           STORE_NAME         1 (x)
           UNPACK_SEQUENCE    2
           STORE_NAME         2 (y)
           STORE_NAME         3 (z)
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn swaps_locals_without_a_tuple() {
    assert_listing(
        "
def f(a, b):
    a, b = b, a
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         0 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_FAST          1 (b)
           LOAD_FAST          0 (a)
           STORE_FAST         1 (b)
           STORE_FAST         0 (a)
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn swaps_items_on_the_stack() {
    assert_listing(
        "
a[0], a[1] = a[1], a[0]
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           LOAD_CONST         0 (1)
           BINARY_SUBSCR
           LOAD_NAME          0 (a)
           LOAD_CONST         1 (0)
           BINARY_SUBSCR
           SWAP               2
           LOAD_NAME          0 (a)
           LOAD_CONST         1 (0)
           STORE_SUBSCR
           LOAD_NAME          0 (a)
           LOAD_CONST         0 (1)
           STORE_SUBSCR
           LOAD_CONST         2 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn rotates_three() {
    assert_listing(
        "
def f(a, b, c):
    a, b, c = b, c, a
    a, b, a = b, c, a
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         0 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_FAST          1 (b)
           LOAD_FAST          2 (c)
           LOAD_FAST          0 (a)
           STORE_FAST         2 (c)
           STORE_FAST         1 (b)
           STORE_FAST         0 (a)
   3       LOAD_FAST          1 (b)
           LOAD_FAST          2 (c)
           LOAD_FAST          0 (a)
           SWAP               3
           STORE_FAST         0 (a)
           STORE_FAST         1 (b)
           STORE_FAST         0 (a)
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn unpacks_constants() {
    assert_listing(
        "
a, b = 1, 2
",
        "
<module>:
   1       RESUME
           LOAD_CONST         0 ((1, 2))
           UNPACK_SEQUENCE    2
           STORE_NAME         0 (a)
           STORE_NAME         1 (b)
           LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn assigns_and_deletes_items() {
    assert_listing(
        "
a[0] = b
a[1] += c
del a[2]
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (b)
           LOAD_NAME          1 (a)
           LOAD_CONST         0 (0)
           STORE_SUBSCR
   2       LOAD_NAME          1 (a)
           LOAD_CONST         1 (1)
           COPY               2
           COPY               2
           BINARY_SUBSCR
           LOAD_NAME          2 (c)
           BINARY_OP          (+=)
           SWAP               3
           SWAP               2
           STORE_SUBSCR
   3       LOAD_NAME          1 (a)
           LOAD_CONST         2 (2)
           DELETE_SUBSCR
           LOAD_CONST         3 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn augments() {
    assert_listing(
        "
def f(a):
    global b
    a -= 1
    b //= a
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         1 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   3       LOAD_FAST          0 (a)
           LOAD_CONST         0 (1)
           BINARY_OP          (-=)
           STORE_FAST         0 (a)
   4       LOAD_GLOBAL        0 (b)
           LOAD_FAST          0 (a)
           BINARY_OP          (//=)
           STORE_GLOBAL       0 (b)
           LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn does_not_look_at_annotations() {
    assert_listing(
        "
x: int = 1
y: list
def f(a: int = 2) -> int:
    b: int
    return b
",
        "
<module>:
   1       RESUME
           LOAD_CONST         0 (1)
           STORE_NAME         0 (x)
   3       LOAD_CONST         1 ((2,))
           MAKE_FUNCTION      (f with defaults)
           STORE_NAME         1 (f)
           LOAD_CONST         2 (None)
           RETURN_VALUE

f:
   3       RESUME
   5       LOAD_FAST          1 (b)
           RETURN_VALUE
",
    );
}

#[test]
fn deletes() {
    assert_listing(
        "
del a, (b, c[0])
def f(a):
    global b
    del a, b
",
        "
<module>:
   1       RESUME
           DELETE_NAME        0 (a)
           DELETE_NAME        1 (b)
           LOAD_NAME          2 (c)
           LOAD_CONST         0 (0)
           DELETE_SUBSCR
   2       MAKE_FUNCTION      (f)
           STORE_NAME         3 (f)
           LOAD_CONST         1 (None)
           RETURN_VALUE

f:
   2       RESUME
   4       DELETE_FAST        0 (a)
           DELETE_GLOBAL      1 (b)
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn does_not_compute_docstrings() {
    assert_listing(
        r#"
"""What it is for."""
def f():
    "It too."
    pass
"#,
        "
<module>:
   1       RESUME
   2       MAKE_FUNCTION      (f)
           STORE_NAME         0 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   2       RESUME
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn tells_local_from_global_names() {
    assert_listing(
        "
def f(a):
    global b
    b = a
    c = d
    def g():
        return g2
    return g
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         3 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   3       LOAD_FAST          0 (a)
           STORE_GLOBAL       0 (b)
   4       LOAD_GLOBAL        1 (d)
           STORE_FAST         1 (c)
   5       MAKE_FUNCTION      (g)
           STORE_FAST         2 (g)
   7       LOAD_FAST          2 (g)
           RETURN_VALUE

g:
   5       RESUME
   6       LOAD_GLOBAL        2 (g2)
           RETURN_VALUE
",
    );
}

#[test]
fn makes_functions_with_defaults() {
    assert_listing(
        "
def f(a, b=1, c=-2): pass
def g(a=x, b=1): pass
",
        "
<module>:
   1       RESUME
           LOAD_CONST         0 ((1, -2))
           MAKE_FUNCTION      (f with defaults)
           STORE_NAME         0 (f)
   2       LOAD_NAME          1 (x)
           LOAD_CONST         1 (1)
           BUILD_TUPLE        2
           MAKE_FUNCTION      (g with defaults)
           STORE_NAME         2 (g)
           LOAD_CONST         2 (None)
           RETURN_VALUE

f:
   1       RESUME
           LOAD_CONST         0 (None)
           RETURN_VALUE

g:
   2       RESUME
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn chooses() {
    assert_listing(
        "
if a:
    b
elif c:
    d
else:
    e
f
g
h
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_FALSE  (to L1)
   2       LOAD_NAME          1 (b)
           POP_TOP
           JUMP_FORWARD       (to L3)
   3  L1:  LOAD_NAME          2 (c)
           POP_JUMP_IF_FALSE  (to L2)
   4       LOAD_NAME          3 (d)
           POP_TOP
           JUMP_FORWARD       (to L3)
   6  L2:  LOAD_NAME          4 (e)
           POP_TOP
   7  L3:  LOAD_NAME          5 (f)
           POP_TOP
   8       LOAD_NAME          6 (g)
           POP_TOP
   9       LOAD_NAME          7 (h)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn turns_a_condition_round() {
    assert_listing(
        "
if not a:
    b
c
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_TRUE   (to L1)
   2       LOAD_NAME          1 (b)
           POP_TOP
   3  L1:  LOAD_NAME          2 (c)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn needs_both() {
    assert_listing(
        "
if a and b:
    c
d
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_FALSE  (to L1)
           LOAD_NAME          1 (b)
           POP_JUMP_IF_FALSE  (to L1)
   2       LOAD_NAME          2 (c)
           POP_TOP
   3  L1:  LOAD_NAME          3 (d)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn needs_either() {
    assert_listing(
        "
if a or b:
    c
d
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_TRUE   (to L1)
           LOAD_NAME          1 (b)
           POP_JUMP_IF_FALSE  (to L2)
   2  L1:  LOAD_NAME          2 (c)
           POP_TOP
   3  L2:  LOAD_NAME          3 (d)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn mixes_conditions() {
    assert_listing(
        "
if not (a or b) and c:
    d
e
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_TRUE   (to L1)
           LOAD_NAME          1 (b)
           POP_JUMP_IF_TRUE   (to L1)
           LOAD_NAME          2 (c)
           POP_JUMP_IF_FALSE  (to L1)
   2       LOAD_NAME          3 (d)
           POP_TOP
   3  L1:  LOAD_NAME          4 (e)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn chains_comparisons() {
    assert_listing(
        "
if a < b < c:
    d
e
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           LOAD_NAME          1 (b)
           SWAP               2
           COPY               2
           COMPARE_OP         (<)
           POP_JUMP_IF_FALSE  (to L1)
           LOAD_NAME          2 (c)
           COMPARE_OP         (<)
           POP_JUMP_IF_FALSE  (to L3)
           JUMP_FORWARD       (to L2)
      L1:  POP_TOP
   3       LOAD_NAME          4 (e)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
   2  L2:  LOAD_NAME          3 (d)
           POP_TOP
   3  L3:  LOAD_NAME          4 (e)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn chooses_a_condition() {
    assert_listing(
        "
if (a if b else c):
    d
e
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (b)
           POP_JUMP_IF_FALSE  (to L1)
           LOAD_NAME          1 (a)
           POP_JUMP_IF_FALSE  (to L3)
           JUMP_FORWARD       (to L2)
      L1:  LOAD_NAME          2 (c)
           POP_JUMP_IF_FALSE  (to L3)
   2  L2:  LOAD_NAME          3 (d)
           POP_TOP
   3  L3:  LOAD_NAME          4 (e)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn knows_constant_conditions() {
    assert_listing(
        "
if True:
    a
else:
    b
if 0:
    c
",
        "
<module>:
   1       RESUME
   2       LOAD_NAME          0 (a)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn returns_from_each_branch_on_its_own_line() {
    assert_listing(
        "
def f(n):
    if n:
        x = 1
    else:
        x = 2
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         0 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_FAST          0 (n)
           POP_JUMP_IF_FALSE  (to L1)
   3       LOAD_CONST         0 (1)
           STORE_FAST         1 (x)
           LOAD_CONST         2 (None)
           RETURN_VALUE
   5  L1:  LOAD_CONST         1 (2)
           STORE_FAST         1 (x)
           LOAD_CONST         2 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn repeats() {
    assert_listing(
        "
while a:
    b
c
",
        "
<module>:
   1       RESUME
      L1:  LOAD_NAME          0 (a)
           POP_JUMP_IF_FALSE  (to L2)
   2       LOAD_NAME          1 (b)
           POP_TOP
           JUMP_BACKWARD      (to L1)
   3  L2:  LOAD_NAME          2 (c)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn repeats_until_break() {
    assert_listing(
        "
def f():
    while True:
        if a:
            break
        b
    c
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         3 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   3  L1:  LOAD_GLOBAL        0 (a)
           POP_JUMP_IF_FALSE  (to L2)
   6       LOAD_GLOBAL        2 (c)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
   5  L2:  LOAD_GLOBAL        1 (b)
           POP_TOP
           JUMP_BACKWARD      (to L1)
",
    );
}

#[test]
fn repeats_for_ever() {
    assert_listing(
        "
while True:
    pass
",
        "
<module>:
   1       RESUME
      L1:  JUMP_BACKWARD      (to L1)
",
    );
}

#[test]
fn breaks_past_else() {
    assert_listing(
        "
while a:
    if b:
        break
else:
    c
d
e
f
",
        "
<module>:
   1       RESUME
      L1:  LOAD_NAME          0 (a)
           POP_JUMP_IF_FALSE  (to L2)
   2       LOAD_NAME          1 (b)
           POP_JUMP_IF_FALSE  (to L4)
   3       JUMP_FORWARD       (to L3)
   5  L2:  LOAD_NAME          2 (c)
           POP_TOP
   6  L3:  LOAD_NAME          3 (d)
           POP_TOP
   7       LOAD_NAME          4 (e)
           POP_TOP
   8       LOAD_NAME          5 (f)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
   2  L4:  JUMP_BACKWARD      (to L1)
",
    );
}

#[test]
fn jumps_back_from_each_branch() {
    assert_listing(
        "
while a:
    if b:
        c
    else:
        d
",
        "
<module>:
   1       RESUME
      L1:  LOAD_NAME          0 (a)
           POP_JUMP_IF_FALSE  (to L3)
   2       LOAD_NAME          1 (b)
           POP_JUMP_IF_FALSE  (to L2)
   3       LOAD_NAME          2 (c)
           POP_TOP
           JUMP_BACKWARD      (to L1)
   5  L2:  LOAD_NAME          3 (d)
           POP_TOP
           JUMP_BACKWARD      (to L1)
   1  L3:  LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn iterates() {
    assert_listing(
        "
for i in range(3):
    print(i)
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (range)
           PUSH_NULL
           LOAD_CONST         0 (3)
           CALL               1
           GET_ITER
      L1:  FOR_ITER           (to L2)
           STORE_NAME         1 (i)
   2       LOAD_NAME          2 (print)
           PUSH_NULL
           LOAD_NAME          1 (i)
           CALL               1
           POP_TOP
           JUMP_BACKWARD      (to L1)
   1  L2:  POP_ITER
           LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn unpacks_items() {
    assert_listing(
        "
for i, (x, a[0]) in [1, 2]:
    continue
",
        "
<module>:
   1       RESUME
           LOAD_CONST         0 ((1, 2))
           GET_ITER
      L1:  FOR_ITER           (to L2)
           UNPACK_SEQUENCE    2
           STORE_NAME         0 (i)
           UNPACK_SEQUENCE    2
           STORE_NAME         1 (x)
           LOAD_NAME          2 (a)
           LOAD_CONST         1 (0)
           STORE_SUBSCR
   2       JUMP_BACKWARD      (to L1)
   1  L2:  POP_ITER
           LOAD_CONST         2 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn takes_iterators_away_when_it_leaves() {
    assert_listing(
        "
def f(xs):
    for x in xs:
        for y in x:
            if y:
                return y + 1
            if x:
                break
            if xs:
                return
            continue
        else:
            g()
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         1 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_FAST          0 (xs)
           GET_ITER
      L1:  FOR_ITER           (to L7)
           STORE_FAST         1 (x)
   3       LOAD_FAST          1 (x)
           GET_ITER
      L2:  FOR_ITER           (to L6)
           STORE_FAST         2 (y)
   4       LOAD_FAST          2 (y)
           POP_JUMP_IF_FALSE  (to L3)
   5       LOAD_FAST          2 (y)
           LOAD_CONST         0 (1)
           BINARY_OP          (+)
           SWAP               2
           POP_ITER
           SWAP               2
           POP_ITER
           RETURN_VALUE
   6  L3:  LOAD_FAST          1 (x)
           POP_JUMP_IF_FALSE  (to L4)
   7       POP_ITER
           JUMP_BACKWARD      (to L1)
   8  L4:  LOAD_FAST          0 (xs)
           POP_JUMP_IF_FALSE  (to L5)
   9       POP_ITER
           POP_ITER
           LOAD_CONST         1 (None)
           RETURN_VALUE
  10  L5:  JUMP_BACKWARD      (to L2)
   3  L6:  POP_ITER
  12       LOAD_GLOBAL        0 (g)
           PUSH_NULL
           CALL               0
           POP_TOP
           JUMP_BACKWARD      (to L1)
   2  L7:  POP_ITER
           LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn enters_and_leaves() {
    assert_listing(
        "
with lock:
    a
b
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (lock)
           BEFORE_WITH
           POP_TOP
   2       LOAD_NAME          1 (a)
           POP_TOP
   1       WITH_EXIT
   3       LOAD_NAME          2 (b)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
with 3..6 at 0
",
    );
}

#[test]
fn leaves_with_blocks_and_loops() {
    assert_listing(
        "
def f(xs):
    for x in xs:
        with a, b as c:
            if x:
                continue
            if c:
                break
            return x.name
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         2 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_FAST          0 (xs)
           GET_ITER
      L1:  FOR_ITER           (to L4)
           STORE_FAST         1 (x)
   3       LOAD_GLOBAL        0 (a)
           BEFORE_WITH
           POP_TOP
           LOAD_GLOBAL        1 (b)
           BEFORE_WITH
           STORE_FAST         2 (c)
   4       LOAD_FAST          1 (x)
           POP_JUMP_IF_FALSE  (to L2)
   3       WITH_EXIT
           WITH_EXIT
   5       JUMP_BACKWARD      (to L1)
   6  L2:  LOAD_FAST          2 (c)
           POP_JUMP_IF_FALSE  (to L3)
   3       WITH_EXIT
           WITH_EXIT
   7       POP_ITER
           LOAD_CONST         0 (None)
           RETURN_VALUE
   8  L3:  LOAD_FAST          1 (x)
           LOAD_ATTR          0 (name)
   3       SWAP               3
           SWAP               2
           WITH_EXIT
           SWAP               3
           SWAP               2
           WITH_EXIT
   8       SWAP               2
           POP_ITER
           RETURN_VALUE
   2  L4:  POP_ITER
           LOAD_CONST         0 (None)
           RETURN_VALUE
with 7..14 at 1
with 16..19 at 1
with 23..28 at 1
with 10..13 at 3
with 16..18 at 3
with 23..25 at 3
",
    );
}

#[test]
fn returns_a_constant_after_leaving() {
    assert_listing(
        "
def f():
    with a:
        return 1
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (f)
           STORE_NAME         1 (f)
           LOAD_CONST         0 (None)
           RETURN_VALUE

f:
   1       RESUME
   2       LOAD_GLOBAL        0 (a)
           BEFORE_WITH
           POP_TOP
           WITH_EXIT
   3       LOAD_CONST         0 (1)
           RETURN_VALUE
with 3..4 at 0
",
    );
}

#[test]
fn imports() {
    assert_listing(
        "
import threading, time as t
from sys import argv as a, getrefcount
",
        "
<module>:
   1       RESUME
           IMPORT_NAME        0 (threading)
           STORE_NAME         0 (threading)
           IMPORT_NAME        1 (time)
           STORE_NAME         1 (t)
   2       IMPORT_NAME        2 (sys)
           IMPORT_FROM        3 (argv)
           STORE_NAME         2 (a)
           IMPORT_FROM        4 (getrefcount)
           STORE_NAME         3 (getrefcount)
           POP_TOP
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn asserts() {
    assert_listing(
        "
assert a
assert b, 'why'
",
        "
<module>:
   1       RESUME
           LOAD_NAME          0 (a)
           POP_JUMP_IF_TRUE   (to L1)
           RAISE_VARARGS
   2  L1:  LOAD_NAME          1 (b)
           POP_JUMP_IF_TRUE   (to L2)
           LOAD_CONST         0 ('why')
           RAISE_VARARGS
      L2:  LOAD_CONST         1 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn runs_as_main() {
    assert_listing(
        "
def main(): pass
if __name__ == '__main__':
    main()
",
        "
<module>:
   1       RESUME
           MAKE_FUNCTION      (main)
           STORE_NAME         0 (main)
   2       LOAD_NAME          1 (__name__)
           LOAD_CONST         0 ('__main__')
           COMPARE_OP         (==)
           POP_JUMP_IF_FALSE  (to L1)
   3       LOAD_NAME          0 (main)
           PUSH_NULL
           CALL               0
           POP_TOP
           LOAD_CONST         1 (None)
           RETURN_VALUE
   2  L1:  LOAD_CONST         1 (None)
           RETURN_VALUE

main:
   1       RESUME
           LOAD_CONST         0 (None)
           RETURN_VALUE
",
    );
}

#[test]
fn starts_threads() {
    assert_listing(
        "
ts = []
for i in range(2):
    t = threading.Thread(target=f, args=(i,))
    t.start()
    ts.append(t)
",
        "
<module>:
   1       RESUME
           BUILD_LIST         0
           STORE_NAME         0 (ts)
   2       LOAD_NAME          1 (range)
           PUSH_NULL
           LOAD_CONST         0 (2)
           CALL               1
           GET_ITER
      L1:  FOR_ITER           (to L2)
           STORE_NAME         2 (i)
   3       LOAD_NAME          3 (threading)
           LOAD_ATTR          0 (Thread + method)
           LOAD_NAME          4 (f)
           LOAD_NAME          2 (i)
           BUILD_TUPLE        1
           LOAD_CONST         1 (('target', 'args'))
           CALL_KW            2
           STORE_NAME         5 (t)
   4       LOAD_NAME          5 (t)
           LOAD_ATTR          1 (start + method)
           CALL               0
           POP_TOP
   5       LOAD_NAME          0 (ts)
           LOAD_ATTR          2 (append + method)
           LOAD_NAME          5 (t)
           CALL               1
           POP_TOP
           JUMP_BACKWARD      (to L1)
   2  L2:  POP_ITER
           LOAD_CONST         2 (None)
           RETURN_VALUE
",
    );
}
