"""The harness's end of the protocol: commands in, events out, one JSON object a line.

The workload keeps descriptors 0, 1 and 2, but reads nothing and prints to standard error: it can
neither eat commands nor damage events.
"""

import json
import os
import signal


class Wire:
    """Owns private, non-inheritable copies of standard input and output."""

    def __init__(self, nonce):
        self.commands, self.events = os.dup(0), os.dup(1)
        self.pending = b""
        self.nonce = nonce
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
                end_group()
            self.pending += chunk
        line, _, self.pending = self.pending.partition(b"\n")
        return json.loads(line)

    def send(self, event, **fields):
        """Writes one event at once."""
        line = json.dumps({"event": event, "nonce": self.nonce, **fields}).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self.events, line) :]
        except BrokenPipeError:
            end_group()

    def close(self):
        """A forked worker that kept these would hide the harness's end from the other side."""
        os.close(self.commands)
        os.close(self.events)


def end_group():
    """Ends this process and all it started."""
    os.killpg(0, signal.SIGKILL)
