"""The workloads of the catalogue: every choice gives what is known about it from elsewhere."""

import asyncio
import os
import sys
import threading
import time
import unittest
from pathlib import Path

from arm import PROGRAMS, workload_path

sys.path.append(str(PROGRAMS))

from lanes.task import Failure, Worker, checksum_of, gathers, load

TASKS = 3
ATTEMPTS = 20
HAMMER_SECONDS = 0.3
SHA256_OF_A_ZERO = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
CRC32_OF_A_ZERO = "d202ef8d"
# As printed by the programs of the Computer Language Benchmarks Game.
ENERGY_AT_FIRST, ENERGY_AFTER_1000 = "-0.169075164", "-0.169087605"

LEVELS = ["nothing", "module-globals", "shared-object-read", "shared-container-read"]
LEVELS += ["shared-value-returned", "hot-lock", "hot-counter-dict"]
PATTERNS = ["counter", "check-then-insert", "list-append-pop", "dict-resize-iteration", "lazy-init"]
PAYLOADS = ["bytes", "text", "array", "tuple", "list", "records"]
RAW = ["socket", "os-pipe", "shared-memory-copied", "shared-memory"]
INTERPRETERS = ["interpreter-queue", "interpreter-queue-memoryview", "interpreter-call"]
INTERPRETERS += ["interpreter-executor"]
MECHANISMS = ["thread-queue", "thread-simplequeue", "thread-executor", "pipe", "mp-queue"]
MECHANISMS += ["mp-simplequeue", "process-executor", *RAW, *INTERPRETERS, "pickle-only"]

# Small ones of each workload, with the least values and with every choice.
CASES = {
    "alloc_gc": [
        {"objects": objects, "cyclic": cyclic, "survive": survive}
        for objects, cyclic, survive in [(1, 100, 100), (1234, 0, 0), (12345, 33, 77)]
    ],
    "distance": [{"numbers": numbers, "container": "list"} for numbers in (1, 1001)],
    "fib_calls": [
        {"n": n, "variant": variant} for variant in ("pure", "attribute-write") for n in (1, 2, 15)
    ],
    "imports": [{"what": what} for what in ("none", "json", "asyncio", "many")],
    "io_sleep": [{"milliseconds": 0}, {"milliseconds": 1}],
    "io_tcp": [{"size": 1, "trips": 1}, {"size": 200_000, "trips": 3}],
    "json_regex_sort": [
        {"kind": kind, "size": size}
        for kind in ("json", "regex", "sort", "mixed")
        for size in (1, 300)
    ],
    "native_release": [
        {"algorithm": algorithm, "size": size}
        for algorithm in ("sha256", "zlib", "bz2")
        for size in (1, 70_000)
    ],
    "nbody": [{"steps": steps, "share": share} for share in ("own", "global") for steps in (0, 99)],
    "pipeline": [
        {"stages": stages, "iterations": iterations, "payload": payload}
        for stages, iterations, payload in [(1, 0, 16), (7, 10, 100), (300, 1, 17)]
    ],
    "primes": [{"n": n} for n in (1, 2, 3, 9, 1000)],
    "race": [{"pattern": pattern, "iterations": 500} for pattern in PATTERNS],
    "scatter_gather": [
        {"iterations": iterations, "payload": payload}
        for iterations, payload in [(0, 16), (1, 17), (1000, 5000)]
    ],
    "sharing_ladder": [
        {"level": level, "iterations": iterations} for level in LEVELS for iterations in (0, 300)
    ],
    "soak": [{"objects": objects, "cache": cache} for objects, cache in [(1, 0), (900, 50)]],
}
TRANSFERS = [
    {"mechanism": mechanism, "payload": payload, "size": size}
    for mechanism in MECHANISMS
    for payload in PAYLOADS
    for size in (1, 1000)
]


def workload_of(name):
    return load(str(workload_path(name)), "workload")


def worker(name, **parameters):
    return Worker(str(workload_path(name)), parameters)


