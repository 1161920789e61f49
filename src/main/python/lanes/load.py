"""The load: a process of its own that sends requests over connections that stay open.

Started as `python load.py PORT`. Reads orders from standard input, each a line: `paths SIZE` and
then so many bytes, a line for each request's path; `batch CONNECTIONS RATE FIRST`, rate in requests
a second or 0. Each batch is answered on standard output by `batch N`, then N latencies in seconds
as float64, for how much of each the load itself was to blame as float64 (from when a request was
due and a connection free, to its sending), and the N CRC-32 of the bodies as uint32, in the order
of the paths; or by `failed COUNT REQUEST STATUS SIZE` and the first wrong answer's body, or with
status 0 what was wrong with the connection. With FIRST as 1 a line `first` comes ahead, as soon as one request has its answer. `up`
is the very first line. Between batches it waits for the next order without using the CPU, and it
ends when none can come.

With rate 0 the loop is closed: each connection sends its next request when it has its answer, and
latency counts from there. Else it is open: request n is due at (n + jitter) / rate, jitter from
0 to 1 and the same in each batch. Latency counts from when a request was due, whether or not a
connection was free to send it: a server that stalls is not forgiven for what then has to wait
(coordinated omission). That makes the load's own lateness part of each latency, so it wakes early
and watches the clock until the request is due. Latency ends when the last byte has been read;
what the load does with the answer comes after that.
"""

import os
import random
import select
import socket
import sys
import time
import zlib
from array import array
from collections import deque
from itertools import islice

clock = time.perf_counter
HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
# Read into, each time anew: a fresh buffer of this size comes from the kernel page by page, and cost
# every latency some 30 µs.
ROOM = memoryview(bytearray(262144))
BODY_LIMIT = 8000  # of a wrong answer
SEED = 20241111

# How long before a request is due the load is awake: a timer of a virtual machine rings about
# 100 µs late. It is at most this share of the time, as it is processor time that a server may want.
EARLY_SECONDS = 0.0002
EARLY_SHARE = 0.1
TIMER_SLACK = "/proc/self/timerslack_ns"


class Broken(Exception):
    """A connection that ended or gave what is no answer; the rest of the batch is given up."""


