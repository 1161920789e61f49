"""A process pool that lives as long as the process, with each start method as a variant."""

# /// model
# title = "Processes"
# summary = "One ProcessPoolExecutor for all batches; every worker has an interpreter of its own."
# variants = ["fork", "forkserver", "spawn"]
# starts = "one process per worker; forkserver and spawn also start helpers of multiprocessing"
# handover = "pickled through the executor's pipes"
# create = "all processes started by the variant's method, each with its own prepared state"
# ///

import signal

import lanes.pool
from lanes.task import Failure


def load():
    """Imports the executor and the parts of multiprocessing that it would load later."""
    global BrokenProcessPool, ProcessPoolExecutor, multiprocessing
    import multiprocessing.heap
    import multiprocessing.synchronize
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor


class Model(lanes.pool.Pool):
    """Forks only from a single thread: with `fork` the executor starts its workers before its own
    manager thread, from 3.9.13 and 3.10.5 on."""

    def open(self):
        methods = multiprocessing.get_all_start_methods()
        if self.variant not in methods:  # None would silently mean the version's default
            reason = f"start method {self.variant!r} is not one of this system's {methods}"
            raise Failure("unsupported", reason, "")
        context = multiprocessing.get_context(self.variant)
        return ProcessPoolExecutor(
            max_workers=self.parallelism,
            mp_context=context,
            initializer=lanes.pool.start,
            initargs=(context.Barrier(self.parallelism), self.workload_path, self.parameters),
        )

    def create(self):
        self.workers = []
        try:
            super().create()
        except BrokenProcessPool:
            raise self._crash() from None
        self.workers = multiprocessing.active_children()

    def run(self, arguments, on_first=None):
        try:
            return super().run(arguments, on_first)
        except BrokenProcessPool:
            raise self._crash() from None

    def _crash(self):
        # Shutting down joins the manager thread, which reaps every worker. It ends the innocent
        # ones by SIGTERM, so that one only counts where nothing else is found.
        self.executor.shutdown(wait=True)
        codes = {worker.exitcode for worker in self.workers} - {None, 0}
        codes = codes - {-signal.SIGTERM} or codes
        ends = [
            f"ended by {signal.Signals(-code).name}" if code < 0 else f"exited with status {code}"
            for code in sorted(codes)
        ]
        return Failure("crashed", f"a worker process {' and '.join(ends) or 'ended'}", "")
