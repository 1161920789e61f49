"""A worker's side of a workload: its file, its state, its tasks and why they fail.

One rule for all models: the checksum of a task's value is computed where the task ran, so that
handing over a result costs the same short text everywhere.
"""

import os
import sys
import zlib

# Where importlib.util has them from, which some versions load much else for, in each worker.
from importlib._bootstrap import module_from_spec
from importlib._bootstrap_external import spec_from_file_location

CHECKSUM_LIMIT = 200
TRACEBACK_LIMIT = 4000


class Failure(Exception):
    """Why an arm cannot go on: (outcome, one-line message, traceback text or "")."""


def load(path, kind):
    """The file as module `lanes_<kind>_<name>`, loaded once per process or subinterpreter.

    So threads share the workload's globals, as they would in a program of the user's own.
    """
    name = f"lanes_{kind}_{os.path.splitext(os.path.basename(path))[0]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    module = module_from_spec(spec)
    # Registered, so that exceptions and values of the workload's own types can be pickled.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def checksum_of(workload):
    """The workload's own `checksum(value) -> str`, or the CRC-32 of the value's repr."""
    return getattr(workload, "checksum", lambda value: f"{zlib.crc32(repr(value).encode()):08x}")


def prepared(path, parameters):
    """Prepares one worker's state; returns `run() -> checksum`, which raises only Failure."""
    try:
        workload = load(path, "workload")
        state = workload.prepare(**parameters)
    except BaseException as error:
        raise failure(error) from None
    task, checksum = workload.task, checksum_of(workload)

    def run():
        # BaseException: a task that calls sys.exit() must not end its worker unseen.
        try:
            text = checksum(task(state))
            if not isinstance(text, str) or len(text) > CHECKSUM_LIMIT:
                raise ValueError(
                    f"checksum() gave {text!r:.80}; it must be text of at most"
                    f" {CHECKSUM_LIMIT} characters, so hash long values"
                )
            return text
        except BaseException as error:
            raise failure(error) from None

    return run


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
