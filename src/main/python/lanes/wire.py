"""The harness's end of the protocol: commands in, events out, one JSON object a line.

The workload keeps descriptors 0, 1 and 2, but reads nothing and prints to standard error: it can
neither eat commands nor damage events.
"""

import fcntl
import json
import os
import select
import signal
import stat


class Wire:
    """Owns private, non-inheritable copies of standard input and output."""

    def __init__(self):
        self.commands, self.events = os.dup(0), os.dup(1)
        self.pending = b""
        self.nonce = None
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        os.register_at_fork(after_in_child=self.close)
        self._watch()

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

    def _watch(self):
        # The kernel signals when the other side is gone, even inside a slice. A watching thread
        # would do the same, but must not exist where a model forks. A signal that comes at the
        # instant the main thread begins to wait for its workers is handled only when that wait
        # ends; the worker's next start kills what hangs then.
        if not hasattr(signal, "SIGIO") or not stat.S_ISFIFO(os.fstat(self.commands).st_mode):
            return
        poll = select.poll()
        poll.register(self.commands, select.POLLIN)

        def on_io(*_):
            if not self.pending and any(event == select.POLLHUP for _, event in poll.poll(0)):
                end_group()

        signal.signal(signal.SIGIO, on_io)
        fcntl.fcntl(self.commands, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(self.commands, fcntl.F_GETFL)
        fcntl.fcntl(self.commands, fcntl.F_SETFL, flags | os.O_ASYNC)


def end_group():
    """Ends this process and all it started."""
    os.killpg(0, signal.SIGKILL)
