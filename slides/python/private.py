# Every thread makes many objects, and shares none.
import sys
import threading

ROUNDS = 240


def mean(count):
    numbers = []
    for index in range(count):
        numbers.append(index * 0.5)
    return sum(numbers) / count


def work(first, step):
    for _ in range(first, ROUNDS, step):
        if mean(20000) != 4999.75:
            print("wrong")


workers = int(sys.argv[1])
threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first, workers))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"{ROUNDS} means")
