"""Fibonacci numbers by two recursive calls for each: nothing but calls.

Stresses function calls and integer addition. With `pure` threads share only the function; with
`attribute-write` every call also writes an attribute of one object that all threads of a process
share, which free-threaded builds must guard. Parameters: `n`, the number of the Fibonacci number;
`variant`. Origin: fib and fib2 of pool-party; written anew.
"""

# /// workload
# title = "Fibonacci calls"
# summary = "Recursive calls, with or without a write to one shared attribute in each."
# origin = "https://github.com/mdboom/pool-party"
# [parameters.n]
# type = "integer"
# description = "which Fibonacci number; each next one takes 1.6 times as long"
# default = 20
# minimum = 1
# maximum = 40
# [parameters.variant]
# type = "text"
# description = "whether every call writes an attribute of one shared object"
# default = "pure"
# choices = ["pure", "attribute-write"]
# ///


class Trail:
    """Remembers the last call, of whichever thread."""


trail = Trail()


def prepare(n, variant):
    return (pure if variant == "pure" else writing), n


def task(state):
    function, n = state
    return function(n)


def pure(n):
    return n if n < 2 else pure(n - 1) + pure(n - 2)


def writing(n):
    trail.n = n
    return n if n < 2 else writing(n - 1) + writing(n - 2)


def expected(n, variant):
    """By another way: F(2k) and F(2k+1) from F(k) and F(k+1), along the binary digits of n."""
    a, b = 0, 1
    for digit in f"{n:b}":
        a, b = a * (2 * b - a), a * a + b * b
        if digit == "1":
            a, b = b, a + b
    return a
