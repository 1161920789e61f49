"""The harness's end of the protocol: commands in, events out, one JSON object a line.

The workload keeps descriptors 0, 1 and 2, but reads nothing and prints to standard error: it can
neither eat commands nor damage events.
"""

import os

from lanes import group


class Wire:
    """Owns private, non-inheritable copies of standard input and output."""

    def __init__(self, nonce):
        self.commands, self.events = os.dup(0), os.dup(1)
        self.pending = b""
        self.nonce = nonce
        self.decode, self.encode = codec()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        os.register_at_fork(after_in_child=self.close)

    def receive(self):
        """Waits, without using the CPU, for the next command; ends the group when none can come."""
        while b"\n" not in self.pending:
            chunk = os.read(self.commands, 65536)
            if not chunk:
                group.end()
            self.pending += chunk
        line, _, self.pending = self.pending.partition(b"\n")
        return self.decode(line.decode())

    def send(self, event, **fields):
        """Writes one event at once."""
        fields = {"event": event, "nonce": self.nonce, **fields}
        line = self.encode(fields).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self.events, line) :]
        except BrokenPipeError:
            group.end()

    def close(self):
        """A forked worker that kept these would hide the harness's end from the other side."""
        os.close(self.commands)
        os.close(self.events)


def codec():
    """(decode, encode) of JSON, by the C part of the module json alone where it is as known.

    The rest of json loads regular expressions, a third of the time from exec to `up`, and modules
    that would then be missing from import_seconds of the models that need them.
    """
    try:
        from _json import encode_basestring_ascii, make_encoder, make_scanner

        scan = make_scanner(_Scanning)
        chunks = make_encoder(
            None, None, encode_basestring_ascii, None, ": ", ", ", False, False, False
        )
        if scan('{"a": [1, null]}', 0) == ({"a": [1, None]}, 16) and "".join(chunks([0.5], 0)):
            return lambda text: _whole(scan, text), lambda value: "".join(chunks(value, 0))
    except (ImportError, AttributeError, TypeError):
        pass
    import json

    return json.loads, json.dumps


class _Scanning:
    """What make_scanner asks of the decoder that it belongs to."""

    strict = True
    object_hook = object_pairs_hook = array_hook = None
    parse_float, parse_int = float, int
    parse_constant = None
    memo = {}


def _whole(scan, text):
    try:
        value, end = scan(text, 0)
    except StopIteration:
        end = -1
    if end != len(text):
        raise ValueError(f"{text!r:.80} is not one JSON value")
    return value
