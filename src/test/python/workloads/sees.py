"""Tells where the harness's folder is searched for modules, and the arguments it sees."""

# /// workload
# title = "Sees"
# summary = "The worker's sys.path and sys.argv in words."
# ///

import os
import sys

import lanes


def prepare():
    """No state."""


def task(state):
    folder = os.path.dirname(os.path.dirname(lanes.__file__))
    last = [os.path.realpath(entry) for entry in sys.path].index(folder) == len(sys.path) - 1
    arguments = len(sys.argv) > 1
    return f"harness {'last' if last else 'not last'}, {'some' if arguments else 'no'} arguments"


def checksum(value):
    return value


def expected():
    return "harness last, no arguments"
