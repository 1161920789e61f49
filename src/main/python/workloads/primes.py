"""Counts primes by trial division: small integers, divisions and branches.

Stresses the interpreter's integer arithmetic in plain loops; shares nothing. Parameter: `n`, up to
which primes are counted, n included. Origin: count_primes of python-3.14-free-threading-benchmark;
written anew.
"""

# /// workload
# title = "Primes"
# summary = "Counts the primes up to n by trial division; CPU-bound, shares nothing."
# origin = "https://github.com/loremipsumpy/python-3.14-free-threading-benchmark"
# [parameters.n]
# type = "integer"
# unit = "numbers"
# description = "up to which primes are counted, itself included"
# default = 10000
# minimum = 1
# maximum = 100000000
# ///


def prepare(n):
    return n


def task(n):
    found = 1 if n >= 2 else 0
    for candidate in range(3, n + 1, 2):
        divisor = 3
        while divisor * divisor <= candidate:
            if candidate % divisor == 0:
                break
            divisor += 2
        else:
            found += 1
    return found


def expected(n):
    """By another way: the sieve of Eratosthenes."""
    if n < 2:
        return 0
    sieve = bytearray(b"\1") * (n + 1)
    sieve[:2] = b"\0\0"
    for number in range(2, int(n**0.5) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, n + 1, number)))
    return sum(sieve)
