"""An event loop that hands its tasks to a pool: how blocking work is kept off a loop.

The coroutines only wait: `task` runs in the pool's workers, `coroutine` of a workload is not used.
"""

# /// model
# id = "asyncio"
# title = "asyncio with an executor"
# summary = "One event loop that hands every task to a pool by run_in_executor and awaits them."
# variants = ["threads", "processes"]
# starts = "one event loop, and one thread or one forked process per worker"
# handover = "the executor's, and one wake-up of the loop for each result"
# create = "all workers started, each with its own prepared state, then the loop running"
# ///

import lanes.pool
from lanes.task import Failure


def load():
    """Imports the event loop and both executors."""
    global asyncio
    import asyncio
    import concurrent.futures.thread  # noqa: F401

    lanes.pool.load_processes()


class _Loop(lanes.pool.Pool):
    """A pool whose batches are run by an event loop."""

    def create(self):
        super().create()
        # After the pool, whose workers may be forked.
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(asyncio.sleep(0))

    def run(self, arguments, on_first=None):
        return self.loop.run_until_complete(self._gathered(arguments, on_first))

    def destroy(self):
        self.loop.close()
        super().destroy()

    async def _gathered(self, arguments, on_first):
        first, *others = [
            self.loop.run_in_executor(self.executor, lanes.pool.run, argument)
            for argument in arguments
        ]
        return await asyncio.gather(_first(first, on_first), *others)


async def _first(future, on_first):
    result = await future
    if on_first:
        on_first()
    return result


class _Threads(_Loop, lanes.pool.ThreadPool):
    pass


class _Processes(lanes.pool.ProcessPool, _Loop):
    method = "fork"


def Model(*, variant, **arm):
    models = {"threads": _Threads, "processes": _Processes}
    if variant not in models:
        raise Failure("unsupported", f"variant {variant!r} is not one of {list(models)}", "")
    return models[variant](variant=variant, **arm)
