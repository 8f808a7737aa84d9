//! Statements, and what they print.

use super::assert_prints;

#[test]
fn loops_and_conditions_go_where_they_should() {
    assert_prints(
        "def early(n):
    for i in range(n):
        if i == 3:
            break
        if i % 2:
            continue
        print('even', i)
    else:
        print('all')
    return i
print(early(10), early(2))
n = 0
while True:
    n += 1
    if n > 5:
        break
while n:
    n -= 2
else:
    print('none left')
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a, b, c)
total = 0
for i in range(10):
    for j in range(10):
        if j > i:
            break
        total += i * j
print(n, total)
",
        "even 0\neven 2\neven 0\nall\n3 1\nnone left\n1 2 3\n4 5 6\n0 1155\n",
    );
}

#[test]
fn functions_take_arguments_as_python_does() {
    assert_prints(
        "def f(a, b=2, c=3):
    return a, b, c
print(f(1), f(1, 5), f(1, c=9), f(c=1, a=2), f(b=0, a=1, c=2))
def nothing():
    pass
print(nothing())
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(20))
def kept(n, all=[]):
    all.append(n)
    return all
print(kept(1), kept(2))
functions = [f, abs, len]
print(functions[1](-3), functions[2]('abc'))
add = [].append
print(add(1))
x = 1
def change(to):
    global x
    x = to
change(5)
print(x)
",
        "(1, 2, 3) (1, 5, 3) (1, 2, 9) (2, 2, 1) (1, 0, 2)\nNone\n2432902008176640000\n\
         [1, 2] [1, 2]\n3 3\nNone\n5\n",
    );
}

#[test]
fn lists_and_dicts_change_while_they_are_gone_through() {
    assert_prints(
        "xs = [1, 2, 3]
for x in xs:
    if x < 5:
        xs.append(x + 3)
    if x == 2:
        xs.pop(0)
print(x, xs)
for x in xs:
    xs.pop()
print(x, xs)
d = {'a': 1, 'b': 2, 'c': 3}
for key in d:
    d[key] = d[key] * 10
print(d)
for key, value in d.items():
    if key == 'c':
        d['d'] = value
        del d['a']
        break
print(d)
for value in d.values():
    if value == 20:
        break
    d.pop('b')
print(value, list(d), list(d.items()), tuple(d.values()), 'b' in d.keys(), 20 in d.values())
",
        "7 [2, 3, 4, 5, 7]\n4 [2, 3]\n{'a': 10, 'b': 20, 'c': 30}\n\
         {'b': 20, 'c': 30, 'd': 30}\n\
         20 ['b', 'c', 'd'] [('b', 20), ('c', 30), ('d', 30)] (20, 30, 30) True True\n",
    );
}

#[test]
fn dicts_are_made_of_anything_that_has_pairs() {
    assert_prints(
        "d = dict([(1, 2), 'ab', ['x', 1000]], y=1.5, x=3)
e = dict(d, z=d)
print(d, e == d, len(e), e['z'] is d, dict(), dict(a=1), dict({}), dict(dict(d.items())) == d)
same = float('nan')
print([same] == [same], same in [same], (same,) < (same,), {1: same} == {1: same}, same == same)
print(2.0 in range(5), 2.5 in range(5), True in range(2), 'a' in range(3), 7 in range(1, 9, 3))
print(sum(range(1, 5)), sum(range(0)), sum(range(3), 0.5), sum([], True), sum([[1], [2]], []))
print(max(range(5)), min(range(5, 0, -2)), max(range(0), default='none'), sum([0.5, 1, True]))
print(sum(range(10 ** 18, 10 ** 18 + 3)) - 3 * 10 ** 18)
",
        "{1: 2, 'a': 'b', 'x': 3, 'y': 1.5} False 5 True {} {'a': 1} {} True\n\
         True True False True False\nTrue False True False True\n\
         10 0 3.5 True [1, 2]\n4 1 none 2.5\n3\n",
    );
}

