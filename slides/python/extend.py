# Two lists take each other in: each of the two calls needs both.
import threading

a = [1]
b = [2]


def forwards():
    a.extend(b)


def backwards():
    b.extend(a)


one = threading.Thread(target=forwards)
two = threading.Thread(target=backwards)
one.start()
two.start()
one.join()
two.join()
print(len(a) + len(b))
