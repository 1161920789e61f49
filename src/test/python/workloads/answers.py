"""An application with a chosen fault, so that every way to fail is met under every server.

Parameter: `fault`. It happens in the answer to the request `at`, of whatever batch; `stall` makes
that one take 50 ms.
"""

# /// workload
# kind = "server"
# title = "Answers"
# summary = "Answers at once, but for one request, or fails in the chosen way."
# ///

import os
import signal
import sys
import time

STALL_SECONDS = 0.05


def prepare(fault="none", at=0, connections=4, rate=0):
    if fault == "prepare":
        raise ValueError("prepare was told to raise")
    return fault, at


def requests(tasks, **_):
    return [f"/{request}" for request in range(tasks)]


def respond(state, path):
    fault, at = state
    if path == f"/{at}":
        if fault == "stall":
            time.sleep(STALL_SECONDS)
        elif fault == "wrong":
            return b"wrong"
        elif fault == "raise":
            raise ValueError("the request was told to raise")
        elif fault == "leave":
            sys.exit("the request was told to leave")
        elif fault == "text":
            return "text"
        elif fault == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif fault == "exit":
            os._exit(7)
    return f"right {path}".encode()


def close(state):
    if state[0] == "close":
        raise ValueError("close was told to raise")


def expected(path, **_):
    return f"right {path}".encode()
