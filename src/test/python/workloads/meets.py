"""Tasks that end only when there are as many workers as they were told; each leaves its name."""

# /// workload
# title = "Meets"
# summary = "Each task waits for the others, so that each needs a worker of its own."
# [parameters.folder]
# type = "text"
# description = "where each worker leaves a file"
# [parameters.workers]
# type = "integer"
# unit = "workers"
# description = "how many there must be before a task ends"
# minimum = 1
# maximum = 100
# ///

import os
import threading
import time

PATIENCE_SECONDS = 20


def prepare(folder, workers):
    return folder, workers


def task(state):
    folder, workers = state
    # A thread's id is unique in the system, so it tells processes and interpreters apart too.
    open(os.path.join(folder, str(threading.get_native_id())), "w").close()
    end = time.monotonic() + PATIENCE_SECONDS
    while len(os.listdir(folder)) < workers:
        if time.monotonic() > end:
            raise TimeoutError(f"{len(os.listdir(folder))} workers of {workers} came")
        time.sleep(0.001)
    return "met"


def expected(folder, workers):
    return "met"
