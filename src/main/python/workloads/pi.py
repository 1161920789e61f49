"""The first decimal digits of pi, in pure Python integers of growing length.

Stresses big-integer multiplication and division in the interpreter's one thread; shares nothing.
Parameter: `digits`, the decimal digits of one task, the leading 3 included. Origin: Jeremy
Gibbons' unbounded spigot, as in bm_pidigits of pyperformance (after the Computer Language
Benchmarks Game); written anew.
"""

# /// workload
# title = "Digits of pi"
# summary = "Gibbons' unbounded spigot in pure Python integers; CPU-bound, shares nothing."
# origin = "https://github.com/python/pyperformance"
# [parameters.digits]
# type = "integer"
# unit = "digits"
# description = "decimal digits computed by one task"
# default = 200
# minimum = 1
# maximum = 20000
# ///

GUARD_DIGITS = 10
CHUNK_DIGITS = 1000  # below 4300, where CPython begins to refuse turning an integer into text


def prepare(digits):
    return digits


def task(digits):
    """Streams the digits: z = (q, r, t) stands for the linear fraction x -> (q x + r) / t."""
    found = []
    q, r, t, k = 1, 0, 1, 1
    while len(found) < digits:
        digit = (3 * q + r) // t
        if digit == (4 * q + r) // t:
            found.append(digit)
            q, r = 10 * q, 10 * (r - digit * t)
        else:
            q, r, t = q * k, (4 * k + 2) * q + (2 * k + 1) * r, (2 * k + 1) * t
            k += 1
    return "".join(map(str, found))


def expected(digits):
    """By another way: Machin's pi = 16 arctan(1/5) - 4 arctan(1/239), in fixed point."""
    one = 10 ** (digits - 1 + GUARD_DIGITS)
    pi = 4 * (4 * _arctan_of_inverse(5, one) - _arctan_of_inverse(239, one))
    pi //= 10**GUARD_DIGITS
    chunks = []
    while pi:
        pi, chunk = divmod(pi, 10**CHUNK_DIGITS)
        chunks.append(str(chunk).zfill(CHUNK_DIGITS))
    return "".join(reversed(chunks)).lstrip("0")


def _arctan_of_inverse(x, one):
    power = total = one // x
    n, sign = 1, 1
    while power:
        power //= x * x
        n, sign = n + 2, -sign
        total += sign * (power // n)
    return total
