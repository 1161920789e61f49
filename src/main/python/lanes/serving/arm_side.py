"""The arm's side of a workload that serves: the server, the load, and what it found.

The load is no member of the arm's process group: its CPU time and memory are not the server's. It
is started before the server is created, and ends with the arm, by the end of its orders.
"""

import os
import select
import socket
import sys
from array import array

from lanes.task import Failure

BACKLOG = 1024  # a short queue would drop connections, and measure the client's patience
CRASH_SECONDS = 1  # how long the end of a worker may come after that of its connections
OPTIONS = ["-s", "-X", "utf8"]
ONLY_OURS = ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED")


class Served:
    """A model's server with the load it is under; stands in for a model that runs tasks."""

    def __init__(self, model_file, model_path, options):
        if not hasattr(model_file, "Server"):
            name = os.path.splitext(os.path.basename(model_path))[0]
            problem = f"the model {name} runs tasks, it serves no requests"
            raise Failure("unsupported", problem, "")
        parameters = options["parameters"]
        self.connections, self.rate = parameters["connections"], parameters["rate"]
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(BACKLOG)
        self.server = model_file.Server(listener=self.listener, **options)
        self.load = Load(self.listener.getsockname()[1])
        self.paths = None
        self.batches = []

    def create(self):
        self.server.create()

    def run(self, arguments, on_first=None):
        """The CRC-32 of the bodies, in the order of the paths; Failure if an answer was wrong."""
        if self.paths is not arguments:
            self.load.tell_paths(arguments)
            self.paths = arguments
        self.load.order(f"batch {self.connections} {self.rate} {1 if on_first else 0}\n".encode())
        if on_first:
            self._told()
            on_first()
        requests = int(self._told()[1])
        latencies, self.latenesses, checksums = array("d"), array("d"), array("I")
        latencies.frombytes(self.load.bytes(requests * latencies.itemsize))
        self.latenesses.frombytes(self.load.bytes(requests * latencies.itemsize))
        checksums.frombytes(self.load.bytes(requests * checksums.itemsize))
        self.batches.append(latencies)
        return checksums

    def latencies(self, batches):
        """Of all requests of the last batches, in seconds; what was before is forgotten."""
        ranked = sorted(latency for batch in self.batches[-batches:] for latency in batch)
        self.batches.clear()
        return {
            "latency_p50_seconds": quantile(ranked, 0.5),
            "latency_p99_seconds": quantile(ranked, 0.99),
            "latency_max_seconds": ranked[-1],
        }

    def destroy(self):
        self.server.destroy()
        self.listener.close()

    def dismiss_load(self):
        """Ends the load: after the server, so that no time is lost in it."""
        self.load.close()

    def _told(self):
        """The words of the load's next line; raises what it or a worker failed with instead."""
        if not self.load.pending:  # else it has come together with the line before
            report = self._report(None)
            if report is not None:
                raise self.server.failure_of(report)
        words = self.load.line()
        if words[0] == b"failed":
            raise self._failure(words)
        return words

    def _report(self, milliseconds):
        """The report of a worker that failed or ended, unless the load speaks first; else None."""
        poll = select.poll()
        for report in self.server.watched:
            poll.register(report, select.POLLIN)
        if milliseconds is None:
            poll.register(self.load.answers, select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll(milliseconds)]
        if not ready or self.load.answers in ready:
            return None
        return ready[0]

    def _failure(self, words):
        count, request, status, size = map(int, words[1:])
        text = self.load.bytes(size).decode(errors="replace")
        if status == 0:
            report = self._report(CRASH_SECONDS * 1000)
            if report is not None:
                return self.server.failure_of(report)
            problem = f"{count} requests without an answer, the first of them {request}: {text}"
            return Failure("exception", problem, "")
        if status == 500 and text.count("\n") >= 2:
            return Failure(*text.split("\n", 2))
        return Failure("wrong_result", f"request {request}: status {status}: {text:.200}", "")


class Load:
    """The process of lanes/load.py and the pipes to it."""

    def __init__(self, port):
        orders, self.orders = os.pipe()
        self.answers, answers = os.pipe()
        self.process = None
        # A forked worker that kept it would hide the end of the orders from the load.
        os.register_at_fork(after_in_child=self._forget)
        self.pending = b""
        program = os.path.join(os.path.dirname(os.path.dirname(__file__)), "load.py")
        python = os.environ.get("LANES_CLIENT_PYTHON") or sys.executable
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTHON") or name in ONLY_OURS
        }
        try:
            # Not by `subprocess`, whose modules would then be in the memory of every worker.
            self.process = os.posix_spawn(
                python,
                [python, *OPTIONS, program, str(port)],
                environment,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, orders, 0),
                    (os.POSIX_SPAWN_DUP2, answers, 1),
                ],
                setpgroup=0,
            )
        except OSError as error:
            raise Failure("exception", f"the load did not start: {error}", "") from None
        os.close(orders)
        os.close(answers)
        if self.line() != [b"up"]:
            raise Failure("exception", "the load did not start as it should", "")

    def tell_paths(self, paths):
        data = "".join(f"{path}\n" for path in paths).encode("latin-1")
        self.order(b"paths %d\n" % len(data) + data)

    def order(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self.orders, view) :]

    def line(self):
        """The words of the next line."""
        while b"\n" not in self.pending:
            self._read()
        line, _, self.pending = self.pending.partition(b"\n")
        return line.split()

    def bytes(self, size):
        while len(self.pending) < size:
            self._read()
        data, self.pending = self.pending[:size], self.pending[size:]
        return data

    def close(self):
        os.close(self.orders)
        os.waitpid(self.process, 0)
        os.close(self.answers)
        self.process = None

    def _read(self):
        chunk = os.read(self.answers, 1 << 20)
        if not chunk:
            raise Failure("exception", "the load has ended; it says why on standard error", "")
        self.pending += chunk

    def _forget(self):
        if self.process is None:
            return  # its descriptors are closed, or others by now
        os.close(self.orders)
        os.close(self.answers)


def quantile(ranked, share):
    """The smallest of the values that so large a share does not exceed."""
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]
