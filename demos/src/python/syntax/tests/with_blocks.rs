//! `with` blocks, and how they are left, each as a listing.

use super::assert_listing;

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
