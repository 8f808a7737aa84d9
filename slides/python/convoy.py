# One thread wants to wake up every 2 ms; the others compute. How late does it wake up?
import sys
import threading
import time

PERIOD = 0.002
BEATS = 500
computing = True


def compute():
    n = 0
    while computing:
        n = (n + 1) % 1000


def beat():
    tenths = {}
    latest = 0.0
    due = time.perf_counter()
    for _ in range(BEATS):
        due += PERIOD
        now = time.perf_counter()
        if now < due:
            time.sleep(due - now)
        late = (time.perf_counter() - due) * 1000
        due = max(due, time.perf_counter())
        latest = max(latest, late)
        tenth = int(late * 10)
        tenths[tenth] = tenths.get(tenth, 0) + 1
    return tenths, latest


def quantile(tenths, share):
    seen = 0
    tenth = 0
    while seen < share * BEATS:
        seen += tenths.get(tenth, 0)
        tenth += 1
    return tenth / 10


threads = []
for _ in range(int(sys.argv[1])):
    thread = threading.Thread(target=compute)
    threads.append(thread)
    thread.start()
tenths, latest = beat()
computing = False
for thread in threads:
    thread.join()
print(f"lateness_ms_p50 = {quantile(tenths, 0.5)}")
print(f"lateness_ms_p99 = {quantile(tenths, 0.99)}")
print(f"lateness_ms_max = {int(latest * 10) / 10}")
