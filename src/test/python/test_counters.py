"""What the system counts around a slice: shown when it happens, next to nothing when not."""

import os
import subprocess
import sys
import unittest

from arm import MODELS, PROGRAMS, Arm

sys.path.append(str(PROGRAMS))

from lanes import counters

POOLS = [("threads", None), ("processes", "fork")]


@unittest.skipUnless(sys.platform == "linux", "these counters are Linux's")
class ParkedTests(unittest.TestCase):
    def test_a_parked_arm_does_not_use_the_cpu(self):
        for model, variant in MODELS:
            with self.subTest(model=model, variant=variant):
                used, parked = self.parked_beside_another("noop", model, variant)

                self.assertLess(used, parked / 10)

    def test_a_parked_arm_that_spins_shows(self):
        for model, variant in POOLS:
            with self.subTest(model=model, variant=variant):
                used, parked = self.parked_beside_another("spins", model, variant)

                self.assertGreater(used, parked / 10)

    def test_the_handing_over_is_not_of_the_parked_time(self):
        # Checking so many results takes the main thread longer than the slice itself.
        with Arm("noop", tasks=100_000) as arm:
            arm.hear_until("ready")
            arm.run_slice(0)
            answer = arm.run_slice(1)

        self.assertLess(answer["parked_cpu_seconds"], answer["parked_seconds"] / 10)

    def parked_beside_another(self, workload, model, variant):
        with Arm(workload, model, variant) as parked, Arm(
            "pi", parameters={"digits": 300}
        ) as running:
            parked.hear_until("ready", "error")
            running.hear_until("ready")
            parked.run_slice(0)
            running.run_slice(0, 10)
            answer = parked.run_slice(1)
        return answer["parked_cpu_seconds"], answer["parked_seconds"]


@unittest.skipUnless(sys.platform == "linux", "these counters are Linux's")
class ContentionTests(unittest.TestCase):
    def test_two_workers_on_one_cpu_wait_for_each_other(self):
        parameters = {"digits": 600}
        with Arm("pi", "processes", "fork", parameters=parameters, cpus=1) as arm:
            arm.hear_until("ready")
            answer = arm.run_slice(0, 10)

        # One of the two waits at any time; a tenth leaves room for the workers of unequal luck.
        self.assertGreater(answer["run_delay_seconds"], answer["seconds"] / 10)
        self.assertGreater(answer["involuntary_switches"], 0)

    def test_the_switches_of_another_process_are_read(self):
        parameters = {"digits": 600}
        with Arm("pi", parameters=parameters, cpus=1) as one, Arm(
            "pi", parameters=parameters, cpus=1
        ) as two:
            one.hear_until("ready")
            two.hear_until("ready")
            threads = counters.Threads(one.process.pid)
            before, after = {}, {}
            threads.read(before)
            for arm in (one, two):  # at the same time, on the same CPU
                arm.tell({"slice": 0, "loops": 10})
            for arm in (one, two):
                arm.hear()
            threads.read(after)
            threads.close()

        main = str(one.process.pid)
        self.assertEqual(set(after), {main})
        self.assertGreater(after[main][0], before[main][0])
        self.assertGreater(after[main][1], before[main][1])

    def test_threads_that_come_and_go_are_counted(self):
        here = counters.Counters([])
        here.begin()
        self.assertEqual(set(here.threads_before), {"self", *os.listdir("/proc/self/task")})
        for _ in range(3):
            with Arm("noop", "threads") as arm:  # its watchdog and its reader are two more threads
                here.begin()
                self.assertEqual(set(here.threads_before), {"self", *os.listdir("/proc/self/task")})
                arm.hear()
            self.assertIsNotNone(here.end()["run_delay_seconds"])

    def test_a_member_that_is_gone_is_unknown_and_not_zero(self):
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        gone = counters.Counters([child])

        gone.begin()
        answer = gone.end()

        self.assertEqual(set(answer.values()), {None})

    def test_too_many_threads_to_read_are_unknown(self):
        with Arm("noop", "threads", parallelism=counters.THREADS_LIMIT) as arm:
            arm.hear_until("ready")
            answer = arm.run_slice()

        self.assertIsNone(answer["run_delay_seconds"])
        self.assertIsNotNone(answer["cpu_seconds"])


@unittest.skipUnless(sys.platform == "linux", "members are read from Linux's /proc")
class GroupTests(unittest.TestCase):
    def test_members_are_the_living_others(self):
        program = """if True:
            import os, subprocess, sys
            from lanes import group
            group.own_group()
            living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
            other = subprocess.Popen(living.args, stdin=subprocess.PIPE, start_new_session=True)
            ended = subprocess.Popen([sys.executable, "-c", ""])
            os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
            print(group.others() == [living.pid])
            living.kill(), other.kill()
        """
        told = subprocess.check_output(
            [sys.executable, "-c", program], env={"PYTHONPATH": str(PROGRAMS)}, text=True
        )

        self.assertEqual(told.strip(), "True")


if __name__ == "__main__":
    unittest.main()
