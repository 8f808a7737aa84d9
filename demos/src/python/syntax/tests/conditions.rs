//! Conditions, and where they lead, each as a listing.

use super::assert_listing;

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
