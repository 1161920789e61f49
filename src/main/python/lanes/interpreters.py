"""Interpreters of their own inside this process, by whatever API the version has for them.

The scripts that they run are text, as that is all that 3.12 can hand over.
"""

import os
import sys

from lanes import records
from lanes.task import Failure, failure

# First in every script: the same view of modules and arguments that the other workers have.
PREAMBLE = f"""
import sys
del sys.argv[1:]
sys.path.append({os.path.dirname(os.path.dirname(os.path.abspath(records.__file__)))!r})
"""


def api():
    """(create, execute, close) of interpreters that each have a GIL of their own.

    `execute(interpreter, script, **shared)` runs the script in `__main__`, where the shared values
    are names, and raises if it fails. Those may be None, numbers, text and bytes.
    """
    # Before 3.12 subinterpreters exist, but share one GIL (PEP 684).
    return _first_of((_public_api, _private_api, _first_api))


def legacy_api():
    """The same for interpreters that share the GIL of the main interpreter."""
    return _first_of((_private_legacy_api, _first_legacy_api))


def _first_of(apis):
    if sys.version_info >= (3, 12):
        for each in apis:
            try:
                return each()
            except ImportError:
                continue
    raise unsupported("subinterpreters with a GIL of their own need CPython 3.12 or later")


class Fed:
    """An execution model of interpreters that live as long as the process, fed by pipes.

    Each lives in one OS thread. A subclass says by which API, and may say what each runs.
    """

    script = "from lanes.records import serve\nserve({ends!r}, {path!r}, {parameters!r})\n"
    workers_each = 1

    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism
        self.variant = variant

    def api(self):
        """(create, execute, close), as above."""
        raise NotImplementedError

    def create(self):
        from threading import Thread

        workers = self.parallelism * self.workers_each
        self.parent = records.Parent(self.workload_path, workers)
        script = PREAMBLE + self.script.format(
            ends=self.parent.worker_ends,
            path=self.workload_path,
            parameters=self.parameters,
            each=self.workers_each,
        )
        life = self.api(), script, self.parent.report
        self.threads = [Thread(target=live, args=life) for _ in range(self.parallelism)]
        for thread in self.threads:
            thread.start()
        self.parent.arrived(workers)

    def run(self, arguments, on_first=None):
        return self.parent.run(arguments, on_first)

    def destroy(self):
        self.parent.dismiss()
        for thread in self.threads:
            thread.join()
        # All are gone, so this is the end of the pipe, or why one could not be destroyed.
        self.parent.close()


def live(api, script, say, **shared):
    """The life of one interpreter, all of it in the calling OS thread; says the Failure it met."""
    create, execute, close = api
    try:
        interpreter = create()
        try:
            execute(interpreter, script, **shared)
        finally:
            close(interpreter)
    except BaseException as error:
        say(failure(error))


def unsupported(needed):
    """What is needed, and what this is."""
    version = ".".join(map(str, sys.version_info[:3]))
    reason = f"{needed}; this is {sys.implementation.name} {version}"
    return Failure("unsupported", reason, "")


def _public_api():
    """3.14 and later."""
    from concurrent.interpreters import Interpreter, create

    def execute(interpreter, script, **shared):
        if shared:
            interpreter.prepare_main(shared)
        interpreter.exec(script)

    return create, execute, Interpreter.close


def _private_api():
    """3.13, whose exec() returns what was raised instead of raising it."""
    import _interpreters

    def execute(interpreter, script, **shared):
        if shared:
            _interpreters.set___main___attrs(interpreter, shared)
        raised = _interpreters.exec(interpreter, script)
        if raised is not None:
            raise RuntimeError(raised.errdisplay or raised.formatted)

    return _interpreters.create, execute, _interpreters.destroy


def _private_legacy_api():
    """3.13 and later: the public API creates isolated ones only."""
    import _interpreters

    _, execute, close = _private_api()
    return lambda: _interpreters.create("legacy"), execute, close


def _first_api():
    """3.12."""
    import _xxsubinterpreters

    def execute(interpreter, script, **shared):
        _xxsubinterpreters.run_string(interpreter, script, shared)

    return _xxsubinterpreters.create, execute, _xxsubinterpreters.destroy


def _first_legacy_api():
    import _xxsubinterpreters

    _, execute, close = _first_api()
    return lambda: _xxsubinterpreters.create(isolated=False), execute, close
