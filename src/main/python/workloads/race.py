"""Compound operations on shared structures without a lock, and how often they go wrong.

Every task works on module globals that all threads of its process share, in a way that is right
only if nothing happens between two steps. Without the GIL that is a matter of nanoseconds; with it,
of where the interpreter lets another thread run, which differs between versions. Processes and
subinterpreters share no globals, so they can show no violation. A violation is counted, never
raised, and is no error of the measurement: the checksum holds the iterations that were done.

Parameter `pattern`:
    counter                hits += 1; a violation is an increment that got lost
    check-then-insert      insert under the next free number; one that two tasks have both taken
    list-append-pop        append if empty, else pop; a pop from what was not empty a moment ago
    dict-resize-iteration  walk a dict while others insert and delete; a walk that is broken off
    lazy-init              create the one instance if there is none; one that replaces another
Parameter `iterations`, how often each task does that. What one task cannot know alone (lost
increments, numbers taken twice) is told by the task that leaves last, when none is at work; the
structures are reset then. Only what overlaps can go wrong: take more than one worker and tasks of
several milliseconds. On a busy machine short threads may run one after the other, so no violation
is no proof. Origin: written for Lanes.
"""

# /// workload
# title = "Race"
# summary = "Unprotected check-then-act on shared structures; counts what goes wrong."
# [parameters.pattern]
# type = "text"
# description = "what is done without a lock"
# default = "counter"
# choices = ["counter", "check-then-insert", "list-append-pop", "dict-resize-iteration",
#   "lazy-init"]
# [parameters.iterations]
# type = "integer"
# unit = "iterations"
# description = "how often one task does it"
# default = 20000
# minimum = 1
# maximum = 200000
# ///

from _thread import allocate_lock

WALKED = 16  # entries of the dict that is walked: enough for others to come in between

gather = True

# Shared by all threads of an interpreter, on purpose.
hits = 0
table = {}
stack = []
walked = {}
instance = None

_lock = allocate_lock()  # guards what follows, and the structures only while no task is at work
_present = 0
_entered = 0
_done = 0


class Entry:
    """What is created between a check and an act: like any constructor in Python, not at once."""

    def __init__(self, number):
        self.number = number


def prepare(pattern, iterations):
    return pattern, iterations


def task(state):
    pattern, iterations = state
    work, leftover = PATTERNS[pattern]
    number = _enter()
    # Of what this task has seen; and how often it did what can be counted only together.
    violations, done = 0, 0
    try:
        violations, done = work(iterations, number)
    finally:
        violations += _leave(done, leftover)
    return {"violations": violations, "iterations": iterations}


def checksum(value):
    return f"counted {value['iterations']}" if value["violations"] >= 0 else "miscounted"


def expected(pattern, iterations):
    return {"violations": 0, "iterations": iterations}


def observe(values):
    return {"violations": sum(value["violations"] for value in values)}


def _enter():
    global _present, _entered
    with _lock:
        _present += 1
        _entered += 1
        return _entered


def _leave(done, leftover):
    """Violations that show only now, if this is the last task at work; else none."""
    global _present, _done, hits, instance
    with _lock:
        _present -= 1
        _done += done
        if _present:
            return 0
        violations = leftover(_done)
        _done = hits = 0
        instance = None
        for structure in (table, stack, walked):
            structure.clear()
        return violations


def _count(iterations, number):
    global hits
    for _ in range(iterations):
        hits += 1
    return 0, iterations


def _insert(iterations, number):
    taken = 0
    for _ in range(iterations):
        # The next number that is free, so that all tasks are always after the same one.
        free = len(table)
        if free not in table:
            table[free] = Entry(free)
            taken += 1
    return 0, taken


def _append_or_pop(iterations, number):
    violations = balance = 0
    for step in range(iterations):
        if not stack:
            stack.append(step)
            balance += 1
        else:
            try:
                stack.pop()
                balance -= 1
            except IndexError:
                violations += 1
    return violations, balance


def _walk(iterations, number):
    for key in range(WALKED):
        walked[key] = key
    violations = 0
    # A key of its own: nobody else deletes it.
    mine = -number
    for step in range(iterations):
        walked[mine] = step
        try:
            for key in walked:
                if key == WALKED:
                    break
        except RuntimeError:  # the dictionary changed size, or its keys did, during the walk
            violations += 1
        del walked[mine]
    return violations, 0


def _initialise(iterations, number):
    global instance
    violations = 0
    for step in range(iterations):
        if instance is None:
            made = Entry(step)
            if instance is not None:
                violations += 1
            instance = made
        # It expires, so that the next one is created lazily again.
        instance = None
    return violations, 0


PATTERNS = {
    "counter": (_count, lambda done: done - hits),
    "check-then-insert": (_insert, lambda done: done - len(table)),
    # What was appended and not popped must be there; nothing may be there twice or be lost.
    "list-append-pop": (_append_or_pop, lambda done: abs(done - len(stack))),
    "dict-resize-iteration": (_walk, lambda done: 0),
    "lazy-init": (_initialise, lambda done: 0),
}
