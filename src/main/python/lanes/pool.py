"""A pool of the standard library, of threads or of processes, kept for the life of the arm.

The worker functions live in an importable module because `spawn` and `forkserver` send them by
name. Worker state is thread-local: one state per thread, hence also one per process.
"""

import threading

from lanes.task import prepared

_worker = threading.local()


def start(barrier, workload_path, parameters):
    """Initializer of a worker. It only notes: an error here would lose its traceback."""
    _worker.barrier = barrier
    _worker.prepare = lambda: prepared(workload_path, parameters)


def arrive():
    """Prepares the worker and holds it until all are there, so that each arrives once."""
    _worker.run = _worker.prepare()
    _worker.barrier.wait()


def run():
    """Runs one task; returns its checksum."""
    return _worker.run()


class Pool:
    """An execution model on top of `concurrent.futures`; a subclass opens the executor."""

    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism
        self.variant = variant

    def open(self):
        """Opens the executor, with `start` as the initializer of its workers."""
        raise NotImplementedError

    def create(self):
        # At the top, it would load the executors before the phase that times their import.
        from concurrent.futures import FIRST_EXCEPTION, wait

        self.executor = self.open()
        arrivals = [self.executor.submit(arrive) for _ in range(self.parallelism)]
        # A worker that fails to prepare leaves the others waiting: look at the first error.
        for arrival in wait(arrivals, return_when=FIRST_EXCEPTION).done:
            arrival.result()

    def run(self, tasks, on_first=None):
        futures = [self.executor.submit(run) for _ in range(tasks)]
        # Not by a callback of the future: those may run after `result` has returned.
        first = futures[0].result()
        if on_first:
            on_first()
        return [first, *(future.result() for future in futures[1:])]

    def destroy(self):
        self.executor.shutdown(wait=True)