#[test]
fn lists_and_dicts_change_in_place() {
    assert_prints(
        "a = [1, 2, 3]
b = a
a.append(4)
a.extend([5])
a.extend((6,))
a += [7]
a += range(8, 10)
print(a, a.pop(), a.pop(0), a.pop(-2), b is a)
a[0] = 'x'
a[-1] = 'y'
del a[1]
print(b, len(b))
a.extend(a)
print(a)
rows = [[0] * 2] * 2
rows[0][0] += 1
print(rows)
d = {'a': 1, 2: 'b'}
d['c'] = 4
d[2.0] = 'two'
del d['a']
print(d, len(d), d.pop('c'), d)
counts = {}
for word in ['a', 'b', 'a', 'c', 'a']:
    counts[word] = counts.get(word, 0) + 1
print(counts)
for key, value in counts.items():
    print(key, value, end=' ')
for key in counts:
    print(key, end=' ')
print()
x, y = 1, 2
x, y = y, x
(p, q), r = (5, 6), 7
print(x, y, p, q, r)
cycle = [1]
cycle.append(cycle)
print(cycle)
cycle.pop()
",
        "[2, 3, 4, 5, 6, 8] 9 1 7 True\n['x', 4, 5, 6, 'y'] 5\n\
         ['x', 4, 5, 6, 'y', 'x', 4, 5, 6, 'y']\n[[1, 0], [1, 0]]\n\
         {2: 'two'} 2 4 {2: 'two'}\n{'a': 3, 'b': 1, 'c': 1}\n\
         a 3 b 1 c 1 a b c \n2 1 5 6 7\n[1, [...]]\n",
    );
}

#[test]
fn a_dict_grows_and_shrinks_and_keeps_its_order() {
    assert_prints(
        "d = {}
for i in range(1000):
    d[i] = i * i
for i in range(0, 1000, 2):
    del d[i]
for i in range(1000, 1500):
    d[str(i)] = 1
total = 0
for value in d.values():
    total += value
print(len(d), total, d.get(501), d.get(500), d['1499'])
keys = list(d.keys())
print(keys[0], keys[499], keys[500], keys[-1])
while len(d) > 3:
    d.pop(list(d)[0])
print(d)
",
        "1000 166667000 251001 None 1\n1 999 1000 1499\n{'1497': 1, '1498': 1, '1499': 1}\n",
    );
}

#[test]
fn augmented_assignments_compute_what_they_name() {
    assert_prints(
        "x = 10
x += 5; x -= 3; x *= 2; x //= 5; x %= 3; x **= 3; x <<= 2; x >>= 1; x |= 8; x &= 12; x ^= 5
print(x)
x /= 2
print(x)
s = 'a'
s += 'b'
s *= 2
print(s)
t = (1,)
t += (2,)
print(t)
",
        "13\n6.5\nabab\n(1, 2)\n",
    );
}

#[test]
fn print_writes_as_it_is_told() {
    assert_prints(
        "print()\nprint(1, 'a', None, sep='-', end='!\\n')\nprint('x', end='')\nprint(sep='')\n\
         print(len, [print], flush=True)\nassert print('') is None\n",
        "\n1-a-None!\nx\n<built-in function len> [<built-in function print>]\n\n",
    );
}

#[test]
fn modules_are_imported_and_arguments_given() {
    assert_prints(
        "import sys
from sys import argv
import threading as t, time
from time import perf_counter as clock
print(argv is sys.argv, len(argv), argv[0], __name__)
start = clock()
time.sleep(0.001)
print(clock() - start >= 0.001, time.time() > 1e9, time.monotonic() >= 0)
print(sys.getswitchinterval())
sys.setswitchinterval(0.001)
print(sys.getswitchinterval())
lock = t.Lock()
",
        "True 1 test.py __main__\nTrue True True\n0.005\n0.001\n",
    );
}
