# 40 waits of 50 ms, split over as many threads as it is told: under the GIL too they wait together.
import sys
import threading
import time

workers = int(sys.argv[1])
waits = 40


def wait(first):
    for number in range(first, waits, workers):
        time.sleep(0.05)


threads = []
for first in range(workers):
    thread = threading.Thread(target=wait, args=(first,))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(waits, "waits")
