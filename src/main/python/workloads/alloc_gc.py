"""Creates many small objects, some in cycles, of which some survive until the next task.

Stresses the allocator and the collector of cyclic garbage: objects without cycles die by their
counts of references, pairs that refer to each other only by a collection, and survivors make the
heap that a collection walks. Shares nothing but the process's collector, which some builds stop all
threads for. Parameters: `objects` created by one task; `cyclic`, how many per cent of them get a
partner that they refer to and that refers to them; `survive`, how many per cent live until the
worker's next task. Origin: written for Lanes.
"""

# /// workload
# title = "Allocation and garbage"
# summary = "Objects with and without cycles, some of which survive: allocator and collector."
# [parameters.objects]
# type = "integer"
# unit = "objects"
# description = "created by one task, partners in cycles not counted"
# default = 10000
# minimum = 1
# maximum = 10000000
# [parameters.cyclic]
# type = "integer"
# unit = "%"
# description = "share of the objects that are in a cycle"
# default = 20
# minimum = 0
# maximum = 100
# [parameters.survive]
# type = "integer"
# unit = "%"
# description = "share of the objects that live until the worker's next task"
# default = 10
# minimum = 0
# maximum = 100
# ///

HUNDRED = 100
# Each has no divisor in common with 100, so that every hundred objects have the exact shares.
CYCLIC_STRIDE, SURVIVE_STRIDE = 37, 61
MODULUS = 10007


class Node:
    """Has a dict, like most objects."""

    def __init__(self, number):
        self.number = number
        self.partner = None


class Worker:
    def __init__(self, objects, cyclic, survive):
        self.objects, self.cyclic, self.survive = objects, cyclic, survive
        self.survivors = []


def prepare(objects, cyclic, survive):
    return Worker(objects, cyclic, survive)


def task(state):
    cyclic, survive = state.cyclic, state.survive
    survivors = []
    cycles = total = 0
    for number in range(state.objects):
        node = Node(number % MODULUS)
        if number * CYCLIC_STRIDE % HUNDRED < cyclic:
            node.partner = Node(node.number)
            node.partner.partner = node
            cycles += 1
        if number * SURVIVE_STRIDE % HUNDRED < survive:
            survivors.append(node)
        total += node.number
    # Those of the task before live until here.
    state.survivors = survivors
    return total, cycles, len(survivors), sum(node.number for node in survivors)


def expected(objects, cyclic, survive):
    """By another way: sums of series, and whole hundreds instead of single objects."""
    rounds, rest = divmod(objects, MODULUS)
    total = rounds * (MODULUS * (MODULUS - 1) // 2) + rest * (rest - 1) // 2
    survivors = [
        number
        for place in range(HUNDRED)
        if place * SURVIVE_STRIDE % HUNDRED < survive
        for number in range(place, objects, HUNDRED)
    ]
    numbers = sum(number % MODULUS for number in survivors)
    return total, _count(objects, CYCLIC_STRIDE, cyclic), len(survivors), numbers


def _count(objects, stride, share):
    hundreds, rest = divmod(objects, HUNDRED)
    return hundreds * share + sum(number * stride % HUNDRED < share for number in range(rest))
