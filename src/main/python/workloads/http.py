"""A page over HTTP: the smallest one, one that computes, one that waits, or both in turn.

Each page is its own path, so that no answer can be taken for another's. `cpu` iterates a linear
congruence in pure Python, `io` sleeps as a request to another service would have it wait, `mixed`
computes and then waits. Shares nothing. Origin: written for Lanes.
"""

# /// workload
# kind = "server"
# title = "HTTP pages"
# summary = "Requests over connections that stay open: hello, CPU, waiting, or both."
# [parameters.page]
# type = "text"
# description = "what each request does"
# default = "hello"
# choices = ["hello", "cpu", "io", "mixed"]
# [parameters.cpu_iterations]
# type = "integer"
# unit = "iterations"
# description = "steps of pure Python in each request for a page cpu or mixed"
# default = 2000
# minimum = 1
# maximum = 10000000
# [parameters.io_ms]
# type = "integer"
# unit = "ms"
# description = "time that each request for a page io or mixed waits"
# default = 5
# minimum = 0
# maximum = 10000
# [parameters.response_bytes]
# type = "integer"
# unit = "bytes"
# description = "length of each body, without the head of the response"
# default = 128
# minimum = 64
# maximum = 16777216
# [parameters.connections]
# type = "integer"
# unit = "connections"
# description = "connections that the load keeps open"
# default = 16
# minimum = 1
# maximum = 1000
# [parameters.rate]
# type = "integer"
# unit = "requests/s"
# description = "requests due in a second, ready or not; 0: each connection waits for its answer"
# default = 0
# minimum = 0
# maximum = 100000
# ///

import time

FACTOR, STEP, MODULUS = 48271, 11, 2**31 - 1


def prepare(page, cpu_iterations, io_ms, response_bytes, connections, rate):
    """The load's parameters are not the application's."""
    computes, waits = page in ("cpu", "mixed"), page in ("io", "mixed")
    return cpu_iterations if computes else 0, io_ms / 1000 if waits else None, response_bytes


def requests(tasks, page, **_):
    return [f"/{page}/{request}" for request in range(tasks)]


def respond(state, path):
    iterations, seconds, size = state
    value = computed(path, iterations)
    if seconds is not None:
        time.sleep(seconds)
    return body(path, value, size)


async def respond_async(state, path):
    iterations, seconds, size = state
    value = computed(path, iterations)
    if seconds is not None:
        import asyncio  # here: what blocks needs none of it

        await asyncio.sleep(seconds)
    return body(path, value, size)


def computed(path, iterations):
    value = int(path.rpartition("/")[2])
    for _ in range(iterations):
        value = (value * FACTOR + STEP) % MODULUS
    return value


def body(path, value, size):
    return f"{path} {value}\n".encode().ljust(size, b".")


def expected(path, page, cpu_iterations, response_bytes, **_):
    """By another way: the congruence in closed form, as a geometric series."""
    value = int(path[len(page) + 2 :])
    if page in ("cpu", "mixed"):
        power = pow(FACTOR, cpu_iterations, MODULUS)
        # 1 / (FACTOR - 1) by Fermat's little theorem: the modulus is prime.
        series = (power - 1) * pow(FACTOR - 1, MODULUS - 2, MODULUS)
        value = (power * value + STEP * series) % MODULUS
    text = f"/{page}/{path[len(page) + 2 :]} {value}\n"
    return (text + "." * (response_bytes - len(text))).encode()
