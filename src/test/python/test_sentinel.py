"""The frozen kernels: what they answer, and that nobody changes them by the way."""

import hashlib
import os
import subprocess
import sys
import unittest

from arm import PATIENCE_SECONDS, PROGRAMS

FILE = PROGRAMS / "sentinel.py"

# A history of readings is worth what its kernels have in common: another digest goes with another
# VERSION, and with a new line here.
DIGESTS = {1: "50171b2f13dce61f4821172a1ec199e6bc78c86d75724869abd4173214493899"}


def answers(requests):
    """Standard output of a sentinel that is asked so many times and then left alone."""
    ended = subprocess.run(
        [sys.executable, "-I", str(FILE)],
        input=b"\n" * requests,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=PATIENCE_SECONDS,
        env={"PATH": os.environ["PATH"]},
    )
    return ended.returncode, ended.stderr, ended.stdout.decode().splitlines()


class SentinelTests(unittest.TestCase):
    def test_it_greets_answers_each_line_and_ends_with_its_input(self):
        status, errors, (greeting, *readings) = answers(2)

        self.assertEqual((status, errors), (0, b""))
        word, version, python, cores = greeting.split(" ")
        self.assertEqual((word, int(version)), ("sentinel", max(DIGESTS)))
        self.assertEqual(python, ".".join(map(str, sys.version_info[:3])))
        self.assertGreaterEqual(int(cores), 1)
        self.assertEqual(len(readings), 2)
        for reading in readings:
            seconds = [float(word) for word in reading.split(" ")]
            self.assertEqual(len(seconds), 4)
            self.assertGreater(min(seconds), 0)

    def test_unasked_it_reads_nothing(self):
        status, _, lines = answers(0)

        self.assertEqual((status, len(lines)), (0, 1))

    def test_the_kernels_are_frozen(self):
        digest = hashlib.sha256(FILE.read_bytes()).hexdigest()

        self.assertEqual(digest, DIGESTS[max(DIGESTS)])
