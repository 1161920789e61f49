"""Servers that block: one thread for everything, or one that accepts and a pool that answers.

Both wait in one selector for whatever connection has a request, so that they serve more connections
than they have threads. Nothing here has a timeout: an idle server uses no CPU.
"""

import os
import selectors
import socket
from queue import SimpleQueue
from threading import Lock, Thread

from lanes.serving import http
from lanes.serving.application import Application


def alone(stopped, up, listener, share, path, parameters):
    """Accepts and answers in the calling thread until `stopped` is readable."""
    application = Application(path, parameters)
    with Acceptor(stopped, listener, share) as acceptor:
        up()
        for key in acceptor.ready():
            if not key.data.answer(application):
                acceptor.forget(key.data)
    application.close()


def pool(stopped, up, listener, share, path, parameters, threads):
    """Accepts in the calling thread; a connection with a request is handed to one of the pool.

    The thread that has answered gives the connection back to the selector, as gunicorn's gthread
    does, and so never waits for the next request of one client.
    """
    work, told = SimpleQueue(), SimpleQueue()
    with Acceptor(stopped, listener, share) as acceptor:
        members = [
            Thread(target=_answer, args=(work, told, acceptor, path, parameters))
            for _ in range(threads)
        ]
        try:
            for member in members:
                member.start()
            _hear(told, threads)
            up()
            for key in acceptor.ready():
                acceptor.lend(key.data)
                work.put(key.data)
        finally:
            for _ in members:
                work.put(None)
            for member in members:
                member.join()
        _hear(told, threads)


def _answer(work, told, acceptor, path, parameters):
    """One thread of the pool, with a state of its own."""
    try:
        application = Application(path, parameters)
    except BaseException as error:
        return told.put(error)
    told.put(None)
    try:
        while True:
            connection = work.get()
            if connection is None:
                break
            if connection.answer(application):
                acceptor.take_back(connection)
            else:
                acceptor.close(connection)
        application.close()
        told.put(None)
    except BaseException as error:
        told.put(error)


def _hear(told, threads):
    """Waits until each thread has told; raises the error of one that failed."""
    for _ in range(threads):
        error = told.get()
        if error is not None:
            raise error


class Acceptor:
    """The listening socket and its open connections, in one selector."""

    def __init__(self, stopped, listener, share):
        self.share, self.held = share, 0
        self.lock = Lock()  # of what is held: the threads of a pool close connections
        self.listener = socket.socket(fileno=os.dup(listener))
        self.listener.setblocking(False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.selector.register(stopped, selectors.EVENT_READ)
        self.stopped = stopped

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for key in list(self.selector.get_map().values()):
            if isinstance(key.data, Connection):
                key.data.close()
        self.selector.close()
        self.listener.close()

    def ready(self):
        """Keys of the connections that have something to read, until the stop."""
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.listener:
                    self._accept()
                elif key.fileobj == self.stopped:
                    return
                else:
                    yield key

    def forget(self, connection):
        self.selector.unregister(connection.socket)
        self.close(connection)

    def close(self, connection):
        """Of one that is not in the selector; from any thread."""
        connection.close()
        with self.lock:
            if self.held == self.share:
                self.selector.register(self.listener, selectors.EVENT_READ)
            self.held -= 1

    def lend(self, connection):
        """A thread may read it now, and nobody else."""
        self.selector.unregister(connection.socket)

    def take_back(self, connection):
        """From any thread: kernels allow it while another one waits in the selector."""
        self.selector.register(connection.socket, selectors.EVENT_READ, connection)

    def _accept(self):
        # One at a time: of several workers at this socket each gets the chance to take the next.
        try:
            accepted, _ = self.listener.accept()
        except BlockingIOError:
            return
        with self.lock:
            self.held += 1
            if self.held == self.share:
                self.selector.unregister(self.listener)
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.take_back(Connection(accepted))


class Connection:
    """A blocking connection and what it has sent of its next request."""

    def __init__(self, accepted):
        self.socket = accepted
        self.pending = b""
        self.close = accepted.close

    def answer(self, application):
        """Reads once and answers each whole request; False at the end of the connection."""
        try:
            chunk = self.socket.recv(65536)
            if not chunk:
                return False
            path, self.pending = http.take(self.pending + chunk)
            while path is not None:
                self.socket.sendall(application.answer(path))
                path, self.pending = http.take(self.pending)
            return True
        except (OSError, ValueError):
            return False
