"""One round trip: a payload goes to one peer, a short acknowledgement comes back.

Stresses the mechanism that carries the payload, and nothing else. Run it under the sequential
model: every worker has a peer of its own, so that workers in parallel would only compete. The peer
looks at the length and the last item of what arrives and answers with both in one number; it does
not read the rest, so that what costs nothing to hand over is seen to cost nothing. The payload is
made once and sent anew with every task.

Parameter `mechanism`, with the peer in brackets:
    thread-queue, thread-simplequeue     a reference through queue.Queue or SimpleQueue [thread]
    thread-executor                      a reference through ThreadPoolExecutor(1) [thread]
    pipe, mp-queue, mp-simplequeue       pickled, by multiprocessing [forked process]
    process-executor                     pickled, through ProcessPoolExecutor(1) [forked process]
    socket, os-pipe                      raw bytes, text as UTF-8 [forked process]
    shared-memory-copied                 copied into shared pages, announced by a pipe [same]
    shared-memory                        lies in shared pages, announced by a pipe [same]
    interpreter-queue                    concurrent.interpreters.Queue [interpreter in a thread]
    interpreter-queue-memoryview         the same, of a view that is shared and not copied [same]
    interpreter-call                     Interpreter.call, in the calling thread [interpreter]
    interpreter-executor                 InterpreterPoolExecutor(1) [interpreter in a thread]
    pickle-only                          pickled and unpickled where it is [none]
The shared pages are an anonymous mapping that the fork inherits: multiprocessing.shared_memory is
such a mapping with a name, and a process that tracks the names.
Parameter `payload`: bytes, text or an array of doubles (`size` in bytes, for the array rounded up
to whole doubles), or a tuple or list of integers or a list of records (`size` in items). Mechanisms
that carry only bytes refuse some. Origin: written for Lanes.
"""

# /// workload
# title = "Transfer"
# summary = "One round trip to a peer by a chosen mechanism; run it under the sequential model."
# [parameters.mechanism]
# type = "text"
# description = "what carries the payload"
# default = "thread-simplequeue"
# choices = ["thread-queue", "thread-simplequeue", "thread-executor", "pipe", "mp-queue",
#   "mp-simplequeue", "process-executor", "socket", "os-pipe", "shared-memory-copied",
#   "shared-memory", "interpreter-queue", "interpreter-queue-memoryview", "interpreter-call",
#   "interpreter-executor", "pickle-only"]
# [parameters.payload]
# type = "text"
# description = "what is handed over"
# default = "bytes"
# choices = ["bytes", "text", "array", "tuple", "list", "records"]
# [parameters.size]
# type = "integer"
# unit = "bytes or items"
# description = "bytes of a payload of bytes, text or an array; items of any other"
# default = 65536
# minimum = 1
# maximum = 67108864
# ///

import os

from lanes.task import Failure

MEMORY_LIMIT = 2**30  # of what a payload may take in the sender alone; the peer needs as much again
ITEM_BYTES = {"tuple": 40, "list": 40, "records": 700}
DOUBLE_BYTES = 8
LENGTH_BYTES = 8
LETTERS = "abcdefghijklmnop"  # a power of two of them, all one byte in UTF-8
FIRST = 10**6  # of the integers: past those of which each interpreter keeps only one
PATIENCE_SECONDS = 10
PROTOCOL = 5  # of pickle, for all versions alike

HERE = os.path.abspath(__file__)
FOLDER = os.path.dirname(os.path.dirname(HERE))
# Makes this module known to another interpreter, so that its functions can be sent by name.
ACQUAINT = f"""
import sys
if {FOLDER!r} not in sys.path:
    sys.path.append({FOLDER!r})
from lanes.task import load
module = load({HERE!r}, "workload")
"""


def prepare(mechanism, payload, size):
    needed = ITEM_BYTES.get(payload, 1) * size
    if needed > MEMORY_LIMIT:
        _refuse(f"{size} items of a payload of {payload} take more memory than is sensible")
    return MECHANISMS[mechanism](made(payload, size))


def task(peer):
    return peer.trip()


def close(peer):
    peer.end()


