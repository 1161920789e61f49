"""A task that waits 50 ms, by a coroutine where there is an event loop."""

# /// workload
# title = "Waits"
# summary = "Sleeps for 50 ms."
# ///

import asyncio
import time


def prepare():
    """No state."""


def task(state):
    time.sleep(0.05)


async def coroutine(state):
    await asyncio.sleep(0.05)


def expected():
    return None