class Connection:
    """One of the load's connections and the request that it waits for."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.pending = b""
        self.request = None
        self.read_at = 0.0  # when the last byte of its last answer was read

    def send(self, request, message, since):
        self.request, self.since = request, since
        if self.socket.send(message) != len(message):
            raise Broken("a request did not fit into the socket's buffer")

    def receive(self):
        """(status, body) once the answer is whole, else None."""
        try:
            size = self.socket.recv_into(ROOM)
        except BlockingIOError:
            return None
        self.read_at = clock()
        if not size:
            raise Broken("the server closed the connection")
        self.pending += ROOM[:size]
        end = self.pending.find(HEAD_END)
        if end < 0:
            return None
        head = self.pending[:end].lower()
        at = head.find(LENGTH)
        if at < 0 or not head.startswith(b"http/1.1 "):
            raise Broken(f"no answer of HTTP/1.1 with its length: {head!r:.80}")
        size = int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
        start = end + len(HEAD_END)
        if len(self.pending) < start + size:
            return None
        body = self.pending[start : start + size]
        self.pending = self.pending[start + size :]
        if self.pending or self.request is None:
            raise Broken("the server sent more than one answer")
        return int(head[9:12]), body


class Events:
    """What there is to read, by as few and as small steps as can be: each is part of a latency."""

    def __init__(self):
        self.epoll = select.epoll()
        self.timer = None
        if hasattr(os, "timerfd_create"):  # since 3.13
            self.timer = os.timerfd_create(time.CLOCK_MONOTONIC, flags=os.TFD_NONBLOCK)
            self.epoll.register(self.timer, select.EPOLLIN | select.EPOLLET)

    def add(self, source):
        """Watches a file or socket until it is closed."""
        self.epoll.register(source, select.EPOLLIN)

    def wait(self, patience):
        """Descriptors with something to read, after at most so many seconds; None: any number."""
        if patience and self.timer is None:
            # The limit of epoll itself is in whole milliseconds.
            select.select([self.epoll], [], [], patience)
            patience = 0
        elif patience:
            os.timerfd_settime(self.timer, initial=patience)
        events = self.epoll.poll(0 if patience == 0 else None)
        return [descriptor for descriptor, _ in events if descriptor != self.timer]


class Load:
    """Connections to one server, and the requests of a batch."""

    def __init__(self, port, orders, answers):
        self.port = port
        self.orders, self.answers = orders, answers
        self.messages = []
        self.connections = {}  # by their descriptors
        self.events = Events()
        # Its end in the middle of a batch is the end of the load.
        self.events.add(orders)

    def connect(self, wanted):
        """Opens or closes connections until there are as many as wanted."""
        while len(self.connections) > wanted:
            _, connection = self.connections.popitem()
            connection.socket.close()
        while len(self.connections) < wanted:
            connection = Connection(self.port)
            self.events.add(connection.socket)
            self.connections[connection.socket.fileno()] = connection

    def batch(self, connections, rate, first):
        """Sends all requests; returns the lines and bytes that tell of them."""
        count = len(self.messages)
        self.latencies = array("d", bytes(8 * count))
        self.latenesses = array("d", bytes(8 * count))
        self.checksums = array("I", bytes(4 * count))
        self.wrong = []
        self.left = count
        self.first = first
        try:
            self.connect(connections)
            if rate:
                self._open_loop(rate)
            else:
                self._closed_loop()
        except (Broken, OSError) as error:
            requests = [each.request for each in self.connections.values()]
            waiting = [request for request in requests if request is not None]
            request = min(waiting, default=0)
            return self._failed(self.left + len(self.wrong), request, 0, str(error).encode())
        if self.wrong:
            return self._failed(len(self.wrong), *min(self.wrong))
        head = b"batch %d\n" % count
        return b"".join(
            [head, *(a.tobytes() for a in (self.latencies, self.latenesses, self.checksums))]
        )

    def _closed_loop(self):
        messages = self.messages
        following = 0
        for connection in islice(self.connections.values(), len(messages)):
            connection.send(following, messages[following], clock())
            following += 1
        while self.left:
            for connection in self._answered(None):
                if following < len(messages):
                    connection.send(following, messages[following], clock())
                    following += 1

    def _open_loop(self, rate):
        messages = self.messages
        jitter = random.Random(SEED).random
        started = clock()
        due = [started + (request + jitter()) / rate for request in range(len(messages))]
        # The one that has been idle longest is next: with the latest instead, a low rate would
        # reach but one of several workers.
        idle = deque(self.connections.values())
        early = min(EARLY_SECONDS, EARLY_SHARE / rate)
        following = 0
        while self.left:
            now = clock()
            while idle and following < len(messages) and due[following] <= now:
                connection = idle.popleft()
                free = max(due[following], connection.read_at)
                self.latenesses[following] = clock() - free
                connection.send(following, messages[following], due[following])
                following += 1
            waits = idle and following < len(messages)
            patience = max(0, due[following] - early - clock()) if waits else None
            answered = self._answered(patience)
            idle.extend(answered)
            if patience and not answered:
                # Awake before the next is due: reads in vain, so that what will read its answer is
                # in the caches. Cold, it made 1 in 100 latencies some 100 µs longer.
                idle[0].receive()

    def _answered(self, patience):
        """The connections that got their answers, after the wait for some, at most so long."""
        done = []
        for descriptor in self.events.wait(patience):
            connection = self.connections.get(descriptor)
            if connection is None:
                sys.exit()  # a new order in the middle of a batch, or the end of orders
            answer = connection.receive()
            if answer is None:
                continue
            status, body = answer
            request = connection.request
            self.latencies[request] = connection.read_at - connection.since
            self.checksums[request] = zlib.crc32(body)
            connection.request = None
            self.left -= 1
            if status != 200:
                self.wrong.append((request, status, body))
            if self.first:
                self.first = False
                write(self.answers, b"first\n")
            done.append(connection)
        return done

    def _failed(self, count, request, status, body):
        body = body[:BODY_LIMIT]
        return b"failed %d %d %d %d\n" % (count, request, status, len(body)) + body


def write(answers, data):
    view = memoryview(data)
    while view:
        view = view[os.write(answers, view) :]


def read(orders, size):
    data = b""
    while len(data) < size:
        chunk = orders.read(size - len(data))
        if not chunk:
            sys.exit()
        data += chunk
    return data


def message(path):
    """A whole request, with the few fields that every client sends."""
    return (
        b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: lanes\r\nAccept: */*\r\n"
        b"Connection: keep-alive\r\n\r\n" % path
    )


def ring_exactly():
    """Takes from this process the 50 µs that Linux lets a timer be late to ring with others."""
    try:
        with open(TIMER_SLACK, "w") as slack:
            slack.write("1")
    except OSError:
        pass  # the kernel has no such file, and then as much more must be watched


def main(port):
    ring_exactly()
    orders = open(0, "rb", buffering=0)
    load = Load(port, orders, 1)
    write(1, b"up\n")
    # Unbuffered: a line that was read ahead would be hidden from what waits for events.
    while True:
        line = orders.readline()
        words = line.split()
        if not words:
            return
        if words[0] == b"paths":
            load.messages = [message(path) for path in read(orders, int(words[1])).splitlines()]
        else:
            connections, rate, first = map(int, words[1:])
            write(1, load.batch(connections, rate, first))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except BrokenPipeError:
        pass
