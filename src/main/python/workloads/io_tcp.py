"""Round trips over TCP to an echo that runs beside the worker, on the loopback interface.

Stresses system calls, waking up and, in event loops, the machinery around sockets. Every task opens
a connection of its own, goes back and forth and closes it. The echo is one thread of each worker's
process that never blocks on a single connection. It is a thread because not every model can fork,
so under the GIL the two take turns, and it takes a share of the CPU like a server on the same
machine. Shares nothing but that echo. Parameters: `size` of a message in bytes; `trips` of one task
there and back. Origin: written for Lanes.
"""

# /// workload
# title = "TCP round trips"
# summary = "A connection per task to an echo on the same machine, and messages back and forth."
# [parameters.size]
# type = "integer"
# unit = "bytes"
# description = "length of one message"
# default = 64
# minimum = 1
# maximum = 1048576
# [parameters.trips]
# type = "integer"
# unit = "round trips"
# description = "of one task"
# default = 20
# minimum = 1
# maximum = 100000
# ///

import selectors
import socket
import struct
import zlib
from threading import Thread

BACKLOG = 1024  # a batch of coroutines connects at once
CHUNK = 1 << 16
# Closing resets the connection: thousands that wait to be forgotten would use up the ports.
RESET = struct.pack("ii", 1, 0)


class Echo:
    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
        self.listener.setblocking(False)
        self.address = self.listener.getsockname()
        self.ending, self.ended = socket.socketpair()
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(self.ended, selectors.EVENT_READ)
        self.thread = Thread(target=self._live)
        self.thread.start()

    def end(self):
        self.ending.close()
        self.thread.join()

    def _live(self):
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.ended:
                    return self._clear()
                key.data()

    def _clear(self):
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()

    def _accept(self):
        try:
            connection, _ = self.listener.accept()
        except OSError:  # it was reset before its turn came
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        conversation = Conversation(self.selector, connection)
        self.selector.register(connection, selectors.EVENT_READ, conversation.go_on)


class Conversation:
    """One connection: what has come and could not yet be sent back."""

    def __init__(self, selector, connection):
        self.selector, self.connection = selector, connection
        self.pending = b""

    def go_on(self):
        try:
            if not self.pending:
                self.pending = self.connection.recv(CHUNK)
                if not self.pending:
                    return self._end()
            self.pending = self.pending[self.connection.send(self.pending) :]
        except BlockingIOError:
            pass
        except OSError:  # the task is done and has reset the connection
            return self._end()
        # It reads nothing more before the last is on its way, so that it needs no more memory.
        event = selectors.EVENT_WRITE if self.pending else selectors.EVENT_READ
        if self.selector.get_key(self.connection).events != event:
            self.selector.modify(self.connection, event, self.go_on)

    def _end(self):
        self.selector.unregister(self.connection)
        self.connection.close()


class Client:
    def __init__(self, size, trips):
        self.message = message(size)
        self.trips = trips
        self.echo = Echo()


def prepare(size, trips):
    return Client(size, trips)


def close(client):
    client.echo.end()


def task(client):
    told = 0
    with socket.create_connection(client.echo.address) as connection:
        ready(connection)
        for _ in range(client.trips):
            connection.sendall(client.message)
            told = zlib.crc32(received(connection, len(client.message)), told)
    return told


async def coroutine(client):
    # Not at the top: workers that block need no event loop.
    import asyncio

    told = 0
    reader, writer = await asyncio.open_connection(*client.echo.address)
    try:
        ready(writer.get_extra_info("socket"))
        for _ in range(client.trips):
            writer.write(client.message)
            await writer.drain()
            told = zlib.crc32(await reader.readexactly(len(client.message)), told)
    finally:
        writer.close()
    return told


def expected(size, trips):
    """By another way: no connection."""
    told = 0
    for _ in range(trips):
        told = zlib.crc32(message(size), told)
    return told


def message(size):
    return (bytes(range(256)) * (size // 256 + 1))[:size]


def ready(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def received(connection, size):
    data = bytearray()
    while len(data) < size:
        chunk = connection.recv(min(CHUNK, size - len(data)))
        if not chunk:
            raise EOFError("the echo has closed the connection")
        data += chunk
    return data
