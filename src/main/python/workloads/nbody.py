"""The Sun and the four large planets on their ways, step by step in floats.

Stresses float arithmetic, attribute and list access. Every task starts anew from the same state.
Parameters: `steps` of a hundredth of a year; `share`: with `own` a task copies all it reads, with
`global` it reads masses and pairs of bodies, which never change, from globals that all threads of
a process share, in every step. Result: the energy before and after, to nine digits, so that another
order of additions gives the same.
Origin: the n-body problem of the Computer Language Benchmarks Game, with its bodies; written anew.
"""

# /// workload
# title = "N-body"
# summary = "Five bodies under gravity in pure Python floats; reads its own or shared constants."
# origin = "https://benchmarksgame-team.pages.debian.net/benchmarksgame/"
# [parameters.steps]
# type = "integer"
# unit = "steps"
# description = "of the simulation in one task"
# default = 500
# minimum = 0
# maximum = 1000000
# [parameters.share]
# type = "text"
# description = "whether constants are the task's own or globals of the process"
# default = "own"
# choices = ["own", "global"]
# ///

from math import pi, sqrt

DAYS = 365.24  # in a year
SOLAR_MASS = 4 * pi * pi  # in the units in which the constant of gravity is one
STEP = 0.01

# Position in astronomical units, velocity in those per day, mass in solar masses.
TABLE = """
0 0 0  0 0 0  1
4.84143144246472090e+00 -1.16032004402742839e+00 -1.03622044471123109e-01
1.66007664274403694e-03 7.69901118419740425e-03 -6.90460016972063023e-05 9.54791938424326609e-04
8.34336671824457987e+00 4.12479856412430479e+00 -4.03523417114321381e-01
-2.76742510726411899e-03 4.99852801234917238e-03 2.30417297573763929e-05 2.85885980666130812e-04
1.28943695621391310e+01 -1.51111514016986312e+01 -2.23307578892655734e-01
2.96460137564761618e-03 2.37847173959480950e-03 -2.96589568540237556e-05 4.36624404335156298e-05
1.53796971148509165e+01 -2.59193146099879641e+01 1.79258772950371181e-01
2.68067772490389322e-03 1.62824170038242295e-03 -9.51592254519715870e-05 5.15138902046611451e-05
"""


class Body:
    def __init__(self, x, y, z, vx, vy, vz):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz


def read_table():
    """(position, velocity, mass) of each body; the Sun's velocity takes all momentum away."""
    figures = [float(figure) for figure in TABLE.split()]
    bodies = []
    for start in range(0, len(figures), 7):
        position, velocity = figures[start : start + 3], figures[start + 3 : start + 6]
        mass = figures[start + 6] * SOLAR_MASS
        bodies.append((position, [part * DAYS for part in velocity], mass))
    for axis in range(3):
        momentum = sum(velocity[axis] * mass for _, velocity, mass in bodies)
        bodies[0][1][axis] = -momentum / SOLAR_MASS
    return bodies


# Shared by all threads of an interpreter, on purpose.
START = read_table()
MASSES = [mass for _, _, mass in START]
PAIRS = [(one, other) for other in range(len(START)) for one in range(other)]


def prepare(steps, share):
    return steps, share


def task(state):
    steps, share = state
    bodies = [Body(*position, *velocity) for position, velocity, _ in START]
    before = energy(bodies)
    if share == "global":
        advance_by_globals(bodies, steps)
    else:
        # Adding makes new floats, where copying would hand out the same.
        masses = [mass + 0.0 for mass in MASSES]
        advance(bodies, steps, masses, [(one, other) for one, other in PAIRS])
    return told(before, energy(bodies))


def told(before, after):
    return f"{before:.9f} {after:.9f}"


def advance(bodies, steps, masses, pairs):
    for _ in range(steps):
        for one, other in pairs:
            a, b = bodies[one], bodies[other]
            attract(a, b, masses[one], masses[other])
        for body in bodies:
            move(body)


def advance_by_globals(bodies, steps):
    for _ in range(steps):
        for one, other in PAIRS:
            a, b = bodies[one], bodies[other]
            attract(a, b, MASSES[one], MASSES[other])
        for body in bodies:
            move(body)


def attract(a, b, mass_a, mass_b):
    x, y, z = a.x - b.x, a.y - b.y, a.z - b.z
    square = x * x + y * y + z * z
    pull = STEP / (square * sqrt(square))
    a.vx -= x * mass_b * pull
    a.vy -= y * mass_b * pull
    a.vz -= z * mass_b * pull
    b.vx += x * mass_a * pull
    b.vy += y * mass_a * pull
    b.vz += z * mass_a * pull


def move(body):
    body.x += STEP * body.vx
    body.y += STEP * body.vy
    body.z += STEP * body.vz


def energy(bodies):
    total = 0.0
    for body, mass in zip(bodies, MASSES):
        total += mass * (body.vx**2 + body.vy**2 + body.vz**2) / 2
    for one, other in PAIRS:
        a, b = bodies[one], bodies[other]
        distance = sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
        total -= MASSES[one] * MASSES[other] / distance
    return total


def expected(steps, share):
    """By another way: each body by itself, in a plane of complex numbers and a height."""
    flat = [complex(*position[:2]) for position, _, _ in START]
    high = [position[2] for position, _, _ in START]
    flat_speed = [complex(*velocity[:2]) for _, velocity, _ in START]
    high_speed = [velocity[2] for _, velocity, _ in START]
    everyone = range(len(START))

    def distance(one, other):
        return sqrt(abs(flat[one] - flat[other]) ** 2 + (high[one] - high[other]) ** 2)

    def total():
        moving = sum(
            MASSES[one] * (abs(flat_speed[one]) ** 2 + high_speed[one] ** 2) for one in everyone
        )
        bound = sum(
            MASSES[one] * MASSES[other] / distance(one, other)
            for one in everyone
            for other in everyone
            if one != other
        )
        return (moving - bound) / 2

    before = total()
    for _ in range(steps):
        for one in everyone:
            for other in everyone:
                if one != other:
                    pull = STEP * MASSES[other] / distance(one, other) ** 3
                    flat_speed[one] += pull * (flat[other] - flat[one])
                    high_speed[one] += pull * (high[other] - high[one])
        for one in everyone:
            flat[one] += STEP * flat_speed[one]
            high[one] += STEP * high_speed[one]
    return told(before, total())
