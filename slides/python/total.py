# Every thread adds up its part of one list that all of them read.
import sys
import threading

ROUNDS = 60
numbers = []
for number in range(100000):
    numbers.append(number)


def work(first, step):
    for _ in range(first, ROUNDS, step):
        total = 0
        for number in numbers:
            total += number
        if total != 4999950000:
            print("wrong")


workers = int(sys.argv[1])
threads = []
for first in range(workers):
    thread = threading.Thread(target=work, args=(first, workers))
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"{ROUNDS} sums")
