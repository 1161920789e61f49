"""A program of which a known share is done by one worker at a time: for the laws of scaling.

Every wave of as many tasks as there are threads waits for itself, then each sleeps its serial part
under one lock and all of them sleep their parallel part at once: a batch of T tasks by N threads takes
T·d·(s + (1 − s)/N), which is Amdahl's law with the serial share s. It sleeps, so that it scales beyond
the processors of the machine; the number of tasks must be a multiple of every number of threads.
Handing over the lock takes its time too, which comes to the share: spend milliseconds, not less.
Parameters `share_percent` (s) and `milliseconds` (d), the time of one task.
Origin: written for Lanes.
"""

# /// workload
# title = "Known share"
# summary = "Tasks that sleep, of which a known share is done by one at a time."
# origin = "https://en.wikipedia.org/wiki/Amdahl%27s_law"
# [parameters.share_percent]
# type = "integer"
# unit = "percent"
# description = "of a task that only one thread does at a time"
# default = 10
# minimum = 0
# maximum = 100
# [parameters.milliseconds]
# type = "integer"
# unit = "ms"
# description = "that one task takes by itself"
# default = 20
# minimum = 1
# maximum = 1000
# ///

import threading
import time

serial = threading.Lock()
waves = {}
making = threading.Lock()


def prepare(share_percent, milliseconds):
    task_seconds = milliseconds / 1000
    return task_seconds * share_percent / 100, task_seconds * (100 - share_percent) / 100


def wave():
    """Of all threads but the main one; alone there is nobody to wait for."""
    threads = max(1, threading.active_count() - 1)
    with making:
        return waves.setdefault(threads, threading.Barrier(threads))


def exactly(seconds):
    """A sleep ends some tens of microseconds late, which would be part of the share; so the last of
    it is waited for awake. Only the one that has the lock does so."""
    end = time.perf_counter() + seconds
    time.sleep(max(0.0, seconds - 0.001))
    while time.perf_counter() < end:
        pass


def task(state):
    alone, together = state
    others = wave()
    others.wait()
    with serial:
        exactly(alone)
    others.wait()
    time.sleep(together)
    return 1


def expected(share_percent, milliseconds):
    return 1
