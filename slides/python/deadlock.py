# Two threads take the same two locks, each in its own order.
import threading

first = threading.Lock()
second = threading.Lock()


def forwards():
    with first:
        with second:
            print("forwards")


def backwards():
    with second:
        with first:
            print("backwards")


one = threading.Thread(target=forwards)
two = threading.Thread(target=backwards)
one.start()
two.start()
one.join()
two.join()
