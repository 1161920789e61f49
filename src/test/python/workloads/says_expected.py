"""Says on standard error that what its tasks must give is being computed."""

# /// workload
# title = "Says expected"
# summary = "Tells when its expected result is computed."
# ///

import sys


def prepare():
    """No state."""


def task(state):
    return 42


def expected():
    print("computing what is expected", file=sys.stderr, flush=True)
    return 42
