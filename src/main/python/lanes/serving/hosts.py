"""Where the workers of a server live: in threads, forked processes or isolated interpreters.

A worker is a function `work(stopped, up, **options)` of an importable module: it prepares itself,
calls up(), and returns once the descriptor `stopped` is readable. It accepts while it holds fewer
than `share` connections, an equal part of the load's; more wait until one is closed.
"""

import os

from lanes.serving.application import text_of
from lanes.task import Failure

UP = b"+"
READ_BYTES = 65536


class Server:
    """Workers on one listening socket. A subclass says where they live, how many, and what they do.

    `watched` are descriptors that become readable when a worker has failed or ended; `failure_of`
    says why.
    """

    host = "threads"
    work = None  # (module, function)

    def __init__(self, *, workload_path, parameters, parallelism, variant, listener):
        self.variant = variant
        self.parallelism = parallelism
        self.connections = parameters["connections"]
        self.options = {
            "listener": listener.fileno(),
            "path": workload_path,
            "parameters": parameters,
        }

    def workers(self):
        """How many there are."""
        return self.parallelism

    def create(self):
        """Starts the workers; returns when each of them accepts."""
        start = HOSTS[self.host]()
        self.stopped, self.stop = os.pipe()
        self.ends = {}
        workers = self.workers()
        # Of several workers the first to wake could take all connections for as long as they stay
        # open, and the others would serve nothing: chance would decide what is measured.
        share = -(-self.connections // workers)
        options = {**self.options, "share": share}
        for _ in range(workers):
            report, told = os.pipe()
            self.ends[report] = start(self.stop, self.stopped, told, self.work, options)
        for report in self.ends:
            first = os.read(report, len(UP))
            if first != UP:
                raise self.failure_of(report, first)

    @property
    def watched(self):
        return list(self.ends)

    def failure_of(self, report, read=b""):
        """What a worker wrote to its report, or how it ended, as a Failure."""
        text = read + _rest(report)
        if text:
            return Failure(*text.decode(errors="replace").split("\n", 2))
        return Failure("crashed", self.ends[report]() or "a worker ended too early", "")

    def destroy(self):
        """Ends the workers; raises what one of them failed with in its end."""
        os.close(self.stop)
        failures = []
        for report, ended in self.ends.items():
            text = _rest(report)
            os.close(report)
            crash = ended()
            if text:
                failures.append(Failure(*text.decode(errors="replace").split("\n", 2)))
            elif crash:
                failures.append(Failure("crashed", crash, ""))
        os.close(self.stopped)
        if failures:
            raise failures[0]


def live(stopped, told, work, options):
    """The life of a worker, wherever that is; what it fails with goes to its report."""
    module, name = work
    try:
        function = getattr(__import__(module, fromlist=[name]), name)
        function(stopped, lambda: os.write(told, UP), **options)
    except BaseException as error:
        os.write(told, text_of(error))


def _threads():
    from threading import Thread

    def start(stop, stopped, told, work, options):
        def run():
            live(stopped, told, work, options)
            os.close(told)

        thread = Thread(target=run)
        thread.start()
        return thread.join

    return start


def _processes():
    """Forked from one thread: the client of the load is no child that would need another."""

    def start(stop, stopped, told, work, options):
        worker = os.fork()
        if worker:
            os.close(told)
            return lambda: _end_of(worker)
        try:
            os.close(stop)  # else this process itself would keep the stop from coming
            live(stopped, told, work, options)
        finally:
            os._exit(0)

    return start


def _subinterpreters():
    from threading import Thread

    from lanes import interpreters

    create, execute, close = interpreters.api()

    def start(stop, stopped, told, work, options):
        call = f"live({stopped!r}, {told!r}, {work!r}, {options!r})\n"
        script = f"{interpreters.PREAMBLE}from lanes.serving.hosts import live\n{call}"

        def run():
            try:
                interpreter = create()
                try:
                    execute(interpreter, script)
                finally:
                    close(interpreter)
            except BaseException as error:
                os.write(told, text_of(error))
            os.close(told)

        thread = Thread(target=run)
        thread.start()
        return thread.join

    return start


HOSTS = {"threads": _threads, "processes": _processes, "subinterpreters": _subinterpreters}


def _end_of(worker):
    """Waits for a process; says how it ended, unless as it should."""
    import signal

    _, status = os.waitpid(worker, 0)
    if os.WIFSIGNALED(status):
        return f"a worker process ended by {signal.Signals(os.WTERMSIG(status)).name}"
    code = os.WEXITSTATUS(status)
    return f"a worker process exited with status {code}" if code else None


def _rest(report):
    """What there is until the end of the worker."""
    chunks = []
    while True:
        chunk = os.read(report, READ_BYTES)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
