"""Waits, as for an answer from elsewhere, and does nothing else.

Stresses how many tasks a model can have waiting at once: workers that block wait one task after the
other, coroutines all together. Shares nothing. Parameter: `milliseconds` of each wait; event loops
await asyncio.sleep, all others call time.sleep. Origin: written for Lanes.
"""

# /// workload
# title = "Waiting"
# summary = "Sleeps and does nothing else; event loops await instead of blocking."
# [parameters.milliseconds]
# type = "integer"
# unit = "ms"
# description = "how long one task waits"
# default = 10
# minimum = 0
# maximum = 60000
# ///

import time


def prepare(milliseconds):
    return milliseconds


def task(milliseconds):
    time.sleep(milliseconds / 1000)
    return milliseconds


async def coroutine(milliseconds):
    # Not at the top: workers that block need no event loop.
    import asyncio

    await asyncio.sleep(milliseconds / 1000)
    return milliseconds


def expected(milliseconds):
    return milliseconds
