"""The same loop at seven levels of sharing: will this code scale with threads without the GIL?

Every level does the same integer arithmetic with the same two numbers and gives the same result;
what differs is where the numbers come from, and so what the threads of one process touch together.
Without the GIL even reading can be dear, as counting the references of a shared object is a write.
Processes and subinterpreters have globals of their own and share nothing at any level, which is
what the ladder compares threads with. Parameter `level`, each with what is shared:
    nothing                the two numbers are the worker's own
    module-globals         a function and two numbers, looked up among the module's globals
    shared-object-read     two attributes of one object
    shared-container-read  two entries of one dict
    shared-value-returned  one tuple that a function returns, and both its items
    hot-lock               one lock around every iteration
    hot-counter-dict       one entry of a dict, incremented unprotected; lost increments are ignored
Parameter `iterations` of the loop. The numbers are created at run time, because constants of a
program are immortal in some versions, and those have no references to count.
Origin: written for Lanes, after the measurements with four threads in modern-di.
"""

# /// workload
# title = "Sharing ladder"
# summary = "One loop at seven levels of sharing between threads, from nothing to one lock."
# origin = "https://github.com/modern-python/modern-di/pull/354"
# [parameters.level]
# type = "text"
# description = "what the threads of a process touch together in every iteration"
# default = "nothing"
# choices = ["nothing", "module-globals", "shared-object-read", "shared-container-read",
#   "shared-value-returned", "hot-lock", "hot-counter-dict"]
# [parameters.iterations]
# type = "integer"
# unit = "iterations"
# description = "of the loop in one task"
# default = 20000
# minimum = 0
# maximum = 100000000
# ///

from _thread import allocate_lock

MODULUS = 2**31 - 1
START = 42
DIGITS = "48271", "11213"  # a multiplier and an increment


def numbers():
    """New objects at every call; int() of text makes no constants."""
    return tuple(int(digits) for digits in DIGITS)


class Holder:
    def __init__(self):
        self.factor, self.addend = numbers()


# Shared by all threads of an interpreter, on purpose.
factor, addend = numbers()
holder = Holder()
container = dict(zip(("factor", "addend"), numbers()))
returned = numbers()
lock = allocate_lock()
counters = {"hits": 0}


def prepare(level, iterations):
    return LEVELS[level], numbers(), iterations


def task(state):
    work, own, iterations = state
    return work(own, iterations)


def expected(level, iterations):
    """By another way: in one leap. A larger modulus makes the division of the series exact."""
    multiplier, increment = map(int, DIGITS)
    power = pow(multiplier, iterations, (multiplier - 1) * MODULUS)
    return (START * power + increment * ((power - 1) // (multiplier - 1))) % MODULUS


def nothing(own, iterations):
    multiplier, increment = own
    number = START
    for _ in range(iterations):
        number = (number * multiplier + increment) % MODULUS
    return number


def module_globals(own, iterations):
    number = START
    for _ in range(iterations):
        number = step(number)
    return number


def step(number):
    return (number * factor + addend) % MODULUS


def shared_object(own, iterations):
    shared = holder
    number = START
    for _ in range(iterations):
        number = (number * shared.factor + shared.addend) % MODULUS
    return number


def shared_container(own, iterations):
    shared = container
    number = START
    for _ in range(iterations):
        number = (number * shared["factor"] + shared["addend"]) % MODULUS
    return number


def shared_value(own, iterations):
    number = START
    for _ in range(iterations):
        pair = the_value()
        number = (number * pair[0] + pair[1]) % MODULUS
    return number


def the_value():
    return returned


def hot_lock(own, iterations):
    multiplier, increment = own
    number = START
    for _ in range(iterations):
        with lock:
            number = (number * multiplier + increment) % MODULUS
    return number


def hot_counter(own, iterations):
    multiplier, increment = own
    number = START
    for _ in range(iterations):
        counters["hits"] += 1
        number = (number * multiplier + increment) % MODULUS
    return number


LEVELS = {
    "nothing": nothing,
    "module-globals": module_globals,
    "shared-object-read": shared_object,
    "shared-container-read": shared_container,
    "shared-value-returned": shared_value,
    "hot-lock": hot_lock,
    "hot-counter-dict": hot_counter,
}
