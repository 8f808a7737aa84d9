# Waits: forty answers that take 50 ms each, split over as many threads as it is told.
import sys
import threading
import time

REQUESTS = 40


def work(first, step):
    for _ in range(first, REQUESTS, step):
        time.sleep(0.05)


workers = int(sys.argv[1])
threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first, workers))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"{REQUESTS} answers")
