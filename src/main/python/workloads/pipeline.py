"""Values that pass through several stages: continuous exchange instead of one splitting.

A batch is handed over once for every stage, each time with what the stage before has given back,
so that all tasks wait for one another between stages, as in a simulation that exchanges its
borders. Stresses hand-over in both directions and the waiting for the slowest. Shares nothing.
Parameters: `stages`, how often a batch is handed over; `iterations` of integer arithmetic in one
stage of one task; `payload`, the bytes that are passed on. The figure is that of all stages
together. Origin: written for Lanes.
"""

# /// workload
# title = "Pipeline"
# summary = "A batch goes through stages and is handed over between them: does exchange pay?"
# [parameters.stages]
# type = "integer"
# unit = "stages"
# description = "how often the batch is handed over"
# default = 10
# minimum = 1
# maximum = 10000
# [parameters.iterations]
# type = "integer"
# unit = "iterations"
# description = "steps of integer arithmetic in one stage of one task"
# default = 5000
# minimum = 0
# maximum = 100000000
# [parameters.payload]
# type = "integer"
# unit = "bytes"
# description = "length of what a task passes on from stage to stage"
# default = 4096
# minimum = 16
# maximum = 67108864
# ///

import zlib

HEAD = 8  # bytes at the front: 4 for the number worked on, 4 that count the stages
FACTOR, ADDEND, MODULUS = 22695477, 1, 2**32
NEXT = bytes((byte + 1) % 256 for byte in range(256))

gather = True


def prepare(stages, iterations, payload):
    return iterations


def arguments(tasks, stages, iterations, payload):
    """Different bytes for each task, all at the stage 0."""
    filler = (bytes(range(256)) * (payload // 256 + 1))[: payload - HEAD]
    return [_packed(task, 0, filler) for task in range(tasks)]


def steps(stages, iterations, payload):
    return stages


def task(iterations, argument):
    number = int.from_bytes(argument[:4], "little")
    stage = int.from_bytes(argument[4:HEAD], "little")
    filler = argument[HEAD:].translate(NEXT)
    # Mixed with the stage's number, and not commutative: left out or swapped stages show.
    number = (number ^ zlib.crc32(filler, stage)) % MODULUS
    for _ in range(iterations):
        number = (number * FACTOR + ADDEND) % MODULUS
    return _packed(number, stage + 1, filler)


def expected(argument, stages, iterations, payload):
    """By another way: each stage's arithmetic in one leap, its bytes always from the first ones."""
    number = int.from_bytes(argument[:4], "little")
    power = pow(FACTOR, iterations, (FACTOR - 1) * MODULUS)
    leap = ADDEND * ((power - 1) // (FACTOR - 1))
    filler = argument[HEAD:]
    # They repeat after 256 stages.
    crowd = [
        filler.translate(bytes((byte + shift) % 256 for byte in range(256)))
        for shift in range(1, min(stages, 256) + 1)
    ]
    for stage in range(stages):
        number ^= zlib.crc32(crowd[stage % 256], stage)
        number = (number * power + leap) % MODULUS
    return _packed(number, stages, crowd[(stages - 1) % 256])


def checksum(value):
    return f"{len(value)} {zlib.crc32(value):08x}"


def _packed(number, stage, filler):
    return number.to_bytes(4, "little") + stage.to_bytes(4, "little") + filler
