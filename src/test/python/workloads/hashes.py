"""Tells the hash of a text, which depends on the hash seed of the process."""

# /// workload
# title = "Hashes"
# summary = "The hash of a text as the result."
# ///


def prepare():
    """No state."""


def task(state):
    return hash("lanes")


def checksum(value):
    return str(value)
