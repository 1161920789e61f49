"""Hashing or compressing in C code that releases the GIL: what threads could always do at once.

Stresses native code on a buffer; the interpreter has next to nothing to do. Shares nothing: every
worker has its own copy of the same bytes. Parameters: `algorithm`, one of sha256, zlib and bz2,
of which the last two compress and decompress; `size` of the buffer in bytes, half of it random and
half of it zeros in turns. CPython 3.12.1 aborts when a subinterpreter that has loaded hashlib ends.
Origin: written for Lanes.
"""

# /// workload
# title = "Native code"
# summary = "sha256, zlib or bz2 on a buffer: C code that releases the GIL while it works."
# [parameters.algorithm]
# type = "text"
# description = "what is computed from the buffer; zlib and bz2 also undo it"
# default = "sha256"
# choices = ["sha256", "zlib", "bz2"]
# [parameters.size]
# type = "integer"
# unit = "bytes"
# description = "length of the buffer"
# default = 1048576
# minimum = 1
# maximum = 1073741824
# ///

import random
import zlib

SEED = 1952
BLOCK = 1 << 16  # bytes, of which the buffer is repeats with a number in front
RANDOM = 64  # bytes that are random, and then as many that are zero
PIECE = 1000  # bytes; neither a block of the hash nor a divisor of one


def prepare(algorithm, size):
    data = buffer(size)
    # Not at the top: some subinterpreters must not load hashlib.
    if algorithm == "sha256":
        from hashlib import sha256

        return lambda: sha256(data).hexdigest()
    if algorithm == "zlib":
        return lambda: _digest(zlib.decompress(zlib.compress(data, 6)))
    import bz2

    return lambda: _digest(bz2.decompress(bz2.compress(data, 9)))


def task(work):
    return work()


def expected(algorithm, size):
    """By another way: the hash in odd pieces; what has been decompressed must be the buffer."""
    data = buffer(size)
    if algorithm != "sha256":
        return _digest(data)
    from hashlib import sha256

    digest = sha256()
    for start in range(0, size, PIECE):
        digest.update(data[start : start + PIECE])
    return digest.hexdigest()


def checksum(value):
    return value


def buffer(size):
    source = random.Random(SEED)
    block = b"".join(
        source.getrandbits(8 * RANDOM).to_bytes(RANDOM, "little") + bytes(RANDOM)
        for _ in range(BLOCK // (2 * RANDOM))
    )
    return b"".join(
        number.to_bytes(4, "little") + block for number in range(size // BLOCK + 1)
    )[:size]


def _digest(data):
    return f"{len(data)} {zlib.crc32(data):08x}"
