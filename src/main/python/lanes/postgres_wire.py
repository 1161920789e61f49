"""PostgreSQL's wire protocol 3.0, as much of it as a page needs, blocking or in an event loop.

In pure Python, so that it runs in every model: no driver with C code loads in subinterpreters.
Queries are prepared once per connection; values and columns travel as text. Without TLS. A password
is given by SCRAM-SHA-256 or MD5 and taken as it is, without Unicode normalization; only then
hashlib is loaded.

https://www.postgresql.org/docs/current/protocol.html
"""

import os
import socket
import struct

PROTOCOL = 3 << 16
READ_BYTES = 262144
SYNC = b"S\0\0\0\4"
TERMINATE = b"X\0\0\0\4"
SCRAM = "SCRAM-SHA-256"


class PostgresError(Exception):
    """What the server refuses, in its words with its code, or does not speak as it should."""


class Connection:
    """A connection that is logged in. One query at a time.

    OSError if there is no server, PostgresError if it refuses. `query_async` is for the event loop
    that runs it first; after that `query` no longer works.
    """

    def __init__(self, *, host, port, user, password, database):
        if host.startswith("/"):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(f"{host}/.s.PGSQL.{port}")
        else:
            self.socket = socket.create_connection((host, port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.messages = Messages()
        self.transport = None
        self.prepared = {}
        try:
            self._talk(login(user, password, database))
        except BaseException:
            self.socket.close()
            raise

    def query(self, sql, *values):
        """The rows, as lists of text or None; nothing for a statement without rows."""
        return self._talk(query(self.prepared, sql, values))

    async def query_async(self, sql, *values):
        """The same as a coroutine."""
        import asyncio

        loop = asyncio.get_running_loop()
        if self.transport is None:
            self.socket.setblocking(False)
            await loop.create_connection(lambda: self, sock=self.socket)
        self.answer = loop.create_future()
        self.conversation = query(self.prepared, sql, values)
        self.transport.write(next(self.conversation))
        return await self.answer

    def close(self):
        """Of one in an event loop, the socket closes when that goes on."""
        if self.transport is None:
            self.socket.sendall(TERMINATE)
            self.socket.close()
        else:
            self.answer = None
            self.transport.write(TERMINATE)
            self.transport.close()

    def _talk(self, conversation):
        try:
            data = next(conversation)
            while True:
                if data:
                    self.socket.sendall(data)
                data = conversation.send(self._message())
        except StopIteration as end:
            return end.value

    def _message(self):
        message = self.messages.next()
        while message is None:
            chunk = self.socket.recv(READ_BYTES)
            if not chunk:
                raise ConnectionError(GONE)
            self.messages.feed(chunk)
            message = self.messages.next()
        return message

    # What follows is called by the transport of an event loop, as of any asyncio.Protocol, which
    # cannot be named without loading asyncio.

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.messages.feed(data)
        try:
            for message in iter(self.messages.next, None):
                data = self.conversation.send(message)
                if data:
                    self.transport.write(data)
        except StopIteration as end:
            self.answer.set_result(end.value)
        except Exception as error:
            self.answer.set_exception(error)

    def eof_received(self):
        """The transport then closes itself."""

    def connection_lost(self, error):
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error or ConnectionError(GONE))

    def pause_writing(self):
        """Queries are short."""

    def resume_writing(self):
        """Queries are short."""


GONE = "PostgreSQL closed the connection"


class Messages:
    """Cuts what arrives into messages."""

    def __init__(self):
        self.pending = b""
        self.at = 0

    def feed(self, data):
        self.pending = self.pending[self.at :] + data
        self.at = 0

    def next(self):
        """(kind, body) of the next whole message, or None."""
        body = self.at + 5
        if len(self.pending) < body:
            return None
        end = self.at + 1 + int.from_bytes(self.pending[self.at + 1 : body], "big")
        if len(self.pending) < end:
            return None
        message = self.pending[self.at : self.at + 1], self.pending[body:end]
        self.at = end
        return message


# Conversations are generators: they yield bytes to send, perhaps none, and are sent the next
# message. So blocking connections and those of event loops say the same in the same words.


def login(user, password, database):
    """A conversation up to the first query."""
    names = {"user": user, "database": database, "client_encoding": "UTF8"}
    body = struct.pack("!i", PROTOCOL) + b"".join(
        text(part) for pair in names.items() for part in pair
    )
    kind, body = yield struct.pack("!i", len(body) + 5) + body + b"\0"
    while kind != b"Z":
        answer = b""
        if kind == b"R":
            [method] = struct.unpack_from("!i", body)
            if method == 5:
                answer = message(b"p", text(md5_answer(user, password, body[4:8])))
            elif method == 10:
                yield from scram(password, body[4:].split(b"\0"))
            elif method != 0:
                raise PostgresError(f"it asks for a password by way {method}, which is not spoken")
        elif kind == b"E":
            raise error_of(body)
        kind, body = yield answer


def query(prepared, sql, values):
    """A conversation about one statement, which is prepared where it is new; returns its rows."""
    sent = b""
    name = prepared.get(sql)
    new = name is None
    if new:
        name = f"s{len(prepared)}"
        sent = message(b"P", text(name), text(sql), b"\0\0")
    parameters = [struct.pack("!i", -1) if value is None else sized(value) for value in values]
    count = struct.pack("!h", len(values))
    sent += message(b"B", b"\0", text(name), b"\0\0", count, *parameters, b"\0\0")
    sent += message(b"E", b"\0", bytes(4)) + SYNC
    rows, error = [], None
    kind, body = yield sent
    while kind != b"Z":
        if kind == b"D":
            rows.append(columns(body))
        elif kind == b"E":
            error = error_of(body)
        kind, body = yield b""
    if error is not None:
        raise error
    if new:
        prepared[sql] = name
    return rows


def scram(password, mechanisms):
    """The part of the login by SCRAM-SHA-256 (RFC 5802, 7677), which leaves no message unread."""
    import hashlib
    import hmac
    from binascii import a2b_base64, b2a_base64

    if SCRAM.encode() not in mechanisms:
        raise PostgresError(f"it offers {mechanisms}, but not {SCRAM}")

    def digest(key, said):
        return hmac.new(key, said, hashlib.sha256).digest()

    bare = b"n=,r=" + b2a_base64(os.urandom(18), newline=False)
    first = b"n,," + bare
    body = yield from _step(message(b"p", text(SCRAM), struct.pack("!i", len(first)), first), 11)
    fields = dict(field.split(b"=", 1) for field in body.split(b","))
    if not fields[b"r"].startswith(bare[5:]):
        raise PostgresError("it answered with another nonce")
    salt, rounds = a2b_base64(fields[b"s"]), int(fields[b"i"])
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    final = b"c=biws,r=" + fields[b"r"]
    said = b",".join([bare, body, final])
    key = digest(salted, b"Client Key")
    signature = digest(hashlib.sha256(key).digest(), said)
    proof = bytes(a ^ b for a, b in zip(key, signature))
    body = yield from _step(message(b"p", final + b",p=" + b2a_base64(proof, newline=False)), 12)
    if a2b_base64(body[2:]) != digest(digest(salted, b"Server Key"), said):
        raise PostgresError("it does not know the password itself")


def _step(sent, wanted):
    kind, body = yield sent
    if kind == b"E":
        raise error_of(body)
    if kind != b"R" or struct.unpack_from("!i", body)[0] != wanted:
        raise PostgresError(f"it sent {kind!r} in the middle of a login")
    return body[4:]


def md5_answer(user, password, salt):
    from hashlib import md5

    inner = md5((password + user).encode()).hexdigest()
    return "md5" + md5(inner.encode() + salt).hexdigest()


def error_of(body):
    fields = {part[:1]: part[1:].decode(errors="replace") for part in body.split(b"\0") if part}
    return PostgresError(f"{fields.get(b'C', '?')}: {fields.get(b'M', 'no message')}")


def columns(body):
    """Those of a row."""
    found = []
    at = 2
    for _ in range(int.from_bytes(body[:2], "big")):
        size = int.from_bytes(body[at : at + 4], "big", signed=True)
        at += 4
        if size < 0:
            found.append(None)
            continue
        found.append(body[at : at + size].decode())
        at += size
    return found


def message(kind, *parts):
    body = b"".join(parts)
    return kind + struct.pack("!i", len(body) + 4) + body


def text(value):
    return value.encode() + b"\0"


def sized(value):
    data = str(value).encode()
    return struct.pack("!i", len(data)) + data
