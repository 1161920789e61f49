"""A server on one event loop: all connections in one thread, each answer a coroutine of its own."""

import asyncio
import os
import socket

from lanes.serving import http
from lanes.serving.application import Application


def serve(stopped, up, listener, share, path, parameters):
    """Accepts and answers in a loop of the calling thread until `stopped` is readable."""
    loop = asyncio.new_event_loop()
    try:
        application = Application(path, parameters)
        accepting = socket.socket(fileno=os.dup(listener))
        accepting.setblocking(False)
        exchanges = set()
        held = 0

        def accept():
            nonlocal held
            # asyncio's own server would take all that wait, and leave none to the other loops.
            try:
                accepted, _ = accepting.accept()
            except (BlockingIOError, InterruptedError):
                return
            held += 1
            if held == share:
                loop.remove_reader(accepting)
            accepted.setblocking(False)
            exchange = Exchange(loop, application, exchanges, let_go)
            exchange.opening = loop.create_task(
                loop.connect_accepted_socket(lambda: exchange, accepted)
            )

        def let_go():
            nonlocal held
            if held == share and accepting.fileno() >= 0:  # else it is the end
                loop.add_reader(accepting, accept)
            held -= 1

        loop.add_reader(accepting, accept)
        loop.add_reader(stopped, loop.stop)
        up()
        loop.run_forever()
        loop.remove_reader(accepting)
        loop.remove_reader(stopped)
        accepting.close()
        for exchange in exchanges:
            exchange.transport.abort()
        application.close()
        loop.run_until_complete(asyncio.sleep(0))  # in which the transports close their sockets
    finally:
        loop.close()


class Exchange(asyncio.Protocol):
    """One connection; asyncio itself sets TCP_NODELAY."""

    def __init__(self, loop, application, exchanges, let_go):
        self.loop = loop
        self.answer = application.answer_async
        self.exchanges = exchanges
        self.let_go = let_go
        self.pending = b""

    def connection_made(self, transport):
        self.transport = transport
        self.exchanges.add(self)

    def connection_lost(self, error):
        self.exchanges.discard(self)
        self.let_go()

    def data_received(self, data):
        try:
            path, self.pending = http.take(self.pending + data)
        except ValueError:
            return self.transport.abort()
        if path is not None:
            self.task = self.loop.create_task(self._answer(path))

    async def _answer(self, path):
        # The next request comes after this answer: nothing is sent ahead on these connections.
        self.transport.write(await self.answer(path))
