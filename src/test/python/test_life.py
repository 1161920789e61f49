"""The life of an arm that works: phases, slices, finish, and the descriptors of the workload."""

import os
import sys
import time
import unittest

from arm import MODELS, NONCE, SUBINTERPRETERS, Arm, samples

COLD = ["import_seconds", "create_seconds", "first_result_seconds", "cold_batch_seconds"]


class LifeTests(unittest.TestCase):
    def test_every_model_measures_its_phases_and_slices(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("pi", model, variant, parameters={"digits": 50}) as arm:
                    cold = arm.hear_until("ready")
                    first, second = arm.run_slice(0, 1), arm.run_slice(1, 3)
                    end = arm.finish()
                    status = arm.end_of_group()

                self.assertEqual([event["nonce"] for event in cold], [NONCE] * len(cold))
                self.assertEqual(list(samples(cold)), COLD)
                self.assertLessEqual(
                    samples(cold)["first_result_seconds"], samples(cold)["cold_batch_seconds"]
                )
                self.assertEqual((first["turn"], second["turn"], second["loops"]), (0, 1, 3))
                self.assertGreater(second["seconds"], 0)
                self.assertEqual(end[-1]["event"], "done")
                phases = {**samples(cold), **samples(end)}
                self.assertAlmostEqual(
                    phases["total_seconds"],
                    phases["create_seconds"]
                    + phases["cold_batch_seconds"]
                    + phases["teardown_seconds"],
                )
                self.assertEqual(status, 0, arm.errors)

    def test_the_environment_says_what_is_really_running(self):
        with Arm("noop") as arm:
            environment = arm.hear_until("ready")[1]

        self.assertEqual(environment["version"], sys.version.split()[0])
        self.assertEqual(environment["pid"], arm.process.pid)
        self.assertEqual(environment["gil_enabled_after_import"], environment["gil_enabled"])

    def test_no_warning_is_provoked(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("pi", model, variant, ["-W", "always"], parameters={"digits": 5}) as arm:
                    arm.hear_until("ready")
                    arm.finish()
                    arm.end_of_group()

                self.assertNotIn(b"Warning", arm.errors)

    def test_a_flood_on_standard_output_reaches_only_standard_error(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("misbehave", model, variant, parameters={"fault": "flood"}) as arm:
                    self.assertEqual(arm.hear_until("ready", "error")[-1]["event"], "ready")
                    self.assertEqual(arm.finish()[-1]["event"], "done")
                    arm.end_of_group()

                self.assertGreater(len(arm.errors), 1_000_000)

    def test_a_batch_may_be_larger_than_a_pipe(self):
        for model, variant in MODELS[:1] + SUBINTERPRETERS:
            with self.subTest(model=model):
                with Arm("noop", model, variant, tasks=20_000) as arm:
                    arm.hear_until("ready", "error")
                    answer = arm.run_slice()

                self.assertEqual(answer["event"], "slice")

    def test_samples_arrive_before_a_teardown_that_may_abort(self):
        for model, variant in SUBINTERPRETERS:
            with Arm("imports_hashlib", model, variant) as arm:
                cold = arm.hear_until("ready", "error")
                arm.run_slice()
                end = arm.finish()
                arm.end_of_group()

            self.assertEqual(list(samples(cold)), COLD)
            if sys.platform == "linux":
                self.assertGreater(samples(end)["peak_pss_bytes"], 1_000_000)


@unittest.skipUnless(sys.platform == "linux", "memory of processes is read on Linux only")
class MemoryTests(unittest.TestCase):
    def test_an_arm_that_is_parked_beside_another_takes_nothing_off_its_memory(self):
        alone = self.memory_of_one()
        with Arm("noop") as parked, Arm("noop") as also_parked:
            parked.hear_until("ready")
            also_parked.hear_until("ready")
            beside = self.memory_of_one()

        # Divided among three, the interpreter's own files would be a third of what they are.
        self.assertAlmostEqual(beside / alone, 1, delta=0.1)

    def memory_of_one(self):
        with Arm("noop") as arm:
            arm.hear_until("ready")
            return samples(arm.finish())["peak_pss_bytes"]


@unittest.skipUnless(sys.platform == "linux", "CPU time of other processes is read on Linux only")
class CpuTests(unittest.TestCase):
    def test_the_cpu_time_of_live_workers_counts(self):
        alone = self.cpu_seconds("sequential", None)
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                # The same work, so about the same CPU time wherever it is done. Without that of
                # its workers, a pool of processes would show next to none.
                self.assertGreater(self.cpu_seconds(model, variant), alone / 2)

    def cpu_seconds(self, model, variant):
        with Arm("pi", model, variant, parameters={"digits": 300}) as arm:
            self.assertEqual(arm.hear_until("ready", "error")[-1]["event"], "ready")
            return arm.run_slice(0, 10)["cpu_seconds"]

    def test_a_parked_arm_does_not_use_the_cpu(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("noop", model, variant) as parked, Arm(
                    "pi", parameters={"digits": 300}
                ) as running:
                    parked.hear_until("ready")
                    running.hear_until("ready")
                    parked.run_slice()
                    before = group_cpu_seconds(parked.process.pid)
                    answer = running.run_slice(0, 10)
                    used = group_cpu_seconds(parked.process.pid) - before

                self.assertLess(used, answer["seconds"] / 10)


def group_cpu_seconds(group):
    """CPU seconds of the live processes of a group."""
    total = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getpgid(int(name)) == group:
                total += time.clock_gettime(~int(name) << 3 | 2)
        except OSError:
            pass
    return total


if __name__ == "__main__":
    unittest.main()
