"""Coroutines in one event loop that lives as long as the process."""

# /// model
# title = "asyncio"
# summary = "Coroutines on one event loop: concurrency in one thread, so CPU-bound tasks queue up."
# starts = "one event loop; parallelism has no effect"
# handover = "one coroutine per task, gathered; the result by reference"
# create = "the loop running, and the workload's state prepared once"
# ///

from lanes.task import prepared


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
        self.task = prepared(self.workload_path, self.parameters)
        self.loop.run_until_complete(asyncio.sleep(0))

    def run(self, tasks, on_first=None):
        return self.loop.run_until_complete(self._gathered(tasks, on_first))

    def destroy(self):
        self.loop.close()

    async def _gathered(self, tasks, on_first):
        return await asyncio.gather(self._one(on_first), *(self._one() for _ in range(tasks - 1)))

    async def _one(self, on_first=None):
        checksum = self.task()
        if on_first:
            on_first()
        return checksum
