"""Worker processes of a model's own: how they are fed, and what their end is called.

What runs in them lives here and not in the models, because `spawn` and `forkserver` send it by
name. For them this module loads little.
"""

import os

from lanes import records
from lanes.task import Failure, Worker, failure


def context(method):
    """multiprocessing with an explicit start method, which no default of a version can change."""
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    if method not in methods:  # None would silently mean the version's default
        reason = f"start method {method!r} is not one of this system's {methods}"
        raise Failure("unsupported", reason, "")
    return multiprocessing.get_context(method)


def crashed(codes):
    """How workers ended, by their exit codes as multiprocessing has them; None is not known."""
    import signal

    # Those that are ended for another's fault get SIGTERM: it counts where nothing else is found.
    codes = set(codes) - {None, 0}
    codes = codes - {-signal.SIGTERM} or codes
    ends = [
        f"ended by {signal.Signals(-code).name}" if code < 0 else f"exited with status {code}"
        for code in sorted(codes)
    ]
    return Failure("crashed", f"a worker process {' and '.join(ends) or 'ended'}", "")


def run_one(results, workload_path, parameters, data):
    """A process of one task, with its argument as `records.packed` has it.

    Sends (value, None) or (None, what it failed with) as bytes, after all else is done.
    """
    try:
        worker = Worker(workload_path, parameters)
        # Packed before the state is closed, on which the value may depend.
        answer = records.packed((worker.run(records.unpacked(data)), None))
        worker.close()
    except BaseException as error:
        answer = records.packed((None, failure(error).args))
    results.send_bytes(answer)
    results.close()


def do_nothing():
    """A process that only shows that processes can be started."""


class Forked:
    """An execution model of processes that are forked once and live as long as this one.

    They are fed by the pipes of lanes/records.py. A subclass may say what each does.
    """

    workers_each = 1

    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism
        self.variant = variant

    def open(self, workers):
        """The parent's ends for so many workers."""
        return records.Parent(self.workload_path, workers)

    def live(self, ends):
        """The life of one process; tells its errors through the ends."""
        records.serve(ends, self.workload_path, self.parameters)

    def create(self):
        workers = self.parallelism * self.workers_each
        fork = context("fork")
        self.parent = self.open(workers)
        self.processes = [fork.Process(target=self._live) for _ in range(self.parallelism)]
        for process in self.processes:
            process.start()
        self.parent.watch([process.sentinel for process in self.processes], self._lost)
        self.parent.arrived(workers)

    def run(self, arguments, on_first=None):
        return self.parent.run(arguments, on_first)

    def destroy(self):
        self.parent.dismiss()
        for process in self.processes:
            process.join()
        self.parent.close()

    def _live(self):
        # Else the orders would have no end, as each worker would keep them open for the others.
        os.close(self.parent.orders)
        os.close(self.parent.results)
        self.live(self.parent.worker_ends)

    def _lost(self):
        from multiprocessing.connection import wait

        ended = wait([process.sentinel for process in self.processes], 0)
        for process in self.processes:
            if process.sentinel in ended:
                process.join()
        return crashed(process.exitcode for process in self.processes)
