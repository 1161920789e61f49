"""Bytes go out to every task, are worked on, and come back: what splitting and joining costs.

The parallel drawing of dogs: a coordinator hands every painter a piece, waits, and puts together
what comes back. Stresses the hand-over of values in both directions against a loop of integer
arithmetic; with few iterations the hand-over is all there is, with many it disappears. Shares
nothing: every task has bytes of its own, though threads may pass them by reference.
Parameters: `iterations` of the loop in one task; `payload`, the bytes handed to a task and the
bytes it gives back. Origin: written for Lanes, after the drawing in Anthony Shaw's talks.
"""

# /// workload
# title = "Scatter and gather"
# summary = "Bytes out, some work, bytes back: how large must a task be to pay for its hand-over?"
# [parameters.iterations]
# type = "integer"
# unit = "iterations"
# description = "steps of integer arithmetic in one task"
# default = 50000
# minimum = 0
# maximum = 1000000000
# [parameters.payload]
# type = "integer"
# unit = "bytes"
# description = "length of what a task is handed, and of what it gives back"
# default = 65536
# minimum = 16
# maximum = 67108864
# ///

import zlib

HEAD = 8  # bytes at the front: the task's number going out, the result coming back
FACTOR, ADDEND, MODULUS = 1103515245, 12345, 2**31  # small: products fit two digits of an integer
FLIP = bytes(255 - byte for byte in range(256))

gather = True


def prepare(iterations, payload):
    return iterations


def arguments(tasks, iterations, payload):
    """Different bytes for each task, so that no two results can be confused."""
    filler = (bytes(range(256)) * (payload // 256 + 1))[: payload - HEAD]
    return [task.to_bytes(HEAD, "little") + filler for task in range(tasks)]


def task(iterations, argument):
    number = zlib.crc32(argument) % MODULUS
    for _ in range(iterations):
        number = (number * FACTOR + ADDEND) % MODULUS
    return number.to_bytes(HEAD, "little") + argument[HEAD:].translate(FLIP)


def expected(argument, iterations, payload):
    """By another way: the arithmetic in one leap, the bytes subtracted as one long integer."""
    number = zlib.crc32(argument) % MODULUS
    # A geometric series; the larger modulus makes the division by FACTOR - 1 exact.
    power = pow(FACTOR, iterations, (FACTOR - 1) * MODULUS)
    number = (number * power + ADDEND * ((power - 1) // (FACTOR - 1))) % MODULUS
    rest = int.from_bytes(argument[HEAD:], "little")
    flipped = (1 << 8 * (payload - HEAD)) - 1 - rest
    return number.to_bytes(HEAD, "little") + flipped.to_bytes(payload - HEAD, "little")


def checksum(value):
    return f"{len(value)} {zlib.crc32(value):08x}"
