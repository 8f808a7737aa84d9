# fib on every thread: a hot shared function, small integers, frames of one's own. Nothing is written
# that another thread reads, so that every runtime takes it.
import sys
import threading

workers = int(sys.argv[1])
jobs = int(sys.argv[2])
size = int(sys.argv[3])


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def work(first):
    for job in range(first, jobs, workers):
        fib(size)


threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first,))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(jobs, "times fib of", size)
