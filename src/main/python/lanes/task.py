"""A worker's side of a workload: its file, its state, its tasks and why they fail.

What a workload's file may define:

    prepare(**parameters)                 required: one worker's state
    task(state)                           required: one task; returns its value
    task(state, argument)                 instead, where `arguments` is defined
    arguments(tasks, **parameters)        a list, one for each task, that the model hands over
    expected(**parameters)                the value every task must give, found by another way
    expected(argument, **parameters)      instead, where `arguments` is defined
    checksum(value)                       text that stands for a value; else the CRC-32 of its repr
    gather = True                         the value itself travels back, not only its checksum
    steps(**parameters)                   with gather: how often a batch is handed over, each time
                                          with the values of the time before as arguments
    observe(values)                       with gather: {measure: number} of one batch
    coroutine(state) or (state, argument) what event loops run in place of `task`
    close(state)                          when the worker ends

A workload of requests in place of tasks is described in lanes/serving/application.py.

One rule for all models: without `gather` the checksum of a task's value is computed where the task
ran, so that handing over a result costs the same short text everywhere.
"""

import os
import sys
import zlib
from _thread import RLock

# Where importlib.util has them from, which some versions load much else for, in each worker.
from importlib._bootstrap import module_from_spec
from importlib._bootstrap_external import spec_from_file_location

CHECKSUM_LIMIT = 200
TRACEBACK_LIMIT = 4000

_loading = RLock()  # where several threads are the first to load a file, one does


class Failure(Exception):
    """Why an arm cannot go on: (outcome, one-line message, traceback text or "")."""


def load(path, kind):
    """The file as module `lanes_<kind>_<name>`, loaded once per process or subinterpreter.

    So threads share the workload's globals, as they would in a program of the user's own.
    """
    name = f"lanes_{kind}_{os.path.splitext(os.path.basename(path))[0]}"
    with _loading:
        if name in sys.modules:
            return sys.modules[name]
        spec = spec_from_file_location(name, path)
        module = module_from_spec(spec)
        # Registered, so that exceptions and values of the workload's own types can be pickled.
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        return module


def checksum_of(workload):
    """The workload's own `checksum(value) -> str`, or the CRC-32 of the value's repr."""
    return getattr(workload, "checksum", lambda value: f"{zlib.crc32(repr(value).encode()):08x}")


def checked(text):
    """The text of a checksum; ValueError if a workload gave something else."""
    if not isinstance(text, str) or len(text) > CHECKSUM_LIMIT:
        raise ValueError(
            f"checksum() gave {text!r:.80}; it must be text of at most"
            f" {CHECKSUM_LIMIT} characters, so hash long values"
        )
    return text


def gathers(workload):
    """Whether values travel back, and not only their checksums."""
    return getattr(workload, "gather", False)


class Worker:
    """One worker's prepared state. Its methods raise only Failure.

    `run(argument)` runs one task and returns what travels back: its checksum, or with `gather` its
    value. `run_async(argument)` is the same as a coroutine.
    """

    def __init__(self, path, parameters):
        try:
            workload = load(path, "workload")
            state = workload.prepare(**parameters)
        except BaseException as error:
            raise failure(error) from None
        self.close = _closing(workload, state)
        takes = hasattr(workload, "arguments")
        result = (lambda value: value) if gathers(workload) else _checksum(workload)
        task = workload.task
        coroutine = getattr(workload, "coroutine", None)

        # BaseException: a task that calls sys.exit() must not end its worker unseen.
        def run(argument=None):
            try:
                return result(task(state, argument) if takes else task(state))
            except BaseException as error:
                raise failure(error) from None

        async def run_async(argument=None):
            try:
                if coroutine is None:
                    return result(task(state, argument) if takes else task(state))
                return result(await (coroutine(state, argument) if takes else coroutine(state)))
            except Exception as error:
                raise failure(error) from None

        self.run, self.run_async = run, run_async


def _checksum(workload):
    checksum = checksum_of(workload)
    return lambda value: checked(checksum(value))


def _closing(workload, state):
    def close():
        try:
            getattr(workload, "close", lambda state: None)(state)
        except BaseException as error:
            raise failure(error) from None

    return close


def failure(error):
    """The error as Failure; an ImportError is told apart, as some models refuse some modules."""
    if isinstance(error, Failure):
        return error
    import traceback

    lines = traceback.format_exception(type(error), error, error.__traceback__)
    last = traceback.format_exception_only(type(error), error)
    outcome = "import_error" if isinstance(error, ImportError) else "exception"
    message = " ".join("".join(last).split())[:500]
    return Failure(outcome, message, "".join(lines)[-TRACEBACK_LIMIT:])