def in_threads(work, threads=4):
    """Runs it in some threads at once."""
    crew = [threading.Thread(target=work) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()


def arguments_of(workload, parameters):
    if hasattr(workload, "arguments"):
        return workload.arguments(TASKS, **parameters)
    return [None] * TASKS


def gil_enabled():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


class CatalogueTests(unittest.TestCase):
    def test_every_task_gives_what_is_expected(self):
        for name, cases in CASES.items():
            workload = workload_of(name)
            checksum = checksum_of(workload)
            for parameters in cases:
                with self.subTest(workload=name, **parameters):
                    steps = getattr(workload, "steps", lambda **_: 1)(**parameters)
                    one = worker(name, **parameters)
                    self.addCleanup(one.close)
                    for argument in arguments_of(workload, parameters):
                        given = () if argument is None else (argument,)
                        expected = checksum(workload.expected(*given, **parameters))
                        result = argument
                        for _ in range(steps):
                            result = one.run(result)

                        got = checksum(result) if gathers(workload) else result
                        self.assertEqual(got, expected)

    def test_another_value_has_another_checksum(self):
        for name, cases in CASES.items():
            workload = workload_of(name)
            checksum = checksum_of(workload)
            parameters = cases[-1]
            with self.subTest(workload=name, **parameters):
                state = workload.prepare(**parameters)
                if hasattr(workload, "close"):
                    self.addCleanup(workload.close, state)
                argument = arguments_of(workload, parameters)[-1]
                value = workload.task(*(state,) if argument is None else (state, argument))

                self.assertEqual(checksum(value), checksum(value))
                self.assertNotEqual(checksum(corrupted(value)), checksum(value))

    def test_the_tasks_of_a_batch_have_results_of_their_own(self):
        for name in ("scatter_gather", "pipeline"):
            workload, parameters = workload_of(name), CASES[name][-1]
            one = worker(name, **parameters)

            results = [one.run(argument) for argument in arguments_of(workload, parameters)]

            self.assertEqual(len(set(results)), TASKS)

    @unittest.skipIf(sys.version_info < (3, 11), "tomllib is new in 3.11")
    def test_no_choice_is_left_out(self):
        from test_workloads import header

        for name, cases in {**CASES, "transfer": TRANSFERS}.items():
            _, workload = header(workload_path(name))
            for key, parameter in workload["parameters"].items():
                with self.subTest(workload=name, parameter=key):
                    self.assertEqual(bool(parameter.get("choices")), parameter["type"] == "text")
                    if parameter["type"] == "integer":
                        self.assertLessEqual(parameter["minimum"], parameter["default"])
                        self.assertLessEqual(parameter["default"], parameter["maximum"])
                    elif (name, key) != ("distance", "container"):  # numpy has tests of its own
                        self.assertIn(parameter["default"], parameter["choices"])
                        tried = {case[key] for case in cases}
                        self.assertEqual(set(parameter["choices"]), tried)


def corrupted(value):
    """One like it that is wrong."""
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, dict):
        return {key: corrupted(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return (*value[:-1], corrupted(value[-1]))
    if isinstance(value, list):
        return value[:-1]
    return value + ("0" if isinstance(value, str) else 1)


class KnownValuesTests(unittest.TestCase):
    def test_fibonacci(self):
        fib = workload_of("fib_calls")
        for variant in ("pure", "attribute-write"):
            self.assertEqual(fib.task(fib.prepare(20, variant)), 6765)
        self.assertEqual(fib.expected(90, "pure"), 2880067194370816120)  # OEIS A000045

    def test_primes(self):
        primes = workload_of("primes")
        for n, count in [(10, 4), (100, 25), (1000, 168), (10_000, 1229)]:  # OEIS A006880
            self.assertEqual((primes.task(n), primes.expected(n)), (count, count))

    def test_energies(self):
        nbody = workload_of("nbody")
        told = f"{ENERGY_AT_FIRST} {ENERGY_AFTER_1000}"
        for share in ("own", "global"):
            self.assertEqual(nbody.task(nbody.prepare(1000, share)), told)
        self.assertEqual(nbody.expected(1000, "own"), told)

    def test_digests(self):
        native = workload_of("native_release")
        self.assertEqual(native.buffer(1), b"\0")
        self.assertEqual(native.prepare("sha256", 1)(), SHA256_OF_A_ZERO)
        for algorithm in ("zlib", "bz2"):
            self.assertEqual(native.prepare(algorithm, 1)(), f"1 {CRC32_OF_A_ZERO}")

    def test_sharing_changes_no_result(self):
        ladder = workload_of("sharing_ladder")
        values = {ladder.task(ladder.prepare(level, 50)) for level in LEVELS}

        self.assertEqual(len(values), 1)


class DistanceTests(unittest.TestCase):
    def setUp(self):
        self.distance = workload_of("distance")

    def test_the_tasks_are_the_pieces(self):
        numbers = self.distance.values(1003, "list")
        total = sum(abs(x - 50) for x in numbers)

        for tasks in (1, 2, 10, 100, 2000):
            pieces = self.distance.arguments(tasks, 1003, "list")
            state = self.distance.prepare(1003, "list")
            self.assertEqual(len(pieces), tasks)
            self.assertEqual(sum(self.distance.task(state, piece) for piece in pieces), total)

    def test_the_values_are_from_0_to_99(self):
        self.assertEqual(set(self.distance.values(100_000, "list")), set(range(100)))

    def test_threads_share_the_numbers(self):
        one, other = (self.distance.prepare(1003, "list") for _ in range(2))

        self.assertIs(one[1], other[1])

    def test_numpy_gives_the_same(self):
        try:
            import numpy  # noqa: F401
        except ImportError:
            with self.assertRaises(Failure) as caught:
                worker("distance", numbers=10, container="numpy-array")
            outcome, message, _ = caught.exception.args
            self.assertEqual((outcome, "numpy" in message), ("import_error", True))
            self.skipTest("this interpreter has no numpy")
        for container in ("numpy-array", "numpy-vectorised"):
            state = self.distance.prepare(1003, container)
            for piece in self.distance.arguments(10, 1003, container):
                expected = self.distance.expected(piece, 1003, container)
                self.assertEqual(repr(self.distance.task(state, piece)), repr(expected))


class TransferTests(unittest.TestCase):
    def test_a_round_trip_by_every_mechanism(self):
        transfer = workload_of("transfer")
        threads, children = threading.active_count(), children_of_this()
        for parameters in TRANSFERS:
            with self.subTest(**parameters):
                try:
                    one = worker("transfer", **parameters)
                except Failure as failure:
                    self.assertEqual(failure.args[0], "unsupported", failure)
                    self.assertTrue(may_refuse(**parameters), failure)
                    continue
                try:
                    expected = checksum_of(transfer)(transfer.expected(**parameters))
                    self.assertEqual([one.run(), one.run()], [expected, expected])
                finally:
                    one.close()
                self.assertFalse(must_refuse(**parameters))
                self.assertEqual(threading.active_count(), threads)
                self.assertEqual(children_of_this(), children)

    def test_a_megabyte_by_every_mechanism(self):
        transfer = workload_of("transfer")
        for mechanism in MECHANISMS:
            parameters = {"mechanism": mechanism, "payload": "bytes", "size": 1 << 20}
            if must_refuse(**parameters):
                continue
            with self.subTest(mechanism=mechanism):
                one = worker("transfer", **parameters)
                try:
                    expected = checksum_of(transfer)(transfer.expected(**parameters))
                    self.assertEqual(one.run(), expected)
                finally:
                    one.close()

    def test_shared_memory_is_shared(self):
        transfer = workload_of("transfer")
        peer = transfer.prepare("shared-memory", "bytes", 10)
        self.addCleanup(transfer.close, peer)
        before = peer.trip()

        peer.view[9] = 77

        self.assertEqual(before, transfer.acknowledge(bytes(range(10))))
        self.assertEqual(peer.trip(), transfer.acknowledge(bytes(9) + b"\x4d"))

    def test_too_much_is_refused(self):
        with self.assertRaises(Failure) as caught:
            worker("transfer", mechanism="pickle-only", payload="records", size=1 << 26)

        self.assertEqual(caught.exception.args[0], "unsupported")


def must_refuse(mechanism, payload, size):
    return mechanism in INTERPRETERS and sys.version_info < (3, 14)


def may_refuse(mechanism, payload, size):
    if mechanism in RAW and payload not in ("bytes", "array"):
        return payload != "text" or mechanism.startswith("shared-memory")
    if mechanism == "interpreter-queue-memoryview" and payload not in ("bytes", "array"):
        return True
    return must_refuse(mechanism, payload, size)


def children_of_this():
    """Of the main thread, which inherits those of others; nothing where none are listed."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return listed.read_text().split() if listed.exists() else []


class RaceTests(unittest.TestCase):
    def race(self, pattern, iterations, tasks=5):
        race = workload_of("race")
        one = worker("race", pattern=pattern, iterations=iterations)
        values = []
        in_threads(lambda: values.extend(one.run() for _ in range(tasks)))
        checksums = {race.checksum(value) for value in values}
        self.assertEqual(checksums, {race.checksum(race.expected(pattern, iterations))})
        self.assertEqual(len(values), 4 * tasks)
        return race.observe(values)["violations"]

    @unittest.skipIf(gil_enabled(), "needs a free-threaded build with its GIL off")
    def test_increments_get_lost_without_the_gil(self):
        race = workload_of("race")
        one = worker("race", pattern="counter", iterations=20_000)
        values = []

        def hammer():
            # By the clock, as a busy machine lets short threads run one after the other.
            deadline = time.monotonic() + HAMMER_SECONDS
            while time.monotonic() < deadline:
                values.append(one.run())

        for _ in range(ATTEMPTS):
            in_threads(hammer)
            if race.observe(values)["violations"]:
                break
        self.assertGreater(race.observe(values)["violations"], 0)

    @unittest.skipUnless(gil_enabled(), "needs the GIL")
    @unittest.skipIf(sys.version_info < (3, 10), "before 3.10 a thread may lose the GIL anywhere")
    def test_increments_are_whole_with_the_gil(self):
        self.assertEqual(self.race("counter", 100_000), 0)

    def test_no_pattern_fails_with_threads_and_every_batch_begins_anew(self):
        for pattern in PATTERNS:
            with self.subTest(pattern=pattern):
                self.assertGreaterEqual(self.race(pattern, 5000), 0)
                alone = worker("race", pattern=pattern, iterations=100).run()
                self.assertEqual(alone["violations"], 0)

    def test_what_cannot_be_known_alone_is_told_by_the_last(self):
        race = workload_of("race")
        race._enter()
        race._enter()
        race.hits = 5
        told = [race._leave(4, lambda done: done - race.hits) for _ in range(2)]

        self.assertEqual((told, race.hits), ([0, 3], 0))


class WaitingTests(unittest.TestCase):
    def test_coroutines_wait_together(self):
        one = worker("io_sleep", milliseconds=50)

        async def crowd():
            return await asyncio.gather(*(one.run_async() for _ in range(40)))

        started = time.perf_counter()
        results = asyncio.run(crowd())

        self.assertLess(time.perf_counter() - started, 1)  # of 2 seconds in all
        self.assertEqual(set(results), {one.run()})

    def test_many_coroutines_talk_at_once_and_the_echo_ends(self):
        threads, files = threading.active_count(), open_files()
        one = worker("io_tcp", size=5000, trips=3)

        async def crowd():
            return await asyncio.gather(*(one.run_async() for _ in range(100)))

        self.assertEqual(set(asyncio.run(crowd())), {one.run()})
        in_threads(one.run)
        one.close()
        self.assertEqual((threading.active_count(), open_files()), (threads, files))


def open_files():
    return len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else None


class StateTests(unittest.TestCase):
    def test_imports_leave_the_modules_of_before(self):
        import json.decoder

        register = os.register_at_fork
        one = worker("imports", what="many")
        in_threads(one.run)

        self.assertIs(sys.modules["json"], json)
        self.assertIs(sys.modules["json.decoder"], json.decoder)
        self.assertIs(os.register_at_fork, register)

    def test_survivors_are_those_of_the_last_task(self):
        allocation = workload_of("alloc_gc")
        state = allocation.prepare(objects=1000, cyclic=50, survive=25)
        for _ in range(3):
            allocation.task(state)

        self.assertEqual(len(state.survivors), 250)

    def test_the_cache_stays_bounded(self):
        soak = workload_of("soak")
        state = soak.prepare(objects=900, cache=50)
        results = {soak.task(state) for _ in range(5)}

        self.assertEqual((len(results), len(state.cache)), (1, 50))

    def test_stages_in_another_order_give_another_value(self):
        pipeline = workload_of("pipeline")
        [argument] = pipeline.arguments(1, 2, 10, 100)
        first = pipeline.task(10, argument)
        changed = pipeline.task(10, argument[:4] + (1).to_bytes(4, "little") + argument[8:])

        self.assertNotEqual(first[:4], changed[:4])


if __name__ == "__main__":
    unittest.main()
