//! Modules, what they import, and whole programs, each as a listing.

use super::assert_listing;

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
