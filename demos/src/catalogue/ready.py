# A fixed amount of work, split over as many threads as there are workers.
import sys
import threading

JOBS = 12
results = [0] * JOBS


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work(first, step):
    for job in range(first, JOBS, step):
        results[job] = fib(28)


workers = int(sys.argv[1])
threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first, workers))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(sum(results))
