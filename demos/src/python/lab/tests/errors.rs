//! Exceptions: their messages are CPython's, their tracebacks too.

use super::{assert_raises, outcome, settings};
use crate::python::lab::{End, Hooks};
use crate::python::runtime::Choice;

#[test]
fn tracebacks_show_every_call() {
    assert_raises(
        "import threading
lock = threading.Lock()
def inner(n):
    with lock:
        return [][n]

def outer():
    x = inner(
        5)
    return x
outer()
",
        "Traceback (most recent call last):
  File \"test.py\", line 11, in <module>
    outer()
  File \"test.py\", line 8, in outer
    x = inner(
  File \"test.py\", line 5, in inner
    return [][n]
IndexError: list index out of range",
    );
}

#[test]
fn endless_recursion_is_told_shortly() {
    assert_raises(
        "def f(n):\n    return f(n + 1)\nf(0)\n",
        "Traceback (most recent call last):
  File \"test.py\", line 3, in <module>
    f(0)
  File \"test.py\", line 2, in f
    return f(n + 1)
  File \"test.py\", line 2, in f
    return f(n + 1)
  File \"test.py\", line 2, in f
    return f(n + 1)
  [Previous line repeated 996 more times]
RecursionError: maximum recursion depth exceeded",
    );
}

#[test]
fn a_threads_exception_is_shown_and_the_others_go_on() {
    let source = "import threading
def f():
    return 1 // 0
t = threading.Thread(target=f)
t.start()
t.join()
print('still here')
";
    let outcome = outcome(
        source,
        &settings(Choice::Gil { immortal: true }),
        &Hooks::new(),
    );
    assert_eq!(outcome.end, End::Finished);
    assert_eq!(
        outcome.output,
        "Exception in thread Thread-1 (f):
Traceback (most recent call last):
  File \"test.py\", line 3, in f
    return 1 // 0
ZeroDivisionError: integer division or modulo by zero
still here
"
    );
}

#[test]
fn a_thread_does_not_join_itself() {
    let source = "import threading
def f():
    t.join()
t = threading.Thread(target=f)
t.start()
";
    for choice in super::CHOICES {
        let outcome = outcome(source, &settings(choice), &Hooks::new());
        assert_eq!(
            (outcome.end, outcome.output.as_str()),
            (
                End::Finished,
                "Exception in thread Thread-1 (f):
Traceback (most recent call last):
  File \"test.py\", line 3, in f
    t.join()
RuntimeError: cannot join current thread
"
            ),
            "under {choice:?}"
        );
    }
}

/// The traceback's last line.
fn message(source: &str) -> String {
    let outcome = outcome(
        source,
        &settings(Choice::Gil { immortal: true }),
        &Hooks::new(),
    );
    assert_eq!(
        outcome.census.map(|census| census.left),
        Some(vec![]),
        "{source}"
    );
    match outcome.end {
        End::Raised(text) => text.lines().last().unwrap_or_default().to_owned(),
        end => panic!("{end:?}: {source}"),
    }
}

#[test]
fn messages_are_those_of_python() {
    for (source, expected) in MESSAGES {
        assert_eq!(message(source), *expected, "{source}");
    }
}

/// Programs, and the last line that a real `python3` writes of their end.
const MESSAGES: &[(&str, &str)] = &[
    (
        "[1].get(1)",
        "AttributeError: 'list' object has no attribute 'get'",
    ),
    (
        "x = (1).append",
        "AttributeError: 'int' object has no attribute 'append'",
    ),
    ("1/0", "ZeroDivisionError: division by zero"),
    (
        "[1]+1",
        "TypeError: can only concatenate list (not \"int\") to list",
    ),
    (
        "'a'+1",
        "TypeError: can only concatenate str (not \"int\") to str",
    ),
    (
        "[1]*1.5",
        "TypeError: can't multiply sequence by non-int of type 'float'",
    ),
    (
        "1+'a'",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    ),
    (
        "[1]['a']",
        "TypeError: list indices must be integers or slices, not str",
    ),
    (
        "'abc'['a']",
        "TypeError: string indices must be integers, not 'str'",
    ),
    ("'abc'[9]", "IndexError: string index out of range"),
    ("(1,)[9]", "IndexError: tuple index out of range"),
    ("[][0]", "IndexError: list index out of range"),
    ("[].pop()", "IndexError: pop from empty list"),
    ("[1].pop(5)", "IndexError: pop index out of range"),
    ("{}[1]", "KeyError: 1"),
    ("{}['k']", "KeyError: 'k'"),
    ("x={[]:1}", "TypeError: unhashable type: 'list'"),
    ("len(5)", "TypeError: object of type 'int' has no len()"),
    (
        "1<'a'",
        "TypeError: '<' not supported between instances of 'int' and 'str'",
    ),
    ("abs('a')", "TypeError: bad operand type for abs(): 'str'"),
    ("min([])", "ValueError: min() iterable argument is empty"),
    (
        "max()",
        "TypeError: max expected at least 1 argument, got 0",
    ),
    ("min(5)", "TypeError: 'int' object is not iterable"),
    (
        "sum('ab')",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    ),
    (
        "sum(['a'])",
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    ),
    (
        "int('x')",
        "ValueError: invalid literal for int() with base 10: 'x'",
    ),
    (
        "int([])",
        "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'",
    ),
    (
        "float('x')",
        "ValueError: could not convert string to float: 'x'",
    ),
    (
        "for i in 5: pass",
        "TypeError: 'int' object is not iterable",
    ),
    ("x=5\nx()", "TypeError: 'int' object is not callable"),
    (
        "range(1.5)",
        "TypeError: 'float' object cannot be interpreted as an integer",
    ),
    ("range(1,2,0)", "ValueError: range() arg 3 must not be zero"),
    (
        "f'{1:s}'",
        "ValueError: Unknown format code 's' for object of type 'int'",
    ),
    (
        "f'{\"a\":d}'",
        "ValueError: Unknown format code 'd' for object of type 'str'",
    ),
    (
        "1 in 5",
        "TypeError: argument of type 'int' is not iterable",
    ),
    (
        "1 in 'abc'",
        "TypeError: 'in <string>' requires string as left operand, not int",
    ),
    ("x", "NameError: name 'x' is not defined"),
    ("-'a'", "TypeError: bad operand type for unary -: 'str'"),
    ("~1.5", "TypeError: bad operand type for unary ~: 'float'"),
    ("del x", "NameError: name 'x' is not defined"),
    ("a,b=1", "TypeError: cannot unpack non-iterable int object"),
    (
        "a,b=1,2,3",
        "ValueError: too many values to unpack (expected 2)",
    ),
    (
        "a,b=(1,)",
        "ValueError: not enough values to unpack (expected 2, got 1)",
    ),
    (
        "[].append()",
        "TypeError: list.append() takes exactly one argument (0 given)",
    ),
    (
        "[].append(1,2)",
        "TypeError: list.append() takes exactly one argument (2 given)",
    ),
    (
        "len()",
        "TypeError: len() takes exactly one argument (0 given)",
    ),
    (
        "len(1,2)",
        "TypeError: len() takes exactly one argument (2 given)",
    ),
    (
        "print(1,foo=2)",
        "TypeError: print() got an unexpected keyword argument 'foo'",
    ),
    (
        "None+1",
        "TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'",
    ),
    ("x=5\nx[0]", "TypeError: 'int' object is not subscriptable"),
    (
        "x=5\nx[0]=1",
        "TypeError: 'int' object does not support item assignment",
    ),
    (
        "x=(1,)\nx[0]=1",
        "TypeError: 'tuple' object does not support item assignment",
    ),
    (
        "x='a'\nx[0]='b'",
        "TypeError: 'str' object does not support item assignment",
    ),
    (
        "x=(1,)\ndel x[0]",
        "TypeError: 'tuple' object doesn't support item deletion",
    ),
    (
        "x=[1]\nx[5]=3",
        "IndexError: list assignment index out of range",
    ),
    (
        "{}.pop()",
        "TypeError: pop expected at least 1 argument, got 0",
    ),
    (
        "max(1,'a')",
        "TypeError: '>' not supported between instances of 'str' and 'int'",
    ),
    (
        "sum([1],'a')",
        "TypeError: sum() can't sum strings [use ''.join(seq) instead]",
    ),
    (
        "range()",
        "TypeError: range expected at least 1 argument, got 0",
    ),
    (
        "abs()",
        "TypeError: abs() takes exactly one argument (0 given)",
    ),
    (
        "abs(1,2)",
        "TypeError: abs() takes exactly one argument (2 given)",
    ),
    ("[].extend(5)", "TypeError: 'int' object is not iterable"),
    (
        "{}.get()",
        "TypeError: get expected at least 1 argument, got 0",
    ),
    (
        "import time\ntime.sleep('a')",
        "TypeError: 'str' object cannot be interpreted as an integer",
    ),
    (
        "import time\ntime.sleep(-1)",
        "ValueError: sleep length must be non-negative",
    ),
    (
        "import threading\nthreading.Thread(target=print).join()",
        "RuntimeError: cannot join thread before it is started",
    ),
    (
        "import threading\nthreading.Lock().release()",
        "RuntimeError: release unlocked lock",
    ),
    (
        "x=5\nwith x: pass",
        "TypeError: 'int' object does not support the context manager protocol",
    ),
    ("list(5)", "TypeError: 'int' object is not iterable"),
    (
        "float([])",
        "TypeError: float() argument must be a string or a real number, not 'list'",
    ),
    (
        "bool(1,2)",
        "TypeError: bool expected at most 1 argument, got 2",
    ),
    (
        "def f(a,b=1): pass\nf()",
        "TypeError: f() missing 1 required positional argument: 'a'",
    ),
    (
        "def f(a,b): pass\nf(1,2,3)",
        "TypeError: f() takes 2 positional arguments but 3 were given",
    ),
    (
        "def f(a,b=1): pass\nf(1,2,3)",
        "TypeError: f() takes from 1 to 2 positional arguments but 3 were given",
    ),
    (
        "def f(): pass\nf(1)",
        "TypeError: f() takes 0 positional arguments but 1 was given",
    ),
    (
        "def f(a): pass\nf(1,2)",
        "TypeError: f() takes 1 positional argument but 2 were given",
    ),
    (
        "def f(a,b): pass\nf(1,c=3)",
        "TypeError: f() got an unexpected keyword argument 'c'",
    ),
    (
        "def f(a,b): pass\nf(1,a=3)",
        "TypeError: f() got multiple values for argument 'a'",
    ),
    (
        "def f(a,b,c): pass\nf()",
        "TypeError: f() missing 3 required positional arguments: 'a', 'b', and 'c'",
    ),
    (
        "def f(a,b,c): pass\nf(1)",
        "TypeError: f() missing 2 required positional arguments: 'b' and 'c'",
    ),
    (
        "def f():\n    print(x)\n    x=1\nf()",
        "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value",
    ),
    (
        "def f():\n    del x\n    x=1\nf()",
        "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value",
    ),
    (
        "import threading\nthreading.Thread(foo=1)",
        "TypeError: Thread.__init__() got an unexpected keyword argument 'foo'",
    ),
    (
        "print(1,sep=3)",
        "TypeError: sep must be None or a string, not int",
    ),
    (
        "a=[1,2]\na['x']=1",
        "TypeError: list indices must be integers or slices, not str",
    ),
    (
        "a=[1]\ndel a[4]",
        "IndexError: list assignment index out of range",
    ),
    ("range(3)[7]", "IndexError: range object index out of range"),
    ("a={}\ndel a[1]", "KeyError: 1"),
    (
        "d={1:1}\nfor k in d:\n    d[k+1]=1",
        "RuntimeError: dictionary changed size during iteration",
    ),
    (
        "d={1:1,2:2}\nfor k, v in d.items():\n    del d[k]",
        "RuntimeError: dictionary changed size during iteration",
    ),
    (
        "d={1:1}\nfor v in d.values():\n    d.pop(1)",
        "RuntimeError: dictionary changed size during iteration",
    ),
    (
        "d={0:0}\nfor k in d:\n    del d[k]\n    d[k+1]=k",
        "RuntimeError: dictionary keys changed during iteration",
    ),
    ("dict(5)", "TypeError: 'int' object is not iterable"),
    (
        "dict([(1,2),5])",
        "TypeError: cannot convert dictionary update sequence element #1 to a sequence",
    ),
    (
        "dict([(1,2),'abc'])",
        "ValueError: dictionary update sequence element #1 has length 3; 2 is required",
    ),
    ("dict([([],2)])", "TypeError: unhashable type: 'list'"),
    (
        "dict(1,2)",
        "TypeError: dict expected at most 1 argument, got 2",
    ),
    ("'-'.join(5)", "TypeError: can only join an iterable"),
    (
        "'-'.join([1])",
        "TypeError: sequence item 0: expected str instance, int found",
    ),
    (
        "x=[1]\nx-=1",
        "TypeError: unsupported operand type(s) for -=: 'list' and 'int'",
    ),
    (
        "x=1\nx+='a'",
        "TypeError: unsupported operand type(s) for +=: 'int' and 'str'",
    ),
    (
        "x=2\nx**='a'",
        "TypeError: unsupported operand type(s) for **=: 'int' and 'str'",
    ),
    (
        "def f(n):\n    return f(n+1)\nf(0)",
        "RecursionError: maximum recursion depth exceeded",
    ),
    (
        "def f():\n    g()\ndef g():\n    return 1//0\nf()",
        "ZeroDivisionError: integer division or modulo by zero",
    ),
    ("assert 1 == 2, 'oops'", "AssertionError: oops"),
    ("assert False", "AssertionError"),
    (
        "import threading\nl=threading.Lock()\ndef f():\n    with l:\n        with l if False else threading.Lock():\n            return [][1]\nf()",
        "IndexError: list index out of range",
    ),
    (
        "0.0**-1",
        "ZeroDivisionError: 0.0 cannot be raised to a negative power",
    ),
    ("1<<-1", "ValueError: negative shift count"),
    (
        "int(float('nan'))",
        "ValueError: cannot convert float NaN to integer",
    ),
    (
        "True<'a'",
        "TypeError: '<' not supported between instances of 'bool' and 'str'",
    ),
    (
        "None<1",
        "TypeError: '<' not supported between instances of 'NoneType' and 'int'",
    ),
    (
        "[1]<[None]",
        "TypeError: '<' not supported between instances of 'int' and 'NoneType'",
    ),
    (
        "{}<{}",
        "TypeError: '<' not supported between instances of 'dict' and 'dict'",
    ),
    (
        "x=[1]\nx[0][0]",
        "TypeError: 'int' object is not subscriptable",
    ),
];

#[test]
fn integers_never_wrap() {
    let expected = "OverflowError: integer result does not fit in 64 bits";
    for expression in [
        "big + 1",
        "-big - 2",
        "big * big",
        "-(-big - 1)",
        "abs(-big - 1)",
        "(-big - 1) // -1",
        "2 ** 63",
        "1 << 63",
        "3 << 62",
        "int(1e19)",
        "int('9223372036854775808')",
        "sum([big, 1])",
        "round(1e300)",
    ] {
        let source = format!("big = 9223372036854775807\nprint({expression})\n");
        assert_eq!(message(&source), expected, "{expression}");
    }
}
