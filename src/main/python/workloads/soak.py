"""What a program does that runs for days: short-lived objects, a bounded cache, errors, cycles.

Stresses nothing much at a time, but all that may leak: the allocator, the collector, exceptions
with their tracebacks, closures, weak references and text. Meant for long runs, in which memory that
grows from batch to batch is a leak of the interpreter or the model, as the workload itself keeps no
more than its cache. Every worker has a cache of its own and shares nothing.
Parameters: `objects`, requests that one task handles; `cache`, how many answers a worker keeps; the
oldest goes first. The requests of one task are the same as those of every other.
Origin: written for Lanes.
"""

# /// workload
# title = "Soak"
# summary = "Objects, a bounded cache, errors and cycles over and over: growth is a leak."
# [parameters.objects]
# type = "integer"
# unit = "requests"
# description = "handled by one task"
# default = 2000
# minimum = 1
# maximum = 10000000
# [parameters.cache]
# type = "integer"
# unit = "answers"
# description = "kept by each worker at most"
# default = 500
# minimum = 0
# maximum = 1000000
# ///

import weakref

STRIDE = 7919  # a prime: requests come in no order, and some come again
FAILING = 97  # every so many requests fail
MODULUS = 2**31 - 1


class Request:
    def __init__(self, number):
        self.number = number
        self.answer = None


class Answer:
    def __init__(self, request):
        # A cycle, which only the collector can free once the cache has let go of it.
        self.request = request
        request.answer = self
        self.text = f"answer {request.number}"


class Unanswerable(Exception):
    pass


class Service:
    def __init__(self, objects, cache):
        self.objects = objects
        self.bound = cache
        self.cache = {}
        self.watched = None

    def handle(self, number):
        answer = self.cache.get(number)
        if answer is None:
            request = Request(number)
            if number % FAILING == 0:
                raise Unanswerable(request)
            answer = Answer(request)
            self.cache[number] = answer
            if len(self.cache) > self.bound:
                # A dict remembers the order of insertion.
                del self.cache[next(iter(self.cache))]
        self.watched = weakref.ref(answer)
        return answer.text


def prepare(objects, cache):
    return Service(objects, cache)


def task(service):
    failed = total = 0
    kinds = service.objects // 2 + 1
    for turn in range(service.objects):
        number = turn * STRIDE % kinds
        try:
            text = service.handle(number)
        except Unanswerable as error:
            failed += 1
            text = f"failed {error.args[0].number}"
        # A closure over what is short-lived, called at once.
        total = (total * 31 + (lambda: len(text) + number)()) % MODULUS
    if len(service.cache) > service.bound:
        raise AssertionError(f"the cache has {len(service.cache)} of {service.bound} answers")
    return failed, total


def expected(objects, cache):
    """By another way: without a cache, an object or an error."""
    failed = total = 0
    kinds = objects // 2 + 1
    for turn in range(objects):
        number = turn * STRIDE % kinds
        failing = number % FAILING == 0
        failed += failing
        digits = len(str(number))
        total = (total * 31 + len("failed " if failing else "answer ") + digits + number) % MODULUS
    return failed, total
