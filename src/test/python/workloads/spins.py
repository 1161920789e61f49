"""A task like another's, in a worker that is never at rest: a thread of its own spins.

Parameter: `spin`, whether it does. What the models must not do while they are parked.
"""

# /// workload
# title = "Spins"
# summary = "Keeps a CPU busy between tasks, or not."
# [parameters.spin]
# type = "boolean"
# description = "whether a thread of the worker spins"
# default = true
# ///

import threading


def prepare(spin=True):
    if spin:
        threading.Thread(target=_spin, daemon=True).start()


def task(state):
    return 0


def _spin():
    while True:
        pass
