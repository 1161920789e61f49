"""The arm: loads a model and a workload, runs and times them, phase by phase and slice by slice."""

import gc
import os
import sys
import time
import zlib

from lanes import group, wire
from lanes.counters import Counters
from lanes.task import Failure, Worker, checked, checksum_of, failure, gathers, load

clock = time.perf_counter_ns


class Arm:
    """One cell of one round, from import to teardown."""

    def __init__(self, events, order):
        self.events = events
        self.order = order
        self.tasks = count(order, "tasks")
        self.parallelism = count(order, "parallelism")

    def start(self):
        """Imports and the cold phase, up to `ready`."""
        gil_at_start = gil_enabled()
        model_file = load(self.order["model"], "model")
        try:
            self.sample("import_seconds", seconds_of(model_file.load))
        except ImportError as error:
            raise Failure("unsupported", f"this interpreter lacks a module: {error}", "") from None
        self.workload = load(self.order["workload"], "workload")
        self.arguments = self.task_arguments()
        self.events.send("environment", **environment(gil_at_start))
        self.check_gil("after the imports")

        self.model = self.model_of(model_file)
        self.create_seconds = seconds_of(self.model.create)
        self.sample("create_seconds", self.create_seconds)
        cold = self.run_cold()
        distinct = self.expect(cold)
        self.counters = Counters(group.others())
        self.parked_at = clock()
        self.events.send("ready", checksum=summary(self.expected), expected=distinct)

    def model_of(self, model_file):
        """What runs the batches: the file's model, or for a workload that serves, its server."""
        options = {
            "workload_path": self.order["workload"],
            "parameters": self.order["parameters"],
            "parallelism": self.parallelism,
            "variant": self.order["variant"],
        }
        self.serves = hasattr(self.workload, "respond")
        if not self.serves:
            return model_file.Model(**options)
        from lanes.serving.arm_side import Served

        return Served(model_file, self.order["model"], options)

    def run_cold(self):
        firsts = []
        started = clock()
        results = self.run_batch(lambda: firsts.append(clock()))
        ended = clock()
        self.cold_batch_seconds = (ended - started) / 1e9
        self.sample("first_result_seconds", (firsts[0] - started) / 1e9)
        self.sample("cold_batch_seconds", self.cold_batch_seconds)
        return results

    def run_batch(self, on_first=None):
        """Results of all tasks; with several steps those of the last."""
        results = self.model.run(self.arguments, on_first)
        for _ in range(self.steps - 1):
            results = self.model.run(results)
        return results

    def run_slice(self, turn, loops):
        """Runs the batch `loops` times as one timed slice."""
        # Called directly where it is one step: a batch may take no longer than a few microseconds.
        run = self.model.run if self.steps == 1 else lambda _: self.run_batch()
        arguments = self.arguments
        batches = []
        self.counters.begin()
        started = clock()
        for _ in range(loops):
            batches.append(run(arguments))
        ended = clock()
        counters = self.counters.end()
        parked_seconds = (started - self.parked_at) / 1e9
        self.parked_at = ended
        self.verify(batches, f"turn {turn}")
        self.events.send(
            "slice",
            turn=turn,
            loops=loops,
            seconds=(ended - started) / 1e9,
            parked_seconds=parked_seconds,
            observed=self.observed(batches),
            **counters,
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
        if self.serves:
            self.model.dismiss_load()
        self.events.send("done", gil_enabled=gil_enabled())

    def sample(self, measure, value):
        self.events.send("sample", measure=measure, turn=0, loops=1, value=value)

    def task_arguments(self):
        """One for each task, for one that is a request its path; None where tasks take none."""
        name = "requests" if hasattr(self.workload, "respond") else "arguments"
        if not hasattr(self.workload, name):
            self.steps = 1
            return [None] * self.tasks
        arguments = getattr(self.workload, name)(self.tasks, **self.order["parameters"])
        if len(arguments) != self.tasks:
            problem = f"{len(arguments)} {name} for {self.tasks} tasks"
            raise ValueError(f"{name}() gave {problem}; it must give one for each")
        steps = getattr(self.workload, "steps", lambda **_: 1)
        self.steps = steps(**self.order["parameters"])
        return arguments

    def expect(self, cold):
        """Finds what the tasks must give, and holds the cold batch to it.

        Only now: running a task earlier would have warmed what the cold batch found cold. What an
        earlier process has found is not computed again, unless it is not what came out: a result
        may depend on the hash seed, which is another in each round.
        """
        known = self.order.get("expected")
        if known:
            self.expected = known * (self.tasks // len(known))
            try:
                self.verify([cold], "the cold batch")
                return known
            except Failure:
                pass
        computed = self.expected_checksums()
        self.expected = computed * (self.tasks // len(computed))
        self.verify([cold], "the cold batch")
        return computed

    def expected_checksums(self):
        """Of the workload's independent `expected`, or of tasks run here: one for each task, or a
        single one where tasks take no argument."""
        distinct = self.arguments[:1] if self.arguments[0] is None else self.arguments
        return [self.expected_checksum(argument) for argument in distinct]

    def expected_checksum(self, argument):
        parameters = self.order["parameters"]
        if self.serves:
            return checksum_text(zlib.crc32(self.workload.expected(argument, **parameters)))
        if hasattr(self.workload, "expected"):
            given = () if argument is None else (argument,)
            value = self.workload.expected(*given, **parameters)
            return checked(checksum_of(self.workload)(value))
        worker = Worker(self.order["workload"], parameters)
        result = argument
        for _ in range(self.steps):
            result = worker.run(result)
        worker.close()
        return self.checksum(result)

    def checksum(self, result):
        """Text of what has travelled back; a value that did is digested only here."""
        if self.serves:
            return checksum_text(result)
        return checked(checksum_of(self.workload)(result)) if gathers(self.workload) else result

    def verify(self, batches, where):
        for results in batches:
            if len(results) != self.tasks:
                problem = f"{where}: {len(results)} results for {self.tasks} tasks"
                raise Failure("wrong_result", problem, "")
            for task, result in enumerate(results):
                got, expected = self.checksum(result), self.expected[task]
                if got != expected:
                    problem = f"got {got!r:.80}, expected {expected!r:.80}"
                    raise Failure("wrong_result", f"{where}, task {task}: {problem}", "")

    def observed(self, batches):
        """Sums of what the workload counts in its batches, by measure; of requests, latencies."""
        if self.serves:
            return self.model.latencies(len(batches))
        sums = {}
        if hasattr(self.workload, "observe"):
            for results in batches:
                for measure, value in self.workload.observe(results).items():
                    sums[measure] = sums.get(measure, 0) + value
        return sums

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


def checksum_text(number):
    """Of the CRC-32 of a body."""
    return f"{number:08x}"


def summary(checksums):
    """One text for those of all tasks."""
    if len(set(checksums)) == 1:
        return checksums[0]
    return f"{len(checksums)} tasks {zlib.crc32(' '.join(checksums).encode()):08x}"


def seconds_of(work):
    started = clock()
    work()
    return (clock() - started) / 1e9


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def jit_state():
    jit = getattr(sys, "_jit", None)
    if jit is None or not jit.is_available():
        return "unavailable"
    return "on" if jit.is_enabled() else "off"


def allocator():
    """Of objects: as in the documentation of PYTHONMALLOC; None where it cannot be known."""
    if sys.implementation.name != "cpython":
        return None
    asked = os.environ.get("PYTHONMALLOC")
    if asked and asked not in ("default", "debug"):
        return asked
    # A build without pymalloc has no blocks to count.
    blocks = sys.getallocatedblocks()
    name = "mimalloc" if "t" in sys.abiflags else "pymalloc" if blocks else "malloc"
    return f"{name}_debug" if "d" in sys.abiflags or asked == "debug" else name


def lines_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    except OSError:
        return None


def cpus_allowed_list():
    """The CPUs that the kernel lets this process use, as it writes them: "0-2,5"."""
    for line in lines_of("/proc/self/status") or []:
        name, _, value = line.partition(":")
        if name == "Cpus_allowed_list":
            return value.strip()
    return None


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
        "hash_randomization": bool(sys.flags.hash_randomization),
        "hash_seed": os.environ.get("PYTHONHASHSEED"),
        "allocator": allocator(),
        "cpus": sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "cpus_allowed_list": cpus_allowed_list(),
        "nice": os.nice(0),
        "cgroup": lines_of("/proc/self/cgroup"),
        "gc_enabled": gc.isenabled(),
        "gc_thresholds": gc.get_threshold(),
        "switch_interval_seconds": sys.getswitchinterval(),
    }


def explained(order, outcome, message, traceback):
    """A package that could not be installed here is no fault of the workload."""
    missing = order.get("missing", {"modules": []})
    for module in missing["modules"]:
        if outcome == "import_error" and f"No module named {module!r}" in message:
            return "unsupported", f"{module}: {missing['reason']}", ""
    return outcome, message, traceback


def serve(events, order):
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
    if len(sys.argv) != 2:
        sys.exit(f"{sys.argv[0]} takes one argument, the nonce; it got {len(sys.argv) - 1}")
    nonce = sys.argv.pop()
    group.own_group()
    events = wire.Wire(nonce)
    order = {}
    try:
        events.send("up")
        order = events.receive()
        serve(events, order)
    except BaseException as error:
        outcome, message, traceback = explained(order, *failure(error).args)
        events.send("error", outcome=outcome, message=message, traceback=traceback)
        # Workers may be stuck in a task or waiting for one another: nothing can be joined.
        group.end_others()
        os._exit(3 if outcome == "unsupported" else 1)
