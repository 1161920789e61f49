"""A pool of the standard library, of threads or of processes, kept for the life of the arm.

The worker functions live in an importable module because `spawn` and `forkserver` send them by
name. Worker state is thread-local: one state per thread, hence also one per process.
"""

import os
import threading

from lanes.task import Worker, load

HERE, DONE = b".", b"!"

_here = threading.local()


def start(barrier, workload_path, parameters):
    """Initializer of a worker. It only notes: an error here would lose its traceback."""
    _here.barrier = barrier
    _here.prepare = lambda: Worker(workload_path, parameters)


def start_alone(barrier, workload_path, parameters):
    """The same in an interpreter with one worker, where what is local to a thread ends with a call.

    Each call into an interpreter is a thread of its own to it.
    """
    global _here
    _here = type("Here", (), {})
    start(barrier, workload_path, parameters)


def arrive():
    """Prepares the worker and holds it until all are there, so that each arrives once."""
    _here.worker = _here.prepare()
    _here.barrier.wait()


def run(argument):
    """Runs one task; returns what travels back."""
    return _here.worker.run(argument)


def leave():
    """Closes the worker and holds it until all have come, so that each leaves once."""
    _here.worker.close()
    _here.barrier.wait()


class Gate:
    """The workers' side of a barrier across interpreters: a pipe to arrive at, one to wait for."""

    def __init__(self, ends):
        self.arrived, self.gate = ends

    def wait(self):
        os.write(self.arrived, HERE)
        os.read(self.gate, 1)


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
        self.executor = self.open()
        self._each(arrive)

    def run(self, arguments, on_first=None):
        futures = [self.executor.submit(run, argument) for argument in arguments]
        # Not by a callback of the future: those may run after `result` has returned.
        first = futures[0].result()
        if on_first:
            on_first()
        return [first, *(future.result() for future in futures[1:])]

    def destroy(self):
        if hasattr(load(self.workload_path, "workload"), "close"):
            self._each(leave)
        self.executor.shutdown(wait=True)

    def _each(self, work):
        """Has every worker do this once."""
        # At the top, it would load the executors before the phase that times their import.
        from concurrent.futures import FIRST_EXCEPTION, wait

        done = [self.executor.submit(work) for _ in range(self.parallelism)]
        # A worker that fails leaves the others waiting: look at the first error.
        for future in wait(done, return_when=FIRST_EXCEPTION).done:
            future.result()


class ThreadPool(Pool):
    """A pool of threads."""

    def open(self):
        from concurrent.futures.thread import ThreadPoolExecutor

        barrier = threading.Barrier(self.parallelism)
        return ThreadPoolExecutor(
            max_workers=self.parallelism,
            initializer=start,
            initargs=(barrier, self.workload_path, self.parameters),
        )


def load_processes():
    """Imports the executor of processes and what of multiprocessing it would load later."""
    import concurrent.futures.process
    import multiprocessing.heap
    import multiprocessing.synchronize  # noqa: F401


class ProcessPool(Pool):
    """A pool of processes; a subclass says by which `method` they are started.

    Forks only from a single thread: with `fork` the executor starts its workers before its own
    manager thread, from 3.9.13 and 3.10.5 on.
    """

    method = None

    def open(self):
        # Not at the top, as each worker of `spawn` loads this file and needs nothing of it.
        from concurrent.futures.process import ProcessPoolExecutor

        from lanes import children

        context = children.context(self.method)
        return ProcessPoolExecutor(
            max_workers=self.parallelism,
            mp_context=context,
            initializer=start,
            initargs=(context.Barrier(self.parallelism), self.workload_path, self.parameters),
        )

    def create(self):
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import active_children

        self.broken = BrokenProcessPool
        self.workers = []
        try:
            super().create()
        except BrokenProcessPool:
            raise self._crash() from None
        self.workers = active_children()

    def run(self, arguments, on_first=None):
        try:
            return super().run(arguments, on_first)
        except self.broken:
            raise self._crash() from None

    def _crash(self):
        # Shutting down joins the manager thread, which reaps every worker.
        from lanes import children

        self.executor.shutdown(wait=True)
        return children.crashed(worker.exitcode for worker in self.workers)
