"""Everyday work on data: JSON written and read, text searched and replaced, records sorted.

Stresses the C code behind json, re and sorted(), which keeps the GIL, and the small objects that
they make. Shares nothing but constants: every worker makes its own input from a fixed seed.
Parameters: `kind`: `json` writes records as text and reads them back, `regex` finds and replaces in
lines of a log, `sort` sorts records by a key of two fields, `mixed` does all three; `size`, the
number of records or lines. Origin: written for Lanes.
"""

# /// workload
# title = "JSON, regex and sort"
# summary = "Records to JSON and back, a log searched and replaced, records sorted by a key."
# [parameters.kind]
# type = "text"
# description = "which work one task does"
# default = "mixed"
# choices = ["json", "regex", "sort", "mixed"]
# [parameters.size]
# type = "integer"
# unit = "records"
# description = "records or lines that one task works on"
# default = 1000
# minimum = 1
# maximum = 1000000
# ///

import json
import re
import zlib
from random import Random

SEED = 1969
NAMES = "anna", "bruno", "clara", "dieter", "emma", "fritz", "gerda", "hans"
LEVELS = "debug", "info", "warning", "error"
PLACES = 1000
LINE = re.compile(r"^(?P<time>\d+) (?P<level>[a-z]+) user=(?P<user>\w+) took (\d+) ms$", re.M)
USER = re.compile(r"user=(\w)\w*")


def prepare(kind, size):
    rows = made(size)
    work = []
    if kind in ("json", "mixed"):
        records = [
            {"id": number, "name": name, "place": place, "tags": [level, name]}
            for number, name, place, level in rows
        ]
        work.append(lambda: through_json(records))
    if kind in ("regex", "mixed"):
        text = log(rows)
        work.append(lambda: searched(text))
    if kind in ("sort", "mixed"):
        work.append(lambda: in_order(rows))
    return work


def task(work):
    return " ".join([part() for part in work])


def checksum(value):
    return value


def made(size):
    """Rows of (number, name, place, level), the same in all versions."""
    random = Random(SEED).random  # of which alone that is promised
    return [
        (
            number,
            NAMES[int(random() * len(NAMES))],
            int(random() * PLACES),
            LEVELS[int(random() * len(LEVELS))],
        )
        for number in range(size)
    ]


def log(rows):
    return "\n".join(
        f"{number} {level} user={name} took {place} ms" for number, name, place, level in rows
    )


def through_json(records):
    text = json.dumps(records)
    places = sum(record["place"] for record in json.loads(text))
    return f"{_digest(text)}:{places}"


def searched(text):
    slow = sum(int(match[4]) for match in LINE.finditer(text) if match["level"] == "error")
    return f"{_digest(USER.sub(lambda match: match[1] + '.', text))}:{slow}"


def in_order(rows):
    return _digest(",".join([str(row[0]) for row in sorted(rows, key=place_and_name)]))


def place_and_name(row):
    return row[2], row[1]


def expected(kind, size):
    """By another way: text put together by hand, and places on a shelf instead of sorting."""
    rows = made(size)
    parts = []
    if kind in ("json", "mixed"):
        text = ", ".join(
            f'{{"id": {number}, "name": "{name}", "place": {place}, "tags": ["{level}", "{name}"]}}'
            for number, name, place, level in rows
        )
        parts.append(f"{_digest(f'[{text}]')}:{sum(row[2] for row in rows)}")
    if kind in ("regex", "mixed"):
        text = "\n".join(
            f"{number} {level} {name[0]}. took {place} ms" for number, name, place, level in rows
        )
        slow = sum(place for _, _, place, level in rows if level == "error")
        parts.append(f"{_digest(text)}:{slow}")
    if kind in ("sort", "mixed"):
        shelf = [[] for _ in range(PLACES * len(NAMES))]
        for number, name, place, _ in rows:
            shelf[place * len(NAMES) + NAMES.index(name)].append(str(number))
        parts.append(_digest(",".join(number for places in shelf for number in places)))
    return " ".join(parts)


def _digest(text):
    return f"{zlib.crc32(text.encode()):08x}"
