"""Blocks of shared memory between this process and those forked from it; records say only where.

Each order on its way has a block. Its argument is copied in by the parent and out by the worker,
who copies the value into the same block, or, if that is too small, into a larger one that takes its
place. Bytes are copied as they are, all else is pickled first.
"""

import os
import sys

from lanes import records
from lanes.task import Worker, gathers, load

SMALLEST_BYTES = 4096
PREFIX = "lanes-"
BYTES, BYTEARRAY, PICKLED = 0, 1, 2
# Else a process of multiprocessing keeps the books, and before 3.13 there is no way without.
UNTRACKED = {"track": False} if sys.version_info >= (3, 13) else {}


class Parent(records.Parent):
    """The parent's ends, with blocks for as many orders as can be on their way."""

    def __init__(self, workload_path, workers):
        super().__init__(workload_path, workers)
        self.blocks = [None] * workers if self.long else []
        self.free = list(range(len(self.blocks)))
        self.used = {}
        if self.long:
            _sweep()
            if not UNTRACKED:
                from multiprocessing import resource_tracker

                # Before the workers are forked: one of each worker's own would clean up after it.
                resource_tracker.ensure_running()

    def encode(self, task, argument):
        index = self.used[task] = self.free.pop()
        kind, data = _bytes_of(argument)
        block = self.blocks[index] = _holding(data, self.blocks[index])
        return records.packed((index, block.name, len(data), kind))

    def decode(self, task, data):
        index, name, size, kind = super().decode(task, data)
        block = self.blocks[index]
        if block.name != name:  # the worker's larger one
            _remove(block)
            block = self.blocks[index] = _open(name=name)
        return _value_of(block, size, kind)

    def _receive(self):
        task, result = super()._receive()
        if task in self.used:
            self.free.append(self.used.pop(task))
        return task, result

    def close(self):
        """Removes all blocks, too; the workers' larger ones are known, as all tasks have ended."""
        try:
            super().close()
        finally:
            self.remove()

    def remove(self):
        """Removes all blocks that are known here, whatever else has failed."""
        while self.blocks:
            block = self.blocks.pop()
            if block:
                _remove(block)


def serve(ends, workload_path, parameters):
    """A worker, like that of lanes/records.py."""
    task = records.UP
    blocks = {}
    try:
        worker = Worker(workload_path, parameters)
        gather = gathers(load(workload_path, "workload"))
        records.up(ends)
        while True:
            order = records.next_order(ends)
            if order is None:
                break
            task, (index, name, size, kind) = order
            block = blocks.get(index)
            if block is None or block.name != name:
                if block:
                    block.close()
                block = blocks[index] = _open(name=name)
            result = worker.run(_value_of(block, size, kind))
            if not gather:
                records.answer(ends, task, result)
                continue
            kind, data = _bytes_of(result)
            if len(data) > block.size:
                block.close()
                block = blocks[index] = _holding(data, None)
            else:
                block.buf[: len(data)] = data
            records.answer(ends, task, (index, block.name, len(data), kind))
        worker.close()
    except BaseException as error:
        records.send_failure(ends, task, error)
    for block in blocks.values():
        block.close()


def _holding(data, block):
    """The block if the bytes fit, else one for them in its place; the bytes are in it."""
    if block is None or len(data) > block.size:
        if block:
            _remove(block)
        size = max(SMALLEST_BYTES, 1 << (len(data) - 1).bit_length() if data else 0)
        block = _open(name=_unused_name(), create=True, size=size)
    block.buf[: len(data)] = data
    return block


def _bytes_of(value):
    if type(value) is bytes:
        return BYTES, value
    if type(value) is bytearray:
        return BYTEARRAY, value
    import pickle

    return PICKLED, pickle.dumps(value, min(5, pickle.HIGHEST_PROTOCOL))


def _value_of(block, size, kind):
    if kind == BYTES:
        return bytes(block.buf[:size])
    if kind == BYTEARRAY:
        return bytearray(block.buf[:size])
    import pickle

    return pickle.loads(block.buf[:size])


def _open(**options):
    from multiprocessing.shared_memory import SharedMemory

    return SharedMemory(**options, **UNTRACKED)


def _remove(block):
    block.close()
    block.unlink()


def _unused_name():
    """With the id of the group's first process: it tells who has left a block behind."""
    return f"{PREFIX}{os.getpgrp()}-{os.urandom(6).hex()}"


def _sweep():
    """Removes what killed arms have left: these blocks would stay until the machine restarts."""
    try:
        names = os.listdir("/dev/shm")
    except OSError:
        return
    for name in names:
        if name.startswith(PREFIX):
            try:
                os.kill(int(name.split("-")[1]), 0)
            except ProcessLookupError:
                try:
                    os.unlink(f"/dev/shm/{name}")
                except OSError:
                    pass
            except (OSError, ValueError):
                pass
