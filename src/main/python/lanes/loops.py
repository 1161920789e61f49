"""A worker that is an event loop: it takes orders as they come, while its coroutines wait."""

import os

from lanes import records
from lanes.task import Worker


def serve(ends, workload_path, parameters):
    """Says that it is up, then runs a coroutine per order until the orders end."""
    import asyncio

    orders = ends[0]
    try:
        loop = asyncio.new_event_loop()
        worker = Worker(workload_path, parameters)
        running = set()  # the loop itself would not keep a coroutine that waits

        # One order at a time, so that of coroutines that only compute the next waits in the pipe,
        # for whichever loop is free first.
        def take():
            try:
                order = records.next_order(ends, _wait)
            except BlockingIOError:
                return
            if order is None:
                return loop.stop()
            task = loop.create_task(_run(ends, worker, *order))
            running.add(task)
            task.add_done_callback(running.discard)

        os.set_blocking(orders, False)
        loop.add_reader(orders, take)
        records.up(ends)
        loop.run_forever()
        loop.close()
        worker.close()
    except BaseException as error:
        records.send_failure(ends, records.UP, error)


async def _run(ends, worker, task, argument):
    try:
        records.answer(ends, task, await worker.run_async(argument))
    except BaseException as error:
        records.send_failure(ends, task, error)


def _wait(pipe):
    import select

    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    poll.poll()
