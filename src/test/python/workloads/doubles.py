"""Takes a value and gives one twice as long, so that both directions carry something.

Parameters: `size` and `kind` of the arguments, and `steps`, each of which doubles again.
"""

# /// workload
# title = "Doubles"
# summary = "Every task gives its argument twice over."
# [parameters.size]
# type = "integer"
# description = "length of an argument"
# default = 10
# [parameters.kind]
# type = "text"
# description = "what the arguments are"
# default = "bytes"
# choices = ["bytes", "text", "objects", "raise", "die"]
# [parameters.steps]
# type = "integer"
# description = "how often a batch is handed over"
# default = 1
# ///

import os
import signal
import zlib

gather = True


class Box:
    """A type that only this file has: it must be loaded where a value arrives."""

    def __init__(self, data):
        self.data = data

    def __mul__(self, times):
        return Box(self.data * times)


KINDS = {"text": lambda data: "\u00e9" * len(data), "objects": Box}


def prepare(size=10, kind="bytes", steps=1):
    return kind


def arguments(tasks, size=10, kind="bytes", steps=1):
    return [KINDS.get(kind, bytes)(bytes([task]) * size) for task in range(tasks)]


def steps(steps=1, **_):
    return steps


def task(kind, argument):
    if kind == "raise":
        raise ValueError("the task was told to raise")
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return argument * 2


def expected(argument, size=10, kind="bytes", steps=1):
    return argument * 2**steps


def checksum(value):
    data = getattr(value, "data", value)
    data = data.encode() if isinstance(data, str) else data
    return f"{type(value).__name__} {len(data)} {zlib.crc32(data):08x}"
