//! Functions and the names in them, each as a listing.

use super::assert_listing;

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
