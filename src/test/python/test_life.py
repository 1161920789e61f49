"""The life of an arm that works: phases, slices, finish, and the descriptors of the workload."""

import os
import subprocess
import sys
import unittest

from arm import (
    HASH_SEED,
    KINDS,
    MODELS,
    NONCE,
    PROGRAMS,
    SUBINTERPRETERS,
    Arm,
    samples,
    workload_path,
)

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

    def test_it_is_up_before_it_has_an_order(self):
        with Arm("noop") as arm:
            first = arm.hear()
            status = arm.process.poll()

        self.assertEqual((first["event"], first["nonce"], status), ("up", NONCE, None))

    def test_ready_tells_the_checksum_that_all_arms_must_have(self):
        for model, variant in KINDS:
            with self.subTest(model=model, variant=variant), Arm("noop", model, variant) as arm:
                ready = arm.hear_until("ready", "error")[-1]

                self.assertEqual(ready["checksum"], "f4dbdf21")  # zlib's crc32 of "0"

    def test_what_an_earlier_process_found_is_not_computed_again(self):
        said = b"computing what is expected"
        with Arm("says_expected") as first:
            known = first.hear_until("ready")[-1]["expected"]
            first.finish()
            first.end_of_group()
        with Arm("says_expected", expected=known) as second:
            ready = second.hear_until("ready", "error")[-1]
            second.finish()
            second.end_of_group()

        self.assertEqual((ready["event"], ready.get("expected")), ("ready", known))
        self.assertIn(said, first.errors)
        self.assertNotIn(said, second.errors)

    def test_a_result_of_another_round_is_held_against_nothing_but_this_one(self):
        of_another_seed = [hash_with("4")]
        with Arm("hashes", expected=of_another_seed) as arm:
            ready = arm.hear_until("ready", "error")[-1]

        self.assertEqual(ready.get("expected"), [hash_with(HASH_SEED)], ready)

    def test_a_wrong_result_is_one_whatever_is_known(self):
        with Arm("misbehave") as good:
            known = good.hear_until("ready")[-1]["expected"]
        for model, variant in KINDS:
            with self.subTest(model=model, variant=variant):
                with Arm(
                    "misbehave", model, variant, parameters={"fault": "wrong"}, expected=known
                ) as arm:
                    last = arm.hear_until("ready", "error")[-1]

                self.assertEqual(last.get("outcome"), "wrong_result", last)

    def test_the_environment_says_what_is_really_running(self):
        with Arm("noop", cpus=1) as arm:
            events = arm.hear_until("ready")
            environment = next(event for event in events if event["event"] == "environment")
            allowed = os.sched_getaffinity(arm.process.pid)

        self.assertEqual(environment["version"], sys.version.split()[0])
        self.assertEqual(environment["pid"], arm.process.pid)
        self.assertEqual(environment["gil_enabled_after_import"], environment["gil_enabled"])
        self.assertEqual(environment["hash_seed"], HASH_SEED)
        self.assertTrue(environment["hash_randomization"])
        self.assertTrue(environment["gc_enabled"])
        self.assertEqual(environment["nice"], os.nice(0))
        self.assertEqual(environment["cpus"], sorted(allowed))
        self.assertEqual(environment["cpus_allowed_list"], ",".join(map(str, allowed)))
        self.assertIn(environment["allocator"], ["pymalloc", "mimalloc", "pymalloc_debug"])

    def test_the_hash_seed_reaches_every_worker(self):
        for model, variant in KINDS:
            with self.subTest(model=model, variant=variant), Arm("hashes", model, variant) as arm:
                last = arm.hear_until("ready", "error")[-1]

                # An independent process with the same seed.
                self.assertEqual(last["event"], "ready", last)
                self.assertEqual(last["checksum"], hash_with(HASH_SEED))
                self.assertNotEqual(last["checksum"], hash_with("4"))

    def test_the_harness_hides_no_module_and_keeps_its_nonce_to_itself(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant), Arm("sees", model, variant) as arm:
                last = arm.hear_until("ready", "error")[-1]

                self.assertEqual(last.get("checksum"), "harness last, no arguments", last)

    def test_no_warning_is_provoked(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("pi", model, variant, ["-W", "always"], parameters={"digits": 5}) as arm:
                    arm.hear_until("ready")
                    arm.finish()
                    arm.end_of_group()

                self.assertNotIn(b"Warning", arm.errors)

    def test_a_flood_on_standard_output_reaches_only_standard_error(self):
        for model, variant in KINDS:
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

    def test_every_model_tells_its_first_result_once(self):
        program = """if True:
            import sys
            from lanes.task import load
            file, workload, variant = sys.argv[1:]
            model = load(file, "model")
            load(workload, "workload")
            model.load()
            arm = model.Model(
                workload_path=workload, parameters={}, parallelism=2, variant=variant or None
            )
            arm.create()
            told = []
            arm.run([None] * 5, lambda: told.append("told"))
            arm.run([None] * 5)
            arm.destroy()
            print(*told)
        """
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                file = PROGRAMS / "models" / f"{model}.py"
                told = subprocess.check_output(
                    [sys.executable, "-c", program, file, workload_path("noop"), variant or ""],
                    env={"PYTHONPATH": str(PROGRAMS)},
                    text=True,
                )

                self.assertEqual(told, "told\n")

    def test_every_model_carries_arguments_and_values(self):
        # More than a pipe holds, in both directions, twice, and more tasks than workers.
        parameters = {"size": 1 << 20, "steps": 2}
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("doubles", model, variant, parameters=parameters, tasks=3) as arm:
                    last = arm.hear_until("ready", "error")[-1]
                    end = arm.finish()[-1]

                self.assertEqual(last["event"], "ready", last)
                self.assertEqual(end["event"], "done")

    def test_values_of_the_workloads_own_types_arrive(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                parameters = {"kind": "objects"}
                with Arm("doubles", model, variant, parameters=parameters, tasks=1) as arm:
                    last = arm.hear_until("ready", "error")[-1]
                    arm.finish()  # killed, it would leave its shared memory behind

                self.assertEqual(last["event"], "ready", last)

    def test_long_text_arrives_whole(self):
        parameters = {"size": 3000, "kind": "text"}
        for model, variant in [*KINDS, ("prefork", "2-threads")]:
            with self.subTest(model=model, variant=variant):
                with Arm("doubles", model, variant, parameters=parameters, tasks=1) as arm:
                    last = arm.hear_until("ready", "error")[-1]
                    arm.finish()  # killed, it would leave its shared memory behind

                self.assertEqual(last["event"], "ready", last)

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
        helped = [("processes_per_task", "forkserver-per-task"), ("prefork", "2-threads")]
        for model, variant in [*KINDS, *helped]:
            with self.subTest(model=model, variant=variant):
                # The same work, so about the same CPU time wherever it is done. Without that of
                # its workers, a pool of processes would show next to none.
                self.assertGreater(self.cpu_seconds(model, variant), alone / 2)

    def cpu_seconds(self, model, variant):
        with Arm("pi", model, variant, parameters={"digits": 300}) as arm:
            self.assertEqual(arm.hear_until("ready", "error")[-1]["event"], "ready")
            return arm.run_slice(0, 10)["cpu_seconds"]


def hash_with(seed):
    command = [sys.executable, "-c", "print(hash('lanes'))"]
    return subprocess.check_output(command, env={"PYTHONHASHSEED": seed}, text=True).strip()


if __name__ == "__main__":
    unittest.main()
