//! Assignment and deletion, each as a listing.

use super::assert_listing;

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
