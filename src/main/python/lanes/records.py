"""Records between workers and their parent: over two pipes, alike in every version and model.

Channels and queues of subinterpreters differ from version to version, and the queue of CPython 3.14
polls every 10 ms; two pipes let versions be compared. Several workers share each pipe. Where tasks
have neither arguments nor values a record is short and is read and written in one piece; else a
worker first takes the one byte of a third pipe, which so is a lock that reaches across interpreters
and processes. This module runs inside subinterpreters: it imports nothing that 3.12 cannot load
there.
"""

import os

from lanes.task import CHECKSUM_LIMIT, Failure, Worker, failure, gathers, load

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
        self.lost = None

    def watch(self, sentinels, lost):
        """Also looks out for the end of workers: a sentinel is a descriptor that is then readable.

        `lost()` tells of it as a Failure. Without this the death of a process would be a hang, as
        the others keep the pipes open.
        """
        import select

        self.lost = lost
        self.polls = {}
        for pipe, event in ((self.results, select.POLLIN), (self.orders, select.POLLOUT)):
            poll = self.polls[pipe] = select.poll()
            poll.register(pipe, event)
            for sentinel in sentinels:
                poll.register(sentinel, select.POLLIN)
        os.set_blocking(self.orders, False)

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

    def collect(self, tasks, on_first=None):
        """Results of so many tasks that were handed over otherwise, in the order of the tasks."""
        values = [None] * tasks
        for _ in range(tasks):
            task, values[task] = self._receive()
            if task == 0 and on_first:
                on_first()
        return values

    def report(self, error):
        """Tells the failure of a worker that cannot tell it itself; for another thread."""
        send_failure(self.worker_ends, UP, error)

    def dismiss(self):
        """Lets the workers end, by the end of their orders."""
        os.close(self.orders)

    def close(self):
        """After the last worker has gone; raises what one of them failed with in its end."""
        self.lost = None
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
            data = self.encode(task, arguments[task]) or b""
            head = task.to_bytes(4, "little") + len(data).to_bytes(4, "little")
            _write(self.orders, head + data, self.lost and self._wait)

    def _receive(self):
        """The next (task, result); raises what the worker failed with."""
        wait = self.lost and self._wait
        head = _read(self.results, HEADER_BYTES, wait)
        data = _read(self.results, int.from_bytes(head[5:], "little"), wait)
        kind = head[4:5]
        if kind == FAILED:
            raise Failure(*bytes(data).decode(errors="replace").split("\n", 2))
        task = int.from_bytes(head[:4], "little", signed=True)
        if kind == TEXT:
            return task, bytes(data).decode(errors="replace")
        return task, self.decode(task, data)

    def encode(self, task, argument):
        """The bytes of an argument; None or nothing for none."""
        return packed(argument)

    def decode(self, task, data):
        """The value of the bytes."""
        return unpacked(data)

    def _wait(self, pipe):
        """Until the pipe is ready; raises if a worker has ended instead."""
        poll = self.polls[pipe]
        ready = [descriptor for descriptor, _ in poll.poll()]
        # Told twice that somebody ended: what it wrote before its end is there by now.
        if pipe not in ready and pipe not in [descriptor for descriptor, _ in poll.poll()]:
            raise self.lost()


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


def serve_one(ends, workload_path, parameters, task, data):
    """A worker of one task, with its argument as `packed` has it; closed before the answer."""
    try:
        worker = Worker(workload_path, parameters)
        kind, data = _encoded(ends, worker.run(unpacked(data)))
        worker.close()
        _send(ends, task, kind, data)
    except BaseException as error:
        send_failure(ends, task, error)


def up(ends):
    """Says that a worker is there."""
    _send(ends, UP, TEXT, b"")


def next_order(ends, wait=None):
    """Waits for (task, argument); None at the end.

    Where the pipe does not block, BlockingIOError says that another worker was faster; `wait(pipe)`
    then waits for the rest of an order.
    """
    orders, _, locks = ends
    if not locks:
        head = os.read(orders, ORDER_BYTES)
        return (int.from_bytes(head, "little"), None) if head else None
    with _Held(locks[0]):
        head = os.read(orders, ORDER_BYTES)
        if not head:
            return None
        head += _read(orders, ORDER_BYTES - len(head), wait)
        size = int.from_bytes(head[4:], "little")
        data = _read(orders, size, wait) if size else None
    return int.from_bytes(head[:4], "little"), unpacked(data)


def answer(ends, task, result):
    """Hands back the result of a task."""
    _send(ends, task, *_encoded(ends, result))


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


def packed(argument):
    """An argument, or any other value, as bytes; None stays what it is."""
    if argument is None:
        return None
    import pickle

    return pickle.dumps(argument, min(5, pickle.HIGHEST_PROTOCOL))


def unpacked(data):
    """What `packed` has made bytes of."""
    if data is None:
        return None
    import pickle

    return pickle.loads(data)


def _encoded(ends, result):
    """(kind, bytes): a checksum as it is, any other value pickled."""
    if not ends[2]:
        return TEXT, result.encode(errors="replace")[:TEXT_LIMIT]
    if isinstance(result, str) and len(result) <= CHECKSUM_LIMIT and result.isascii():
        return TEXT, result.encode()
    import pickle

    return VALUE, pickle.dumps(result, min(5, pickle.HIGHEST_PROTOCOL))


def _write(pipe, data, wait=None):
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(pipe, view) :]
        except BlockingIOError:  # only where the parent looks out for its workers meanwhile
            wait(pipe)


def _read(pipe, size, wait=None):
    data = bytearray(size)
    view = memoryview(data)
    while view:
        if wait:
            wait(pipe)
        chunk = os.read(pipe, len(view))
        if not chunk:
            raise EOFError("the workers are gone")
        view[: len(chunk)] = chunk
        view = view[len(chunk) :]
    return data
