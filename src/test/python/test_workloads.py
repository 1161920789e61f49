"""The workloads themselves, and the rules of their contract."""

import hashlib
import inspect
import re
import sys
import unittest

from arm import PROGRAMS, workload_path

sys.path.append(str(PROGRAMS))

from lanes.task import Failure, Worker, load

PI_50 = "31415926535897932384626433832795028841971693993751"  # OEIS A000796


HEADER = re.compile(r"^# /// (model|workload)$\n((?:^#(?: .*)?$\n)+?)^# ///$", re.MULTILINE)


def header(path):
    """The metadata of a file, as (kind, values)."""
    import tomllib

    [(kind, lines)] = HEADER.findall(path.read_text())
    return kind, tomllib.loads("".join(line[2:] for line in lines.splitlines(keepends=True)))


@unittest.skipIf(sys.version_info < (3, 11), "tomllib is new in 3.11")
class HeaderTests(unittest.TestCase):
    def test_every_model_says_what_its_figures_hold(self):
        for path in (PROGRAMS / "models").glob("*.py"):
            with self.subTest(model=path.stem):
                kind, model = header(path)

                self.assertEqual(kind, "model")
                for key in ("title", "summary", "starts", "handover", "create"):
                    self.assertTrue(model[key])

    def test_no_two_models_have_one_id(self):
        ids = []
        for path in (PROGRAMS / "models").glob("*.py"):
            _, model = header(path)
            for variant in model.get("variants", [""]):
                ids.append(f"{model.get('id', path.stem)}:{variant}".rstrip(":"))

        self.assertEqual(sorted(ids), sorted(set(ids)))
        for name in ids:
            self.assertRegex(name, "^[a-z][a-z0-9-]*(:[a-z0-9-]+)?$")

    def test_the_parameters_of_a_workload_are_those_of_prepare(self):
        for path in (PROGRAMS / "workloads").glob("*.py"):
            with self.subTest(workload=path.stem):
                kind, workload = header(path)
                accepted = inspect.signature(load(str(path), "workload").prepare).parameters

                self.assertEqual((kind, bool(workload["summary"])), ("workload", True))
                self.assertEqual(list(workload.get("parameters", {})), list(accepted))


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


class AnchorTests(unittest.TestCase):
    def setUp(self):
        self.anchor = load(str(workload_path("anchor")), "workload")

    def test_it_never_changes(self):
        # A failure here is never to be fixed here: history is told as ratios to this very file.
        self.assertEqual(
            hashlib.sha256(workload_path("anchor").read_bytes()).hexdigest(),
            "0680290ae3696937bd54b79a637013679e7cc28ae6e76155ee147841bcb4adbf",
        )

    def test_both_ways_agree(self):
        for work in (1, 2, 3, 100, 2000):
            state = self.anchor.prepare(work)
            self.assertEqual(self.anchor.task(state), self.anchor.expected(work))

    def test_each_unit_is_the_same_number_of_steps(self):
        one, two, twenty = (self.steps(work) for work in (1, 2, 20))

        self.assertGreater(two - one, 100)
        self.assertEqual(twenty - one, 19 * (two - one))

    def steps(self, work):
        """Calls, lines and returns in one task, as the interpreter traces them."""
        file = self.anchor.__file__
        seen = 0

        def trace(frame, event, _):
            nonlocal seen
            if frame.f_code.co_filename != file:  # what the garbage collector calls
                return None
            seen += 1
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            self.anchor.task(work)
        finally:
            sys.settrace(before)
        return seen


class ContractTests(unittest.TestCase):
    def test_the_checksum_is_the_crc_32_of_the_value_by_default(self):
        run = Worker(str(workload_path("noop")), {}).run

        self.assertEqual(run(), "f4dbdf21")  # of "0", as zlib's crc32 gives it

    def test_a_failure_says_where_the_task_failed(self):
        run = Worker(str(workload_path("misbehave")), {"fault": "raise"}).run

        with self.assertRaises(Failure) as caught:
            run()

        outcome, message, traceback = caught.exception.args
        self.assertEqual((outcome, message.split(":")[0]), ("exception", "ValueError"))
        self.assertIn("in task", traceback)


if __name__ == "__main__":
    unittest.main()
