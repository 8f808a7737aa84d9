# Every thread touches one and the same object, again and again: its count goes up and down.
import sys
import threading

TIMES = 12000000
number = 0.5 * len(sys.argv)


def work(times):
    for _ in range(times):
        hot = number


workers = int(sys.argv[1])
threads = []
for _ in range(workers):
    thread = threading.Thread(target=work, args=(TIMES // workers,))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"{number}, {TIMES // workers * workers} times")
