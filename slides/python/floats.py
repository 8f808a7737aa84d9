# Much arithmetic on numbers of one's own: each result is a new object that one thread makes, uses and drops.
import sys
import threading

workers = int(sys.argv[1])
jobs = int(sys.argv[2])


def work(first):
    for job in range(first, jobs, workers):
        x = 0.5
        for step in range(2000):
            x = 3.7 * x * (1.0 - x)


threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first,))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(jobs, "jobs")
