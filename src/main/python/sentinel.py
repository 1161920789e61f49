"""Tells how fast this host is just now, by kernels that never change.

Started as `python -I sentinel.py`, it writes one line `sentinel VERSION PYTHON CORES`, then for each
line it reads one line of four numbers: median seconds of five repeats of each kernel. In between it
is parked in a read. It ends with the end of its input.

cpu       SHA-256 of 8 MiB, 1 MiB at a time, by one thread
memory    copy of 13 MiB; the repeats together go through 65 MiB, more than a cache keeps
parallel  what cpu does, on every core that is allowed at once, by one thread on each
token     40 trips of a byte to another thread and back, through two pipes

The kernels are frozen: a host's readings are compared over years. Whoever changes a line of this
file counts VERSION up, which begins a new history; a test keeps the digest of the file. Standard
library only.
"""

import hashlib
import os
import sys
import threading
import time

VERSION = 1

MIB = 1 << 20
REPEATS = 5
BLOCKS = 8
COPIED = 13 * MIB
TRIPS = 40

clock = time.perf_counter


class Sentinel:
    def __init__(self):
        self.cores = allowed_cores()
        self.block = bytes(range(256)) * (MIB // 256)
        # Written once: pages that were never written are all one page of zeros.
        self.source = memoryview(bytearray(b"\1") * (REPEATS * COPIED))
        self.target = memoryview(bytearray(b"\2") * (REPEATS * COPIED))
        self.begin = threading.Barrier(len(self.cores) + 1)
        self.end = threading.Barrier(len(self.cores) + 1)
        for cpu in self.cores:
            threading.Thread(target=self.work, args=(cpu,), daemon=True).start()
        self.there = os.pipe()
        self.back = os.pipe()
        threading.Thread(target=self.answer, daemon=True).start()

    def work(self, cpu):
        # Left to the scheduler, threads that run for milliseconds share one processor.
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {cpu})
        while True:
            self.begin.wait()
            self.cpu(0)
            self.end.wait()

    def answer(self):
        while os.read(self.there[0], 1):
            os.write(self.back[1], b"x")

    def cpu(self, repeat):
        for _ in range(BLOCKS):
            hashlib.sha256(self.block).digest()  # other threads run meanwhile

    def memory(self, repeat):
        part = slice(repeat * COPIED, (repeat + 1) * COPIED)
        self.target[part] = self.source[part]

    def parallel(self, repeat):
        self.begin.wait()
        self.end.wait()

    def token(self, repeat):
        for _ in range(TRIPS):
            os.write(self.there[1], b"x")
            os.read(self.back[0], 1)

    def read(self):
        return [median(kernel) for kernel in (self.cpu, self.memory, self.parallel, self.token)]


def median(kernel):
    """Median seconds of the repeats of a kernel."""
    seconds = []
    for repeat in range(REPEATS):
        before = clock()
        kernel(repeat)
        seconds.append(clock() - before)
    return sorted(seconds)[REPEATS // 2]


def allowed_cores():
    """One processor of each core: those that share a core slow each other down by nature."""
    if not hasattr(os, "sched_getaffinity"):
        return range(os.cpu_count() or 1)
    cores = {}
    for cpu in sorted(os.sched_getaffinity(0)):
        cores.setdefault(siblings(cpu), cpu)
    return list(cores.values())


def siblings(cpu):
    try:
        with open(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list") as file:
            return file.read()
    except OSError:
        return cpu


def main():
    sentinel = Sentinel()
    sentinel.read()
    version = ".".join(str(part) for part in sys.version_info[:3])
    print("sentinel", VERSION, version, len(sentinel.cores), flush=True)
    for _ in sys.stdin:
        print(*map(repr, sentinel.read()), flush=True)


if __name__ == "__main__":
    main()
