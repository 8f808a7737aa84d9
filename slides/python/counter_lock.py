# All threads count in one variable, one after the other: no update gets lost.
import sys
import threading

TIMES = 1000000
cnt = 0
lock = threading.Lock()


def work():
    global cnt
    for _ in range(TIMES):
        with lock:
            cnt += 1


workers = int(sys.argv[1])
threads = []
for _ in range(workers):
    thread = threading.Thread(target=work)
    threads.append(thread)
    thread.start()
for thread in threads:
    thread.join()
print(f"counted = {cnt}")
print(f"lost = {TIMES * workers - cnt}")
