"""Measures one arm: one workload under one execution model in a fresh process.

Started as `python -I -X utf8 harness.py`, it reads commands from standard input and writes events
to standard output, one JSON object a line. The first line is the arm, with absolute paths:

    {"nonce": "…", "workload": "….py", "model": "….py", "variant": null, "parameters": {…},
     "tasks": 10, "parallelism": 2, "expect": {"gil_enabled": true}}

Events, each with the nonce: `environment`; `sample` (seconds or bytes, for a phase of the
process); `ready` once the arm is parked; `slice` for each {"slice": turn, "loops": n}; after
{"finish": true} the samples of the end and `done`. `error` with an outcome ends the arm: exit
status 3 if it is `unsupported`, else 1. The end of standard input ends the whole process group.

This is the only file that reads a clock. Durations are wall-clock seconds; import_seconds counts
what the model needs beyond the modules that the harness itself has loaded.
"""

import gc
import os
import resource
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
if FOLDER not in sys.path:  # -I leaves it out; at the end, it cannot hide another module
    sys.path.append(FOLDER)

from lanes import group, wire
from lanes.task import Failure, checksum_of, failure, load

clock = time.perf_counter_ns


class Arm:
    """One cell of one round, from import to teardown."""

    def __init__(self, events, order):
        self.events = events
        self.order = order
        self.tasks = count(order, "tasks")
        self.parallelism = count(order, "parallelism")
        self.children = None

    def start(self):
        """Imports and the cold phase, up to `ready`."""
        gil_at_start = gil_enabled()
        model_file = load(self.order["model"], "model")
        try:
            self.sample("import_seconds", seconds_of(model_file.load))
        except ImportError as error:
            raise Failure("unsupported", f"this interpreter lacks a module: {error}", "") from None
        self.workload = load(self.order["workload"], "workload")
        self.events.send("environment", **environment(gil_at_start))
        self.check_gil("after the imports")

        self.model = model_file.Model(
            workload_path=self.order["workload"],
            parameters=self.order["parameters"],
            parallelism=self.parallelism,
            variant=self.order["variant"],
        )
        self.create_seconds = seconds_of(self.model.create)
        self.sample("create_seconds", self.create_seconds)
        cold = self.run_cold()
        # Known only now: running a task earlier would have warmed what the cold batch found cold.
        self.expected = self.expected_checksum()
        self.verify([cold], "the cold batch")
        self.children = group.others()
        self.events.send("ready")

    def run_cold(self):
        firsts = []
        started = clock()
        checksums = self.model.run(self.tasks, lambda: firsts.append(clock()))
        ended = clock()
        self.cold_batch_seconds = (ended - started) / 1e9
        self.sample("first_result_seconds", (firsts[0] - started) / 1e9)
        self.sample("cold_batch_seconds", self.cold_batch_seconds)
        return checksums

    def run_slice(self, turn, loops):
        """Runs the batch `loops` times as one timed slice."""
        run, tasks = self.model.run, self.tasks
        batches = []
        cpu_before = cpu_nanoseconds(self.children)
        started = clock()
        for _ in range(loops):
            batches.append(run(tasks))
        ended = clock()
        cpu_after = cpu_nanoseconds(self.children)
        self.verify(batches, f"turn {turn}")
        known = cpu_before is not None and cpu_after is not None
        self.events.send(
            "slice",
            turn=turn,
            loops=loops,
            seconds=(ended - started) / 1e9,
            cpu_seconds=(cpu_after - cpu_before) / 1e9 if known else None,
        )

    def finish(self):
        """Everything that is known is sent before teardown, in which CPython 3.12 may abort."""
        pss_bytes = group.pss_bytes()
        if pss_bytes is not None:
            self.sample("peak_pss_bytes", pss_bytes)
        self.check_gil("at the end")
        teardown_seconds = seconds_of(self.model.destroy)
        self.sample("teardown_seconds", teardown_seconds)
        total_seconds = self.create_seconds + self.cold_batch_seconds + teardown_seconds
        self.sample("total_seconds", total_seconds)
        self.events.send("done", gil_enabled=gil_enabled())

    def sample(self, measure, value):
        self.events.send("sample", measure=measure, turn=0, loops=1, value=value)

    def expected_checksum(self):
        """Of the workload's independent `expected`, or of a task run here."""
        parameters = self.order["parameters"]
        if hasattr(self.workload, "expected"):
            value = self.workload.expected(**parameters)
        else:
            value = self.workload.task(self.workload.prepare(**parameters))
        return checksum_of(self.workload)(value)

    def verify(self, batches, where):
        for checksums in batches:
            if len(checksums) != self.tasks:
                problem = f"{where}: {len(checksums)} results for {self.tasks} tasks"
                raise Failure("wrong_result", problem, "")
            for task, got in enumerate(checksums):
                if got != self.expected:
                    problem = f"got {got!r:.80}, expected {self.expected!r:.80}"
                    raise Failure("wrong_result", f"{where}, task {task}: {problem}", "")

    def check_gil(self, when):
        asked = self.order["expect"]["gil_enabled"]
        if asked is not None and asked != gil_enabled():
            state = "enabled" if gil_enabled() else "disabled"
            problem = f"the GIL is {state} {when}, but expect.gil_enabled is {asked}"
            raise Failure("gil_mismatch", problem, "")


def count(command, key):
    value = command[key]
    if type(value) is not int or value < 1:
        raise ValueError(f"{key} is {value!r}; it must be an integer of at least 1")
    return value


def seconds_of(work):
    started = clock()
    work()
    return (clock() - started) / 1e9


def cpu_nanoseconds(children):
    """User and system time of this process, its reaped and its live children; None if unknown."""
    if sys.platform != "linux" or children is None:
        return None
    reaped = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = time.process_time_ns() + int((reaped.ru_utime + reaped.ru_stime) * 1e9)
    try:
        # Linux's clock id of another process's CPU time, as clock_getcpuclockid(3) makes it.
        return total + sum(time.clock_gettime_ns(~pid << 3 | 2) for pid in children)
    except OSError:
        return None


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def jit_state():
    jit = getattr(sys, "_jit", None)
    if jit is None or not jit.is_available():
        return "unavailable"
    return "on" if jit.is_enabled() else "off"


def environment(gil_at_start):
    """What is really running, told after the imports, as those may turn the GIL on."""
    return {
        "version": sys.version.split()[0],
        "implementation": sys.implementation.name,
        "abi_flags": sys.abiflags,
        "gil_enabled": gil_at_start,
        "gil_enabled_after_import": gil_enabled(),
        "jit": jit_state(),
        "pid": os.getpid(),
        "cpus": sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "gc_thresholds": gc.get_threshold(),
        "switch_interval_seconds": sys.getswitchinterval(),
    }


def serve(events):
    order = events.receive()
    events.nonce = order["nonce"]
    arm = Arm(events, order)
    arm.start()
    while True:
        command = events.receive()
        if "slice" in command:
            arm.run_slice(command["slice"], count(command, "loops"))
        elif command.get("finish"):
            return arm.finish()
        else:
            raise ValueError(f"command {command!r:.80}; it must have 'slice' or 'finish'")


def main():
    group.own_group()
    events = wire.Wire()
    try:
        serve(events)
    except BaseException as error:
        outcome, message, traceback = failure(error).args
        events.send("error", outcome=outcome, message=message, traceback=traceback)
        # Workers may be stuck in a task or waiting for one another: nothing can be joined.
        group.end_others()
        os._exit(3 if outcome == "unsupported" else 1)


if __name__ == "__main__":
    main()
