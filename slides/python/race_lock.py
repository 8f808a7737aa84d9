# Two threads add one to the same number, each with the lock in its hand.
import threading

cnt = 0
lock = threading.Lock()


def increment():
    global cnt
    with lock:
        cnt += 1


one = threading.Thread(target=increment)
two = threading.Thread(target=increment)
one.start()
two.start()
one.join()
two.join()
print(cnt)