def expected(mechanism, payload, size):
    """By another way: from the rules by which payloads are made, without making one."""
    last = size - 1
    if payload == "array":
        length = -(-size // DOUBLE_BYTES)
        return _answer(length, length - 1)
    if payload == "bytes":
        return _answer(size, last % 256)
    if payload == "text":
        return _answer(size, ord("a") + last % len(LETTERS))
    return _answer(size, FIRST + last)


def made(payload, size):
    """The payload; its last item depends on the size."""
    if payload == "bytes":
        return (bytes(range(256)) * (size // 256 + 1))[:size]
    if payload == "text":
        return (LETTERS * (size // len(LETTERS) + 1))[:size]
    if payload == "array":
        from array import array

        return array("d", range(-(-size // DOUBLE_BYTES)))
    if payload == "records":
        return [
            {"id": FIRST + item, "name": f"record {item}", "price": item / 4, "tags": ["a", "b"]}
            for item in range(size)
        ]
    return (tuple if payload == "tuple" else list)(range(FIRST, FIRST + size))


def acknowledge(payload):
    """What a peer answers: length and last item in one number."""
    last = payload[-1]
    if isinstance(last, dict):
        last = last["id"]
    elif isinstance(last, str):
        last = ord(last)
    return _answer(len(payload), int(last))


def _answer(length, last):
    return length << 32 | last


def _refuse(reason):
    raise Failure("unsupported", reason, "")


class Local:
    """No peer at all: what pickling costs by itself."""

    def __init__(self, payload):
        import pickle

        self.payload = payload
        self.dumps, self.loads = pickle.dumps, pickle.loads

    def trip(self):
        return acknowledge(self.loads(self.dumps(self.payload, PROTOCOL)))

    def end(self):
        """Nothing was started."""


class QueueThread:
    """A thread between two queues."""

    def __init__(self, payload):
        import queue
        from threading import Thread

        self.payload = payload
        self.there, self.back = (getattr(queue, self.kind)() for _ in range(2))
        self.peer = Thread(target=_answer_queue, args=(self.there, self.back))
        self.peer.start()

    def trip(self):
        self.there.put(self.payload)
        return self.back.get()

    def end(self):
        self.there.put(None)
        self.peer.join()


class ThreadQueue(QueueThread):
    kind = "Queue"


class ThreadSimpleQueue(QueueThread):
    kind = "SimpleQueue"


def _answer_queue(there, back):
    while True:
        payload = there.get()
        if payload is None:
            return
        back.put(acknowledge(payload))


class Executor:
    """The one worker of an executor; what it starts is started by a first round trip."""

    def __init__(self, payload):
        self.payload = payload
        self.executor = self.open()
        try:
            self.executor.submit(acknowledge, b"?").result()
        except BaseException:
            self.executor.shutdown()
            raise

    def trip(self):
        return self.executor.submit(acknowledge, self.payload).result()

    def end(self):
        self.executor.shutdown(wait=True)


class ThreadExecutor(Executor):
    def open(self):
        from concurrent.futures.thread import ThreadPoolExecutor

        return ThreadPoolExecutor(1)


class ProcessExecutor(Executor):
    def open(self):
        from concurrent.futures.process import ProcessPoolExecutor

        return ProcessPoolExecutor(1, mp_context=_forking())


class InterpreterExecutor(Executor):
    def open(self):
        _interpreters()
        from concurrent.futures import InterpreterPoolExecutor

        return InterpreterPoolExecutor(1, initializer=exec, initargs=(ACQUAINT, {}))


class Process:
    """A forked peer; a subclass says what lies between."""

    def __init__(self, payload):
        context = _forking()
        self.payload = payload
        self.connect(context, payload)
        self.peer = context.Process(target=self.live, daemon=True)
        self.peer.start()

    def live(self):
        """The peer's life. Its parent's ends stay open in it, so it is told to end."""
        while True:
            payload = self.receive()
            if payload is None:
                return
            self.reply(acknowledge(payload))

    def end(self):
        self.dismiss()
        self.peer.join(PATIENCE_SECONDS)
        if self.peer.is_alive():
            self.peer.kill()
            self.peer.join()
        self.peer.close()
        self.disconnect()


class Pipe(Process):
    def connect(self, context, payload):
        self.near, self.far = context.Pipe()

    def trip(self):
        self.near.send(self.payload)
        return self.near.recv()

    def receive(self):
        return self.far.recv()

    def reply(self, answer):
        self.far.send(answer)

    def dismiss(self):
        self.near.send(None)

    def disconnect(self):
        self.near.close()
        self.far.close()


class ProcessQueues(Process):
    def connect(self, context, payload):
        self.there, self.back = (getattr(context, self.kind)() for _ in range(2))

    def trip(self):
        self.there.put(self.payload)
        return self.back.get()

    def receive(self):
        return self.there.get()

    def reply(self, answer):
        self.back.put(answer)

    def dismiss(self):
        self.there.put(None)

    def disconnect(self):
        for queue in (self.there, self.back):
            # A simple queue cannot be closed before 3.9; its pipes go with it.
            getattr(queue, "close", lambda: None)()
            # The thread that feeds a queue is joined, so that nothing is left of it.
            getattr(queue, "join_thread", lambda: None)()


class ProcessQueue(ProcessQueues):
    kind = "Queue"


class ProcessSimpleQueue(ProcessQueues):
    kind = "SimpleQueue"


class Raw(Process):
    """Length and bytes one way, a number the other, by file descriptors."""

    def connect(self, context, payload):
        kind = type(payload).__name__
        if kind not in ("bytes", "str", "array"):
            _refuse(f"this mechanism carries bytes, and a {kind} is not made of them")
        self.kind = kind
        self.open()

    def trip(self):
        payload = self.payload
        data = payload.encode() if self.kind == "str" else memoryview(payload).cast("B")
        _write(self.near_out, len(data).to_bytes(LENGTH_BYTES, "little"))
        _write(self.near_out, data)
        return int.from_bytes(_read(self.near_in, LENGTH_BYTES), "little")

    def receive(self):
        size = int.from_bytes(_read(self.far_in, LENGTH_BYTES), "little")
        if size == 0:
            return None
        data = _read(self.far_in, size)
        if self.kind == "str":
            return str(data, "utf-8")
        return memoryview(data).cast("d") if self.kind == "array" else data

    def reply(self, answer):
        _write(self.far_out, answer.to_bytes(LENGTH_BYTES, "little"))

    def dismiss(self):
        _write(self.near_out, bytes(LENGTH_BYTES))


class OsPipe(Raw):
    def open(self):
        self.far_in, self.near_out = os.pipe()
        self.near_in, self.far_out = os.pipe()

    def disconnect(self):
        for end in (self.far_in, self.near_out, self.near_in, self.far_out):
            os.close(end)


class Socket(Raw):
    """A connected pair of Unix; read and written like any file descriptor."""

    def open(self):
        import socket

        self.near, self.far = socket.socketpair()
        self.near_in = self.near_out = self.near.fileno()
        self.far_in = self.far_out = self.far.fileno()

    def disconnect(self):
        self.near.close()
        self.far.close()


class SharedMemory(OsPipe):
    """Pages that both processes see; only the length goes through the pipe."""

    copies = False

    def open(self):
        if self.kind == "str":
            _refuse("shared memory holds bytes, and text would have to be encoded into it")
        from mmap import mmap

        super().open()
        self.data = memoryview(self.payload).cast("B")
        self.pages = mmap(-1, len(self.data))
        self.view = memoryview(self.pages)
        self.view[:] = self.data

    def trip(self):
        if self.copies:
            self.view[:] = self.data
        _write(self.near_out, len(self.data).to_bytes(LENGTH_BYTES, "little"))
        return int.from_bytes(_read(self.near_in, LENGTH_BYTES), "little")

    def receive(self):
        size = int.from_bytes(_read(self.far_in, LENGTH_BYTES), "little")
        return self.view[:size].cast("d" if self.kind == "array" else "B") if size else None

    def disconnect(self):
        super().disconnect()
        self.view.release()
        self.pages.close()


class SharedMemoryCopied(SharedMemory):
    copies = True


class InterpreterQueue:
    """An interpreter in a thread of its own, between two queues, which poll."""

    def __init__(self, payload):
        from threading import Thread

        api = _interpreters()
        self.payload = self.sent(payload)
        self.there, self.back = api.create_queue(), api.create_queue()
        self.interpreter = api.create()
        try:
            self.interpreter.prepare_main(there=self.there, back=self.back)
            self.interpreter.exec(ACQUAINT)
        except BaseException:
            self.interpreter.close()
            raise
        script = "module._answer_queue(there, back)"
        self.peer = Thread(target=self.interpreter.exec, args=(script,))
        self.peer.start()

    def sent(self, payload):
        return payload

    def trip(self):
        self.there.put(self.payload)
        return self.back.get()

    def end(self):
        self.there.put(None)
        self.peer.join()
        self.interpreter.close()


class InterpreterQueueView(InterpreterQueue):
    def sent(self, payload):
        try:
            return memoryview(payload)
        except TypeError:
            _refuse(f"there is no memoryview of a {type(payload).__name__}")


class InterpreterCall:
    """An interpreter that the calling thread switches to."""

    def __init__(self, payload):
        self.payload = payload
        self.interpreter = _interpreters().create()
        try:
            self.interpreter.exec(ACQUAINT)
        except BaseException:
            self.interpreter.close()
            raise

    def trip(self):
        return self.interpreter.call(acknowledge, self.payload)

    def end(self):
        self.interpreter.close()


MECHANISMS = {
    "thread-queue": ThreadQueue,
    "thread-simplequeue": ThreadSimpleQueue,
    "thread-executor": ThreadExecutor,
    "pipe": Pipe,
    "mp-queue": ProcessQueue,
    "mp-simplequeue": ProcessSimpleQueue,
    "process-executor": ProcessExecutor,
    "socket": Socket,
    "os-pipe": OsPipe,
    "shared-memory-copied": SharedMemoryCopied,
    "shared-memory": SharedMemory,
    "interpreter-queue": InterpreterQueue,
    "interpreter-queue-memoryview": InterpreterQueueView,
    "interpreter-call": InterpreterCall,
    "interpreter-executor": InterpreterExecutor,
    "pickle-only": Local,
}


def _forking():
    import multiprocessing

    if "fork" not in multiprocessing.get_all_start_methods():
        _refuse("the peer is a forked process, and this system cannot fork")
    return multiprocessing.get_context("fork")


def _interpreters():
    try:
        from concurrent import interpreters
    except ImportError:
        _refuse("concurrent.interpreters is new in CPython 3.14")
    return interpreters


def _write(end, data):
    view = memoryview(data)
    while view:
        view = view[os.write(end, view) :]


def _read(end, size):
    data = bytearray(size)
    view = memoryview(data)
    while view:
        chunk = os.readv(end, [view])
        if not chunk:
            raise EOFError("the peer is gone")
        view = view[chunk:]
    return data
