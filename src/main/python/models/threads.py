"""A thread pool that lives as long as the process."""

# /// model
# title = "Threads"
# summary = "One ThreadPoolExecutor for all batches; on a free-threaded build it runs in parallel."
# starts = "one thread per worker"
# handover = "the executor's SimpleQueue; the result by reference"
# create = "all threads started, each with its own prepared state"
# ///

import lanes.pool


def load():
    """Imports the executor and its threads."""
    global Barrier, ThreadPoolExecutor
    from concurrent.futures.thread import ThreadPoolExecutor
    from threading import Barrier


class Model(lanes.pool.Pool):
    def open(self):
        return ThreadPoolExecutor(
            max_workers=self.parallelism,
            initializer=lanes.pool.start,
            initargs=(Barrier(self.parallelism), self.workload_path, self.parameters),
        )
