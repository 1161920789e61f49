"""Work that is linear in a parameter while its result is always the same.

Arms of one group must agree on what they compute, so arms with more work cannot simply be given
another parameter of an ordinary workload. Every unit does the same steps: calls, attributes, a dict,
integers and floats.
"""

# /// workload
# title = "Linear work"
# summary = "As many equal units of pure Python as asked, with one result for all."
# origin = "src/bench"
# [parameters.work]
# type = "integer"
# unit = "units"
# description = "equal units of work in one task"
# default = 1000
# minimum = 1
# maximum = 100000
# ///

STEPS = 100  # about ten microseconds
MODULUS = 1000003


class Cell:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def step(self, add):
        self.value = (self.value * 31 + add) % MODULUS
        return self.value % 5


def prepare(work):
    return work


def task(work):
    cell = Cell(7)
    counts = dict.fromkeys(range(5), 0)
    level = 0.0
    for unit in range(work):
        for step in range(STEPS):
            counts[cell.step(unit % 64 + step)] += 1
        level = level * 0.5 + cell.value * 0.25
    # Only who has done every step of every unit has counted them all.
    done = sum(counts.values()) == work * STEPS and 0 <= level < MODULUS
    return "all done" if done else "something is missing"


def expected(work):
    return "all done"
