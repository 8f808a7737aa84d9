//! Loops, and how they are left, each as a listing.

use super::assert_listing;

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
