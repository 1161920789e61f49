"""Subinterpreters that live as long as the process, each with its own GIL, fed by pipes."""

# /// model
# title = "Subinterpreters"
# summary = "Isolated interpreters in one process, each with its own GIL and its own OS thread."
# starts = "one OS thread and one isolated interpreter per worker"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all interpreters started, each with its own imports and prepared state"
# since = "3.12"
# ///

import os
import sys

from lanes import records
from lanes.task import Failure

SCRIPT = """
import sys
del sys.argv[1:]
sys.path.append({folder!r})
from lanes.records import serve
serve({ends!r}, {path!r}, {parameters!r})
"""


def load():
    """Imports threads and finds the API of this version."""
    global Thread, create, execute, close
    from threading import Thread

    # Before 3.12 subinterpreters exist, but share one GIL (PEP 684).
    if sys.version_info < (3, 12):
        raise _unsupported()
    for api in (_public_api, _private_api, _first_api):
        try:
            create, execute, close = api()
            return
        except ImportError:
            continue
    raise _unsupported()


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism

    def create(self):
        self.parent = records.Parent(self.workload_path, self.parallelism)
        script = SCRIPT.format(
            folder=os.path.dirname(os.path.dirname(records.__file__)),
            ends=self.parent.worker_ends,
            path=self.workload_path,
            parameters=self.parameters,
        )
        self.threads = [
            Thread(target=_live, args=(script, self.parent.worker_ends))
            for _ in range(self.parallelism)
        ]
        for thread in self.threads:
            thread.start()
        self.parent.arrived(self.parallelism)

    def run(self, arguments, on_first=None):
        return self.parent.run(arguments, on_first)

    def destroy(self):
        self.parent.dismiss()
        for thread in self.threads:
            thread.join()
        # All are gone, so this is the end of the pipe, or why one could not be destroyed.
        self.parent.close()


def _live(script, ends):
    """The life of one interpreter, all of it in one OS thread."""
    try:
        interpreter = create()
        try:
            execute(interpreter, script)
        finally:
            close(interpreter)
    except BaseException as error:
        records.send_failure(ends, records.UP, error)


def _public_api():
    """3.14 and later."""
    from concurrent import interpreters

    return interpreters.create, interpreters.Interpreter.exec, interpreters.Interpreter.close


def _private_api():
    """3.13, whose exec() returns what was raised instead of raising it."""
    import _interpreters

    def execute(interpreter, script):
        raised = _interpreters.exec(interpreter, script)
        if raised is not None:
            raise RuntimeError(raised.errdisplay or raised.formatted)

    return _interpreters.create, execute, _interpreters.destroy


def _first_api():
    """3.12."""
    import _xxsubinterpreters

    return _xxsubinterpreters.create, _xxsubinterpreters.run_string, _xxsubinterpreters.destroy


def _unsupported():
    version = ".".join(map(str, sys.version_info[:3]))
    needed = "subinterpreters with a GIL of their own need CPython 3.12 or later"
    return Failure("unsupported", f"{needed}; this is {sys.implementation.name} {version}", "")
