"""The loop over 100,000 small integers that is cut into pieces, one for each task.

Stresses the interpreter's loop over a container, and with many tasks the hand-over of tiny pieces:
the batch does the same total work however many tasks there are, so the number of tasks is the
number of pieces, and one task is the whole list at once. Threads share one read-only container;
every process and interpreter has its own, made from the same seed.
Parameters: `numbers`, the length of the list of values from 0 to 99; `container`, a list, a numpy
array that is looped over, or one that numpy works on as a whole. The distances are also added up,
which the original does not do, so that there is a result to verify; for scalars of numpy that
addition is a notable part of the time.
Origin: the abs(x - 50) loop with which Anthony Shaw explains why more threads do not help under
the GIL; written anew.
"""

# /// workload
# title = "Distance from 50"
# summary = "Adds up abs(x - 50) over many integers; tasks are the pieces of the list."
# origin = "https://tonybaloney.github.io/posts/sub-interpreter-web-workers.html"
# requires = ["numpy"]
# [parameters.numbers]
# type = "integer"
# unit = "numbers"
# description = "length of the whole list, which the tasks of a batch divide"
# default = 100000
# minimum = 1
# maximum = 10000000
# [parameters.container]
# type = "text"
# description = "what holds the numbers, and whether Python or numpy loops over them"
# default = "list"
# choices = ["list", "numpy-array", "numpy-vectorised"]
# ///

from random import Random

SEED = 20240617
BOUND = 100  # exclusive, as in numpy.random.randint(0, 100)
CENTRE = 50

_made = {}


def prepare(numbers, container):
    return container == "numpy-vectorised", values(numbers, container)


def arguments(tasks, numbers, container):
    """Pieces as even as they can be: (start, stop) of each."""
    return [(numbers * task // tasks, numbers * (task + 1) // tasks) for task in range(tasks)]


def values(numbers, container):
    """The container, made once in an interpreter, so that its threads share it."""
    key = numbers, container != "list"
    if key not in _made:
        # Only random() itself is promised to stay the same in all versions.
        random = Random(SEED).random
        made = [int(random() * BOUND) for _ in range(numbers)]
        if container != "list":
            # Not at the top: who asks for the list needs no numpy.
            import numpy

            made = numpy.array(made)
        # Two threads may both have made one; they go on with the same.
        _made.setdefault(key, made)
    return _made[key]


def task(state, argument):
    vectorised, numbers = state
    start, stop = argument
    # Costs next to nothing beside the loop: a view in numpy, one copy of pointers in a list.
    piece = numbers[start:stop]
    if vectorised:
        return int(abs(piece - CENTRE).sum())
    total = 0
    for x in piece:
        total += abs(x - CENTRE)
    return int(total)


def expected(argument, numbers, container):
    """By another way: how often each value occurs, times its distance."""
    start, stop = argument
    piece = values(numbers, "list")[start:stop]
    return sum(piece.count(value) * abs(value - CENTRE) for value in set(piece))
