"""A task with a chosen fault, so that every way to fail is met under every model.

Parameter: `fault`. All faults happen inside task(), `wrong` in the first task of each worker.
"""

# /// workload
# title = "Misbehave"
# summary = "Fails in the chosen way, or works."
# [parameters.fault]
# type = "text"
# description = "what the task does instead of its work"
# default = "none"
# choices = ["none", "crash", "exit", "hang", "flood", "wrong", "raise"]
# ///

import os
import signal

FLOOD_LINES = 20_000
FLOOD_LINE = "x" * 79  # with its newline 1.6 MB in all, past every pipe's capacity


def prepare(fault="none"):
    return {"fault": fault, "first": True}


def task(state):
    fault, first = state["fault"], state["first"]
    state["first"] = False
    if fault == "crash":
        signal.raise_signal(signal.SIGSEGV)  # in this thread: none goes on a little longer
    elif fault == "exit":
        os._exit(7)
    elif fault == "hang":
        while True:
            signal.pause()
    elif fault == "flood" and first:
        for _ in range(FLOOD_LINES):
            print(FLOOD_LINE)
    elif fault == "raise":
        raise ValueError("the task was told to raise")
    return "wrong" if fault == "wrong" and first else "right"


def expected(fault="none"):
    return "right"
