"""Hangs for ever in its first task, and leaves a file in the temporary folder to say so."""

# /// workload
# title = "Hangs"
# summary = "Never ends."
# ///

import os
import pathlib
import signal


def prepare():
    """No state."""


def task(state):
    pathlib.Path(os.environ["TMPDIR"], "hangs").touch()
    while True:
        signal.pause()


def expected():
    return None
