# Computes: a fixed amount of work, split over as many threads as it is told.
import sys
import threading

TIMES = 24


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def work(first, step):
    for _ in range(first, TIMES, step):
        if fib(27) != 196418:
            print("wrong")


workers = int(sys.argv[1])
threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first, workers))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"fib(27), {TIMES} times")
