"""What the harness says, and what it leaves behind, when an arm cannot go on."""

import os
import signal
import sys
import unittest

from arm import KINDS, MODELS, PROCESSES, SUBINTERPRETERS, Arm

IN_PROCESS = [pair for pair in KINDS if pair not in PROCESSES]


def outcome_of(workload, model="sequential", variant=None, **changes):
    """The last event and the exit status of an arm that goes as far as `ready`."""
    with Arm(workload, model, variant, **changes) as arm:
        events = arm.hear_until("ready", "error")
        if events and events[-1]["event"] == "ready":
            return events[-1], None
        return (events[-1] if events else None), arm.end_of_group()


class FaultTests(unittest.TestCase):
    def test_a_wrong_result_names_the_task_and_both_values(self):
        for model, variant in KINDS:
            with self.subTest(model=model, variant=variant):
                error, status = outcome_of(
                    "misbehave", model, variant, parameters={"fault": "wrong"}
                )

                self.assertEqual((error["outcome"], status), ("wrong_result", 1))
                pattern = r"the cold batch, task \d: got '\w{8}', expected '\w{8}'"
                self.assertRegex(error["message"], pattern)

    def test_an_exception_in_a_task_arrives_with_its_traceback(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                error, status = outcome_of(
                    "misbehave", model, variant, parameters={"fault": "raise"}
                )

                self.assertEqual((error["outcome"], status), ("exception", 1))
                self.assertEqual(error["message"], "ValueError: the task was told to raise")
                self.assertIn("misbehave.py", error["traceback"])

    def test_an_exception_in_prepare_is_no_hang(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                error, status = outcome_of("pi", model, variant, parameters={"figures": 3})

                self.assertEqual((error["outcome"], status), ("exception", 1))
                self.assertIn("figures", error["message"])

    def test_a_crash_of_the_process_is_seen_as_its_signal(self):
        for model, variant in IN_PROCESS:
            with self.subTest(model=model):
                _, status = outcome_of("misbehave", model, variant, parameters={"fault": "crash"})

                self.assertEqual(status, -signal.SIGSEGV)

    def test_an_exit_of_the_process_is_seen_as_its_status(self):
        for model, variant in IN_PROCESS:
            with self.subTest(model=model):
                _, status = outcome_of("misbehave", model, variant, parameters={"fault": "exit"})

                self.assertEqual(status, 7)

    def test_the_end_of_a_worker_process_is_named(self):
        ends = {"crash": "worker process ended by SIGSEGV", "exit": "exited with status 7"}
        for model, variant in PROCESSES:
            for fault, end in ends.items():
                if fault == "exit" and (model, variant) not in KINDS:
                    continue
                with self.subTest(model=model, variant=variant, fault=fault):
                    error, status = outcome_of(
                        "misbehave", model, variant, parameters={"fault": fault}
                    )

                    self.assertEqual((error["outcome"], status), ("crashed", 1))
                    self.assertIn(end, error["message"])

    def test_a_worker_that_is_killed_with_much_on_the_way_is_no_hang(self):
        # More than a pipe holds, so that the parent is writing when nobody reads any more.
        parameters = {"size": 1 << 20, "kind": "die"}
        for model, variant in PROCESSES:
            # Executors hang there before 3.11.5, python/cpython#94777.
            if sys.version_info < (3, 11, 5) and model in ("processes", "asyncio_executor"):
                continue
            with self.subTest(model=model, variant=variant):
                error, status = outcome_of("doubles", model, variant, parameters=parameters)

                self.assertEqual((error["outcome"], status), ("crashed", 1))
                self.assertIn("ended by SIGKILL", error["message"])

    def test_a_missing_module_is_told_apart(self):
        error, status = outcome_of("needs_missing_module")

        self.assertEqual((error["outcome"], status), ("import_error", 1))
        self.assertIn("no_such_module", error["message"])

    def test_another_gil_than_asked_for_is_refused(self):
        enabled = getattr(sys, "_is_gil_enabled", lambda: True)()

        error, status = outcome_of("noop", expect={"gil_enabled": not enabled})

        self.assertEqual((error["outcome"], status), ("gil_mismatch", 1))

    def test_a_start_method_is_never_a_default(self):
        error, status = outcome_of("noop", "processes", None)

        self.assertEqual((error["outcome"], status), ("unsupported", 3))
        self.assertIn("'fork'", error["message"])

    @unittest.skipUnless(SUBINTERPRETERS, "this interpreter has none")
    def test_a_module_that_only_a_subinterpreter_lacks_is_told_apart(self):
        for model, variant in MODELS:
            if "interpreter" not in model:
                continue
            with self.subTest(model=model, variant=variant):
                error, status = outcome_of("lacks_module_in_interpreters", model, variant)

                self.assertEqual((error["outcome"], status), ("import_error", 1))
                self.assertIn("no_such_module", error["message"])

    def test_a_model_without_its_variant_is_no_other_model(self):
        for model in ("processes_per_task", "asyncio_executor"):
            with self.subTest(model=model):
                error, status = outcome_of("noop", model, None)

                self.assertEqual((error["outcome"], status), ("unsupported", 3))

    def test_what_this_version_lacks_is_unsupported(self):
        for model, since in (("interpreter_pool", (3, 14)), ("subinterpreters_queue", (3, 13))):
            if sys.version_info < since:
                with self.subTest(model=model):
                    error, status = outcome_of("noop", model)

                    self.assertEqual((error["outcome"], status), ("unsupported", 3))
                    self.assertIn("CPython 3.1", error["message"])

    @unittest.skipIf(SUBINTERPRETERS, "this interpreter has them")
    def test_a_model_too_new_for_the_interpreter_is_unsupported(self):
        error, status = outcome_of("noop", "subinterpreters")

        self.assertEqual((error["outcome"], status), ("unsupported", 3))
        self.assertIn("3.12", error["message"])

    def test_a_count_below_one_is_an_error(self):
        error, status = outcome_of("noop", tasks=0)

        self.assertEqual((error["outcome"], status), ("exception", 1))
        self.assertIn("tasks is 0; it must be an integer of at least 1", error["message"])

    def test_a_command_that_is_not_one_is_an_error(self):
        for command in ({"slice": 0, "loops": 0}, {"slide": 1}):
            with self.subTest(command=command), Arm("noop") as arm:
                arm.hear_until("ready")
                arm.tell(command)
                error = arm.hear()

            self.assertEqual((error["event"], error["outcome"]), ("error", "exception"))


class SharedMemoryTests(unittest.TestCase):
    MODEL = "processes_shared_memory", "fork-shared-memory"

    def test_no_block_outlives_the_arm(self):
        for kind in ("bytes", "raise"):
            parameters = {"kind": kind}
            with self.subTest(kind=kind), Arm("doubles", *self.MODEL, parameters=parameters) as arm:
                if arm.hear_until("ready", "error")[-1]["event"] == "ready":
                    self.assertNotEqual(self.blocks_of(arm), [])
                    arm.run_slice()
                    arm.finish()
                arm.end_of_group()

                self.assertEqual(self.blocks_of(arm), [])

    def test_blocks_of_an_arm_that_was_killed_are_removed_by_the_next(self):
        with Arm("doubles", *self.MODEL) as arm:
            arm.hear_until("ready", "error")
            arm.end()
            arm.end_of_group()
        self.assertNotEqual(self.blocks_of(arm), [])

        with Arm("doubles", *self.MODEL) as following:
            following.hear_until("ready", "error")
            following.finish()

        self.assertEqual(self.blocks_of(arm), [])

    def blocks_of(self, arm):
        names = os.listdir("/dev/shm") if os.path.isdir("/dev/shm") else []
        return [name for name in names if name.startswith(f"lanes-{arm.process.pid}-")]


class EndOfInputTests(unittest.TestCase):
    def test_the_end_of_input_ends_a_parked_group(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                with Arm("noop", model, variant) as arm:
                    arm.hear_until("ready")
                    arm.process.stdin.close()
                    status = arm.end_of_group()

                self.assertEqual(status, -signal.SIGKILL)
                self.assertFalse(arm.gave_up)


if __name__ == "__main__":
    unittest.main()
