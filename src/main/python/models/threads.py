"""A thread pool that lives as long as the process."""

# /// model
# title = "Threads"
# summary = "One ThreadPoolExecutor for all batches; on a free-threaded build it runs in parallel."
# starts = "one thread per worker"
# handover = "the executor's SimpleQueue; the result by reference"
# create = "all threads started, each with its own prepared state"
# serves = true
# ///

import lanes.pool
from lanes.serving import hosts


def load():
    """Imports the executor and its threads."""
    import concurrent.futures.thread  # noqa: F401


class Model(lanes.pool.ThreadPool):
    """All of it is in lanes/pool.py, where asyncio with an executor has it from too."""


class Server(hosts.Server):
    """One thread that accepts, and a pool that answers."""

    work = ("lanes.serving.blocking", "pool")

    def __init__(self, **options):
        super().__init__(**options)
        self.options["threads"] = self.parallelism

    def workers(self):
        return 1
