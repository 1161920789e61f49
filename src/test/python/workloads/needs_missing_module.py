"""Needs a module that no interpreter has."""

# /// workload
# title = "Needs a missing module"
# summary = "Cannot be imported."
# ///

import no_such_module  # noqa: F401


def prepare():
    """No state."""


def task(state):
    return 0
