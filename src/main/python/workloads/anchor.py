"""The frozen program that history is told by: a mix of what interpreters do most.

One unit walks a ring of objects by method calls and attributes, counts in a dict, sorts and folds
a list, mixes integers and floats, and joins text. Pure Python, no imports, shares nothing.
Parameter: `work`, how often the unit is repeated; the time is linear in it. Origin: written for
Lanes.

THIS FILE MUST NEVER CHANGE, not in a comment. Figures of different days and versions are compared
by their ratio to it, so another program under this name would be another history under the same
name. Another kernel gets another name.
"""

# /// workload
# title = "Anchor"
# summary = "A frozen mix of calls, attributes, containers, numbers and text; history's measure."
# [parameters.work]
# type = "integer"
# unit = "units"
# description = "repetitions of the frozen unit in one task"
# default = 100
# minimum = 1
# maximum = 100000
# ///

CELLS = 7
STEPS = 24
MODULUS = 1000003  # prime, and small enough that products stay below 2**62


class Cell:
    __slots__ = ("value", "next")

    def __init__(self, value):
        self.value = value
        self.next = None

    def step(self, add):
        self.value = (self.value * 31 + add) % MODULUS
        return self.next


def prepare(work):
    return work


def task(work):
    cells = [Cell(number) for number in range(CELLS)]
    for number in range(CELLS):
        cells[number].next = cells[(number + 1) % CELLS]
    cell = cells[0]
    total = 0
    level = 0.0
    for unit in range(work):
        # Every unit does the same number of everything; only values differ.
        counts = {}
        for step in range(STEPS):
            cell = cell.step(unit + step)
            key = "k" + str(cell.value % 5)
            counts[key] = counts.get(key, 0) + 1
        values = [cell.value for cell in cells]
        values.sort()
        total = (total + fold(values)) % MODULUS
        level = level * 0.5 + values[3] * 0.25
        text = ",".join([str(number % 10) for number in values])
        total = (total + len(text) * counts.get("k0", 0)) % MODULUS
    return f"{total} {level!r} {cell.value}"


def fold(values):
    result = 7
    for value in values:
        result = (result ^ value) * 33 & 0xFFFFF
    return result


def expected(work):
    """By another way: no objects, no dict, no sorting, and the float as a scaled one."""
    values = list(range(CELLS))
    at = total = 0
    doubled = 0.0
    for unit in range(work):
        hits = 0
        for step in range(STEPS):
            values[at % CELLS] = (31 * values[at % CELLS] + unit + step) % MODULUS
            at += 1
            # The key is of the cell that comes next.
            hits += values[at % CELLS] % 5 == 0
        ranked = [0] * CELLS
        for index, value in enumerate(values):
            below = sum(other < value for other in values)
            ranked[below + values[:index].count(value)] = value
        mixed = 7
        for value in ranked:
            mixed = 33 * (mixed ^ value) % 2**20
        # The text has a digit for each cell and a comma between them.
        total = (total + mixed + (2 * CELLS - 1) * hits) % MODULUS
        doubled = (doubled + ranked[3]) / 2
    return f"{total} {doubled / 2!r} {values[at % CELLS]}"
