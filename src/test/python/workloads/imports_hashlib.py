"""Imports hashlib inside the task: in a subinterpreter CPython 3.12.1 then aborts at its end."""

# /// workload
# title = "Imports hashlib"
# summary = "The digest of a few bytes; the process may abort in the teardown after it."
# ///

DIGEST = "ff1789b2348ddbc2fce24d324818044ca7d12602a1f47b27d6834472f0c5f96b"


def prepare():
    """No state."""


def task(state):
    # Not at the top: the harness would load it in the main interpreter first, which hides it.
    import hashlib

    return hashlib.sha256(b"lanes").hexdigest()


def expected():
    """As sha256sum(1) gives it."""
    return DIGEST
