# A thread that wakes up every 2 ms, beside one that computes until the other is done.
import sys
import threading
import time

beats = int(sys.argv[1])
done = False


def compute():
    number = 0
    while not done:
        number = (number + 1) % 1000


def beat():
    for number in range(beats):
        time.sleep(0.002)


computing = threading.Thread(target=compute)
beating = threading.Thread(target=beat)
computing.start()
beating.start()
beating.join()
done = True
computing.join()
print(beats, "beats")
