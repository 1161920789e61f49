"""The workloads themselves, and the rules of their contract."""

import sys
import unittest

from arm import PROGRAMS, workload_path

sys.path.append(str(PROGRAMS))

from lanes.task import Failure, load, prepared

PI_50 = "31415926535897932384626433832795028841971693993751"  # OEIS A000796


class PiTests(unittest.TestCase):
    def setUp(self):
        self.pi = load(str(workload_path("pi")), "workload")

    def test_both_ways_give_the_published_digits(self):
        self.assertEqual(self.pi.task(self.pi.prepare(50)), PI_50)
        self.assertEqual(self.pi.expected(50), PI_50)

    def test_both_ways_agree_at_every_border(self):
        # 763 digits end inside the six nines, where a careless rounding would show.
        for digits in (1, 2, 763, 1000, 1001, 5000):
            self.assertEqual(self.pi.task(digits), self.pi.expected(digits), digits)


class ContractTests(unittest.TestCase):
    def test_the_checksum_is_the_crc_32_of_the_value_by_default(self):
        run = prepared(str(workload_path("noop")), {})

        self.assertEqual(run(), "f4dbdf21")  # of "0", as zlib's crc32 gives it

    def test_a_failure_says_where_the_task_failed(self):
        run = prepared(str(workload_path("misbehave")), {"fault": "raise"})

        with self.assertRaises(Failure) as caught:
            run()

        outcome, message, traceback = caught.exception.args
        self.assertEqual((outcome, message.split(":")[0]), ("exception", "ValueError"))
        self.assertIn("in task", traceback)


if __name__ == "__main__":
    unittest.main()
