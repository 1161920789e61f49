"""A pool of interpreters that lives as long as the process, of the standard library."""

# /// model
# id = "interpreter-pool"
# title = "Interpreter pool"
# summary = "One InterpreterPoolExecutor for all batches; every worker has a GIL of its own."
# starts = "one OS thread and one isolated interpreter per worker"
# handover = "the executor's SimpleQueue to the thread, from there a call with pickled arguments"
# create = "all interpreters started, each with its own imports and prepared state"
# since = "3.14"
# ///

import os
import sys

import lanes.pool
from lanes import interpreters

SCRIPT = """
from lanes.pool import Gate, start_alone
start_alone(Gate({ends!r}), {path!r}, {parameters!r})
"""


def load():
    """Imports the executor."""
    global InterpreterPoolExecutor
    if sys.version_info < (3, 14):
        raise interpreters.unsupported("InterpreterPoolExecutor needs CPython 3.14 or later")
    from concurrent.futures.interpreter import InterpreterPoolExecutor


class Model(lanes.pool.Pool):
    def open(self):
        arrivals, arrived = os.pipe()
        gate, opening = os.pipe()
        self.ends = arrivals, arrived, gate, opening
        script = interpreters.PREAMBLE + SCRIPT.format(
            ends=(arrived, gate), path=self.workload_path, parameters=self.parameters
        )
        # A function of ours could not be imported there before the script has run.
        return InterpreterPoolExecutor(
            max_workers=self.parallelism, initializer=exec, initargs=(script, {})
        )

    def destroy(self):
        super().destroy()
        for end in self.ends:
            os.close(end)

    def _each(self, work):
        """Has every worker do this once: as they cannot share a barrier, this thread is it."""
        arrivals, arrived, _, opening = self.ends
        done = [self.executor.submit(work) for _ in range(self.parallelism)]
        for future in done:
            future.add_done_callback(lambda _: os.write(arrived, lanes.pool.DONE))
        for _ in done:
            if os.read(arrivals, 1) == lanes.pool.DONE:  # before the gate is open: it failed
                next(future for future in done if future.done()).result()
        os.write(opening, lanes.pool.HERE * self.parallelism)
        for future in done:
            future.result()
            os.read(arrivals, 1)
