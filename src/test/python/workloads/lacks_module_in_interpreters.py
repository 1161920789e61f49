"""Imports in its task what no subinterpreter has, as with extensions that refuse to load there."""

# /// workload
# title = "Lacks a module in interpreters"
# summary = "Works in the main interpreter only."
# ///

import sys


def prepare():
    """No state."""


def task(state):
    if "lanes.arm" not in sys.modules:  # which only the main interpreter loads
        import no_such_module  # noqa: F401
    return 0


def expected():
    return 0
