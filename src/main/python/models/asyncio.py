"""Coroutines in one event loop that lives as long as the process."""

# /// model
# title = "asyncio"
# summary = "Coroutines on one event loop: concurrency in one thread, so CPU-bound tasks queue up."
# starts = "one event loop; parallelism has no effect"
# handover = "one coroutine per task, gathered; the result by reference"
# create = "the loop running, and the workload's state prepared once"
# serves = true
# ///

from lanes.serving import hosts
from lanes.task import Worker


def load():
    """Imports the event loop."""
    global asyncio
    import asyncio


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters

    def create(self):
        # asyncio.Runner would say the same, but only from 3.11 on.
        self.loop = asyncio.new_event_loop()
        self.worker = Worker(self.workload_path, self.parameters)
        self.loop.run_until_complete(asyncio.sleep(0))

    def run(self, arguments, on_first=None):
        return self.loop.run_until_complete(self._gathered(arguments, on_first))

    def destroy(self):
        self.worker.close()
        self.loop.close()

    async def _gathered(self, arguments, on_first):
        first, *others = arguments
        return await asyncio.gather(
            self._first(first, on_first), *map(self.worker.run_async, others)
        )

    async def _first(self, argument, on_first):
        result = await self.worker.run_async(argument)
        if on_first:
            on_first()
        return result


class Server(hosts.Server):
    """One event loop in a thread of its own."""

    work = ("lanes.serving.loop", "serve")

    def workers(self):
        return 1
