"""A task that does nothing: what is left is the model's own cost of starting and handing over."""

# /// workload
# title = "No operation"
# summary = "Returns 0 at once: start-up and dispatch without work."
# ///


def prepare():
    """No state."""


def task(state):
    return 0


def expected():
    return 0
