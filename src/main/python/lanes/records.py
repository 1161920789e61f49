"""Records between workers and their parent: over two pipes, alike in every version and model.

Channels and queues of subinterpreters differ from version to version, and the queue of CPython 3.14
polls every 10 ms; two pipes let versions be compared. Several workers share each pipe. Where tasks
have neither arguments nor values a record is short and is read and written in one piece; else a
worker first takes the one byte of a third pipe, which so is a lock that reaches across interpreters
and processes. This module runs inside subinterpreters: it imports nothing that 3.12 cannot load
there.
"""

import os

from lanes.task import Failure, Worker, failure, gathers, load

AHEAD = 1024  # short orders in flight: neither pipe can fill up and block both sides
ORDER_BYTES = 8
HEADER_BYTES = 9
TEXT_LIMIT = 4000  # with its header below PIPE_BUF, up to which Linux writes in one piece
UP = -1
TEXT, VALUE, FAILED = b"+", b"=", b"!"


class Parent:
    """The parent's ends: hands over tasks and takes their results."""

    def __init__(self, workload_path, parallelism):
        workload = load(workload_path, "workload")
        self.long = gathers(workload) or hasattr(workload, "arguments")
        # Of long records only as many as there are workers: one is always ready to take the next.
        self.ahead = parallelism if self.long else AHEAD
        orders, self.orders = os.pipe()
        self.results, results = os.pipe()
        self.locks = ()
        if self.long:
            self.locks = os.pipe(), os.pipe()
            for _, free in self.locks:
                os.write(free, b".")
        self.worker_ends = orders, results, self.locks

    def arrived(self, workers):
        """Waits until so many workers are up."""
        for _ in range(workers):
            self._receive()

    def run(self, arguments, on_first=None):
        """Results of the tasks, in the order of their arguments."""
        values = [None] * len(arguments)
        handed = min(len(arguments), self.ahead)
        self._order(arguments, range(handed))
        for _ in arguments:
            task, value = self._receive()
            values[task] = value
            if task == 0 and on_first:
                on_first()
            if handed < len(arguments):
                self._order(arguments, [handed])
                handed += 1
        return values

    def dismiss(self):
        """Lets the workers end, by the end of their orders."""
        os.close(self.orders)

    def close(self):
        """After the last worker has gone; raises what one of them failed with in its end."""
        for end in self.worker_ends[:2] + tuple(end for lock in self.locks for end in lock):
            os.close(end)
        try:
            self._receive()
        except EOFError:
            os.close(self.results)

    def _order(self, arguments, tasks):
        if not self.long:
            os.write(self.orders, b"".join(task.to_bytes(ORDER_BYTES, "little") for task in tasks))
            return
        for task in tasks:
            data = b"" if arguments[task] is None else _dumps(arguments[task])
            head = task.to_bytes(4, "little") + len(data).to_bytes(4, "little")
            _write(self.orders, head + data)

    def _receive(self):
        """The next (task, result); raises what the worker failed with."""
        head = _read(self.results, HEADER_BYTES)
        data = _read(self.results, int.from_bytes(head[5:], "little"))
        kind = head[4:5]
        if kind == FAILED:
            raise Failure(*bytes(data).decode(errors="replace").split("\n", 2))
        result = _loads(data) if kind == VALUE else bytes(data).decode(errors="replace")
        return int.from_bytes(head[:4], "little", signed=True), result


def serve(ends, workload_path, parameters):
    """A worker: says that it is up, then runs a task per order until the orders end."""
    orders, results, locks = ends
    task = UP
    try:
        worker = Worker(workload_path, parameters)
        _send(ends, UP, TEXT, b"")
        while True:
            order = next_order(ends)
            if order is None:
                return worker.close()
            task, argument = order
            answer(ends, task, worker.run(argument))
    except BaseException as error:
        send_failure(ends, task, error)


def up(ends):
    """Says that a worker is there."""
    _send(ends, UP, TEXT, b"")


def next_order(ends):
    """Waits for (task, argument); None at the end."""
    orders, _, locks = ends
    if not locks:
        head = os.read(orders, ORDER_BYTES)
        return (int.from_bytes(head, "little"), None) if head else None
    with _Held(locks[0]):
        head = os.read(orders, ORDER_BYTES)
        if not head:
            return None
        size = int.from_bytes(head[4:], "little")
        data = _read(orders, size) if size else None
    return int.from_bytes(head[:4], "little"), None if data is None else _loads(data)


def answer(ends, task, result):
    """Hands back the result of a task."""
    if ends[2] and not isinstance(result, str):
        _send(ends, task, VALUE, _dumps(result))
    else:
        _send(ends, task, TEXT, result.encode(errors="replace")[:TEXT_LIMIT])


def send_failure(ends, task, error):
    outcome, message, traceback = failure(error).args
    text = f"{outcome}\n{message}\n{traceback}".encode(errors="replace")
    _send(ends, task, FAILED, text[:TEXT_LIMIT])


def _send(ends, task, kind, data):
    _, results, locks = ends
    head = task.to_bytes(4, "little", signed=True) + kind + len(data).to_bytes(4, "little")
    if not locks:
        os.write(results, head + data)
        return
    with _Held(locks[1]):
        _write(results, head + data)


class _Held:
    """The lock of a pipe with one byte in it, while it is taken."""

    def __init__(self, lock):
        self.taken, self.free = lock

    def __enter__(self):
        os.read(self.taken, 1)

    def __exit__(self, *_):
        os.write(self.free, b".")


def _dumps(value):
    import pickle

    return pickle.dumps(value, 5 if pickle.HIGHEST_PROTOCOL >= 5 else pickle.HIGHEST_PROTOCOL)


def _loads(data):
    import pickle

    return pickle.loads(data)


def _write(pipe, data):
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _read(pipe, size):
    data = bytearray(size)
    view = memoryview(data)
    while view:
        chunk = os.read(pipe, len(view))
        if not chunk:
            raise EOFError("the workers are gone")
        view[: len(chunk)] = chunk
        view = view[len(chunk) :]
    return data
