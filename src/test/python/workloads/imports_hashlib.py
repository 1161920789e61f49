"""Imports hashlib, after which CPython 3.12.1 aborts when a subinterpreter is destroyed."""

# /// workload
# title = "Imports hashlib"
# summary = "A digest of a few bytes; some interpreters abort in the teardown after it."
# ///

import hashlib


def prepare():
    """No state."""


def task(state):
    return hashlib.sha256(b"lanes").hexdigest()
