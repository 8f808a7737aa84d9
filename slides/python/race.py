# Two threads add one to the same number: three steps each.
import threading

cnt = 0


def increment():
    global cnt
    cnt += 1


one = threading.Thread(target=increment)
two = threading.Thread(target=increment)
one.start()
two.start()
one.join()
two.join()
print(cnt)
