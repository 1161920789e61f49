"""Gives another result in every process, as a program that is not deterministic would."""

# /// workload
# title = "Disagrees"
# summary = "The number of the process as the result."
# ///

import os


def prepare():
    """No state."""


def task(state):
    return os.getpid()


def checksum(value):
    return str(value)
