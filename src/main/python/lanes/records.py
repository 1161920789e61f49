"""Records between a subinterpreter and its parent: over a pipe, alike in every version.

Channels and queues differ from version to version, and the queue of CPython 3.14 polls every
10 ms; two pipes let versions be compared. A record is written in one piece, so several workers
can share a pipe. This module runs inside subinterpreters: it imports nothing that 3.12 cannot
load there.
"""

import os

from lanes.task import Failure, failure, prepared

ORDER_BYTES = 4
HEADER_BYTES = 9
PAYLOAD_LIMIT = 4000  # with its header below PIPE_BUF, up to which Linux writes in one piece
UP = -1
RESULT, FAILED = b"+", b"!"


def serve(orders, results, workload_path, parameters):
    """A worker: says that it is up, then runs a task per order until the orders end."""
    task = UP
    try:
        run = prepared(workload_path, parameters)
        send(results, UP, RESULT, "")
        while True:
            order = os.read(orders, ORDER_BYTES)
            if not order:
                return
            task = int.from_bytes(order, "little")
            send(results, task, RESULT, run())
    except BaseException as error:
        send_failure(results, task, error)


def order(orders, tasks):
    """Hands over tasks by their numbers."""
    os.write(orders, b"".join(task.to_bytes(ORDER_BYTES, "little") for task in tasks))


def send_failure(results, task, error):
    outcome, message, traceback = failure(error).args
    send(results, task, FAILED, f"{outcome}\n{message}\n{traceback}")


def send(results, task, kind, text):
    payload = text.encode(errors="replace")[:PAYLOAD_LIMIT]
    head = task.to_bytes(4, "little", signed=True) + kind + len(payload).to_bytes(4, "little")
    os.write(results, head + payload)


def receive(results):
    """The next (task, text); raises what the worker failed with."""
    head = _read(results, HEADER_BYTES)
    text = _read(results, int.from_bytes(head[5:], "little")).decode(errors="replace")
    if head[4:5] == FAILED:
        raise Failure(*text.split("\n", 2))
    return int.from_bytes(head[:4], "little", signed=True), text


def _read(pipe, size):
    data = b""
    while len(data) < size:
        chunk = os.read(pipe, size - len(data))
        if not chunk:
            raise EOFError("the workers are gone")
        data += chunk
    return data
