"""Servers under load: real connections, right bytes, latencies, faults, and nothing left behind."""

import asyncio
import base64
import hashlib
import hmac
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest
import zlib
from unittest import mock

from arm import PROGRAMS, Arm, samples, workload_path

sys.path.append(str(PROGRAMS))

from lanes import postgres_wire
from lanes.serving import http
from lanes.serving.arm_side import Load, Served, quantile
from lanes.task import Failure, load


def those_that_serve(*models):
    return [
        (model, variant)
        for model, variant in models
        if "Server" in (PROGRAMS / "models" / f"{model}.py").read_text()
    ]


IN_PROCESS = [("sequential", None), ("threads", None), ("asyncio", None), ("loops", "threads")]
PROCESSES = those_that_serve(("loops", "processes"), ("prefork", "2-threads"))
# 3.12 has them, but aborts at the end of one that has loaded asyncio.
INTERPRETERS = those_that_serve(("interpreter_threads", "2-threads"))
INTERPRETERS = INTERPRETERS if sys.version_info >= (3, 12) else []
LOOPS_IN_INTERPRETERS = [("loops", "subinterpreters")] if sys.version_info >= (3, 13) else []
SUBINTERPRETERS = INTERPRETERS + LOOPS_IN_INTERPRETERS
SERVERS = IN_PROCESS + PROCESSES + SUBINTERPRETERS
LOOPS = [("loops", "threads"), ("loops", "processes"), *LOOPS_IN_INTERPRETERS]
LATENCIES = ["latency_p50_seconds", "latency_p99_seconds", "latency_max_seconds"]


def page(name="hello", **changes):
    return {
        "page": name,
        "cpu_iterations": 20,
        "io_ms": 1,
        "response_bytes": 64,
        "connections": 6,
        "rate": 0,
        **changes,
    }


def serving(workload, model, variant, parameters, tasks=24):
    return Arm(workload, model, variant, parameters=parameters, tasks=tasks)


def served_here(model, variant, parameters):
    """A server whose workers belong to this process."""
    path = str(PROGRAMS / "models" / f"{model}.py")
    model_file = load(path, "model")
    model_file.load()
    options = {"workload_path": str(workload_path("http")), "parameters": parameters}
    return Served(model_file, path, {**options, "parallelism": 2, "variant": variant})


class ServerTests(unittest.TestCase):
    def test_every_server_gives_the_right_pages_to_more_connections_than_it_has_workers(self):
        for model, variant in SERVERS:
            for name in ("hello", "cpu", "io", "mixed"):
                with self.subTest(model=model, variant=variant, page=name):
                    with serving("http", model, variant, page(name)) as arm:
                        cold = arm.hear_until("ready", "error")
                        self.assertEqual(cold[-1]["event"], "ready", cold[-1])
                        first, second = arm.run_slice(0, 1), arm.run_slice(1, 3)
                        end = arm.finish()
                        status = arm.end_of_group()

                    self.assertLessEqual(
                        samples(cold)["first_result_seconds"], samples(cold)["cold_batch_seconds"]
                    )
                    self.assertEqual(list(first["observed"]), LATENCIES)
                    values = list(second["observed"].values())
                    self.assertEqual(values, sorted(values))
                    self.assertGreater(values[0], 0.001 if name in ("io", "mixed") else 0)
                    self.assertLess(values[-1], second["seconds"])
                    self.assertEqual(end[-1]["event"], "done")
                    self.assertEqual(status, 0, arm.errors)

    def test_a_batch_may_be_so_short_that_its_first_answer_comes_with_all(self):
        for _ in range(10):
            with serving("http", "sequential", None, page(), tasks=1) as arm:
                last = arm.hear_until("ready", "error")[-1]

            self.assertEqual(last["event"], "ready", arm.errors)

    def test_a_page_may_be_larger_than_a_socket_takes_at_once(self):
        for model, variant in SERVERS:
            with self.subTest(model=model, variant=variant):
                with serving("http", model, variant, page(response_bytes=3_000_000)) as arm:
                    last = arm.hear_until("ready", "error")[-1]

                self.assertEqual(last["event"], "ready", last)

    def test_each_worker_serves_as_many_connections(self):
        for model, variant in PROCESSES:
            with self.subTest(model=model, variant=variant):
                with serving("http", model, variant, page(connections=6)) as arm:
                    arm.hear_until("ready", "error")
                    group = members(arm.process.pid)
                    held = sorted(len(connections_of(process)) for process in group)

                self.assertEqual(held, [0, 3, 3])

    def test_connections_that_were_closed_make_room_for_others(self):
        for model, variant in PROCESSES + IN_PROCESS:
            with self.subTest(model=model, variant=variant):
                served = served_here(model, variant, page())
                served.create()
                paths = [f"/hello/{request}" for request in range(12)]
                first = served.run(paths)
                served.load.tell_paths([])
                served.load.order(b"batch 0 0 0\n")
                self.assertEqual(served.load.line(), [b"batch", b"0"])
                served.load.tell_paths(paths)
                second = served.run(paths)
                served.destroy()
                served.dismiss_load()

                self.assertEqual(first, second)

    def test_no_warning_is_provoked(self):
        for model, variant in SERVERS:
            with self.subTest(model=model, variant=variant):
                with Arm("http", model, variant, ["-W", "always"], parameters=page()) as arm:
                    self.assertEqual(arm.hear_until("ready", "error")[-1]["event"], "ready")
                    self.assertEqual(arm.finish()[-1]["event"], "done")
                    arm.end_of_group()

                self.assertNotIn(b"Warning", arm.errors)

    def test_a_model_without_a_server_is_unsupported(self):
        with serving("http", "processes", "fork", page()) as arm:
            last = arm.hear_until("ready", "error")[-1]

        self.assertEqual(last["outcome"], "unsupported")
        self.assertEqual(last["message"], "the model processes runs tasks, it serves no requests")


class LatencyTests(unittest.TestCase):
    def observed(self, rate):
        parameters = {"fault": "stall", "at": 10, "connections": 1, "rate": rate}
        with serving("answers", "sequential", None, parameters, tasks=50) as arm:
            last = arm.hear_until("ready", "error")[-1]
            self.assertEqual(last["event"], "ready", last)
            return arm.run_slice()["observed"]

    def test_requests_that_were_due_during_a_stall_have_waited_for_it(self):
        # One each millisecond: all from the eleventh on are due before the stall has ended.
        observed = self.observed(1000)

        self.assertGreater(observed["latency_max_seconds"], 0.05)
        self.assertGreater(observed["latency_p50_seconds"], 0.015)

    def test_in_a_closed_loop_nothing_is_due_while_it_waits(self):
        observed = self.observed(0)

        self.assertGreater(observed["latency_max_seconds"], 0.05)
        self.assertLess(observed["latency_p50_seconds"], 0.02)

    def test_a_batch_at_a_rate_lasts_as_long_as_the_rate_says(self):
        with serving("http", "sequential", None, page(rate=200), tasks=40) as arm:
            arm.hear_until("ready", "error")
            seconds = arm.run_slice(0, 2)["seconds"]

        self.assertGreater(seconds, 2 * 39 / 200)

    def test_a_quantile_is_one_of_the_values(self):
        self.assertEqual([quantile([1, 2, 3, 4], q) for q in (0, 0.5, 0.51, 1)], [1, 2, 3, 4])
        self.assertEqual([quantile([7], q) for q in (0.5, 0.99)], [7, 7])
        self.assertEqual(quantile(range(1, 101), 0.99), 99)


class FaultTests(unittest.TestCase):
    def outcome_of(self, model, variant, **parameters):
        with serving("answers", model, variant, parameters_of(parameters)) as arm:
            events = arm.hear_until("ready", "error")
            if events and events[-1]["event"] == "ready":
                events = arm.finish()
            return (events[-1] if events else None), arm.end_of_group()

    def test_a_wrong_page_is_a_wrong_result(self):
        for model, variant in SERVERS:
            with self.subTest(model=model, variant=variant):
                error, status = self.outcome_of(model, variant, fault="wrong", at=7)

                self.assertEqual(error["event"], "error", error)
                self.assertEqual((error["outcome"], status), ("wrong_result", 1))
                self.assertRegex(error["message"], r"the cold batch, task 7: got '\w{8}'")

    def test_an_error_of_the_application_arrives_with_its_traceback(self):
        messages = {
            "raise": "ValueError: the request was told to raise",
            "text": "TypeError: respond() gave 'text'; it must be bytes",
            "prepare": "ValueError: prepare was told to raise",
            "close": "ValueError: close was told to raise",
        }
        for model, variant in SERVERS:
            for fault, message in messages.items():
                with self.subTest(model=model, variant=variant, fault=fault):
                    error, status = self.outcome_of(model, variant, fault=fault)

                    self.assertEqual((error.get("outcome"), status), ("exception", 1), error)
                    self.assertEqual(error["message"], message)
                    if fault not in ("text",):
                        self.assertIn("answers.py", error["traceback"])

    def test_a_crash_of_the_process_is_seen_as_its_signal(self):
        for model, variant in IN_PROCESS + SUBINTERPRETERS:
            with self.subTest(model=model, variant=variant):
                _, status = self.outcome_of(model, variant, fault="crash")

                self.assertEqual(status, -signal.SIGSEGV)

    def test_the_end_of_a_worker_process_is_named(self):
        ends = {"crash": "a worker process ended by SIGSEGV", "exit": "exited with status 7"}
        for model, variant in PROCESSES:
            for fault, end in ends.items():
                with self.subTest(model=model, variant=variant, fault=fault):
                    error, status = self.outcome_of(model, variant, fault=fault, at=9)

                    self.assertEqual((error["outcome"], status), ("crashed", 1))
                    self.assertIn(end, error["message"])


def parameters_of(changes):
    return {"fault": "none", "at": 0, "connections": 4, "rate": 0, **changes}


class EndTests(unittest.TestCase):
    def test_nothing_is_left_of_an_arm_that_has_finished_or_whose_input_has_ended(self):
        for model, variant in SERVERS:
            for ending in ("finish", "input"):
                with self.subTest(model=model, variant=variant, ending=ending):
                    with serving("http", model, variant, page()) as arm:
                        arm.hear_until("ready", "error")
                        port = listening_port(arm.process.pid)
                        if ending == "finish":
                            arm.finish()
                        else:
                            arm.process.stdin.close()
                        # The load holds standard error too, so that it also has ended then.
                        arm.end_of_group()

                    self.assertFalse(arm.gave_up)
                    with self.assertRaises(ConnectionRefusedError):
                        socket.create_connection(("127.0.0.1", port))

    def test_an_idle_server_uses_no_cpu(self):
        for model, variant in SERVERS:
            with self.subTest(model=model, variant=variant):
                with serving("http", model, variant, page()) as arm:
                    arm.hear_until("ready", "error")
                    arm.run_slice()
                    time.sleep(0.3)
                    answer = arm.run_slice()

                self.assertGreater(answer["parked_seconds"], 0.3)
                self.assertLess(answer["parked_cpu_seconds"], 0.003)


def listening_port(process):
    """The only port on which the process listens."""
    return int(sockets(process, "0A")[0][1].rpartition(":")[2], 16)


def connections_of(process):
    """The open TCP connections that the process holds."""
    return sockets(process, "01")


def sockets(process, state):
    """Lines of /proc/net/tcp, as words, for the sockets of a process that are in this state."""
    inodes = {
        os.readlink(f"/proc/{process}/fd/{name}") for name in os.listdir(f"/proc/{process}/fd")
    }
    with open(f"/proc/{process}/net/tcp") as lines:
        return [
            words
            for words in map(str.split, lines)
            if words[3] == state and f"socket:[{words[9]}]" in inodes
        ]


class LoopTests(unittest.TestCase):
    """Event loops as a model that runs tasks."""

    def test_tasks_with_and_without_arguments(self):
        for model, variant in LOOPS:
            for workload, parameters in (("pi", {"digits": 50}), ("echoes", {"bytes": 200_000})):
                with self.subTest(variant=variant, workload=workload):
                    with serving(workload, model, variant, parameters) as arm:
                        last = arm.hear_until("ready", "error")[-1]
                        self.assertEqual(last["event"], "ready", last)
                        self.assertEqual(arm.run_slice(0, 3)["event"], "slice")
                        self.assertEqual(arm.finish()[-1]["event"], "done")
                        self.assertEqual(arm.end_of_group(), 0, arm.errors)

    def test_a_loop_takes_more_while_its_coroutines_wait(self):
        for model, variant in LOOPS:
            with self.subTest(variant=variant):
                with serving("waits", model, variant, {}, tasks=20) as arm:
                    arm.hear_until("ready", "error")
                    seconds = arm.run_slice()["seconds"]

                self.assertGreater(seconds, 0.05)
                self.assertLess(seconds, 0.5)  # one after the other, two workers would take longer

    def test_faults_arrive(self):
        for model, variant in LOOPS:
            with self.subTest(variant=variant):
                with serving("misbehave", model, variant, {"fault": "raise"}) as arm:
                    last = arm.hear_until("ready", "error")[-1]

                self.assertEqual(last["message"], "ValueError: the task was told to raise")

    def test_subinterpreters_need_a_version_that_has_them(self):
        if sys.version_info >= (3, 12):
            self.skipTest("this interpreter has them")
        for workload, parameters in (("noop", {}), ("http", page())):
            with serving(workload, "loops", "subinterpreters", parameters) as arm:
                last = arm.hear_until("ready", "error")[-1]

            self.assertEqual(last["outcome"], "unsupported", last)


class LoadTests(unittest.TestCase):
    """The load against a server that is written here."""

    def setUp(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.load = Load(self.listener.getsockname()[1])
        self.load.tell_paths(["/0", "/1"])

    def tearDown(self):
        self.load.close()
        self.listener.close()

    def answers(self, *answers):
        """The load's line for a batch on one connection, of which each request is so answered."""
        self.load.order(b"batch 1 0 0\n")
        connection, _ = self.listener.accept()
        with connection:
            for answer in answers:
                connection.recv(65536)
                for part in answer:
                    connection.sendall(part)
                    time.sleep(0.01)
        return self.load.line()

    def test_an_answer_may_come_in_pieces(self):
        whole = http.response(http.OK, b"body")

        line = self.answers([whole[:20], whole[20:-2], whole[-2:]], [whole])

        self.assertEqual(line, [b"batch", b"2"])
        self.assertEqual(len(self.load.bytes(16)), 16)
        self.assertEqual(self.load.bytes(16), bytes(16))  # in a closed loop nothing is late
        checksum = zlib.crc32(b"body").to_bytes(4, sys.byteorder)
        self.assertEqual(self.load.bytes(8), 2 * checksum)

    def test_wrong_answers_are_counted_and_the_first_is_told(self):
        wrong = http.response(http.ERROR, b"out of order")

        line = self.answers([wrong], [wrong])

        self.assertEqual(line, [b"failed", b"2", b"0", b"500", b"12"])
        self.assertEqual(self.load.bytes(12), b"out of order")

    def test_a_connection_that_ends_is_told(self):
        line = self.answers([http.response(http.OK, b"")], [b""])

        self.assertEqual(line[:4], [b"failed", b"1", b"1", b"0"])
        self.assertEqual(self.load.bytes(int(line[4])), b"the server closed the connection")

    def test_what_is_no_http_is_told(self):
        line = self.answers([b"SSH-2.0-OpenSSH\r\n\r\n"])

        self.assertEqual(line[:4], [b"failed", b"2", b"0", b"0"])
        self.assertIn(b"no answer of HTTP/1.1", self.load.bytes(int(line[4])))


class LoadProcessTests(unittest.TestCase):
    def test_it_runs_on_the_interpreter_that_is_named_for_it(self):
        with mock.patch.dict(os.environ, LANES_CLIENT_PYTHON="/nowhere/python"):
            with self.assertRaisesRegex(Failure, "the load did not start: .*No such file"):
                Load(1)

    def test_it_counts_as_nothing_of_the_arm(self):
        with serving("http", "sequential", None, page(), tasks=500) as arm:
            arm.hear_until("ready", "error")
            group = members(arm.process.pid)

        self.assertEqual(group, [arm.process.pid])


def members(group):
    processes = map(int, filter(str.isdigit, os.listdir("/proc")))
    return [process for process in processes if group_of(process) == group]


def group_of(process):
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return None


class HttpTests(unittest.TestCase):
    def test_a_request_is_taken_once_it_is_whole(self):
        request = b"GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n"
        for end in range(len(request)):
            self.assertEqual(http.take(request[:end]), (None, request[:end]))
        self.assertEqual(http.take(request + b"GET"), ("/a?b", b"GET"))

    def test_what_is_not_served_is_an_error(self):
        for line in (b"POST / HTTP/1.1", b"GET / HTTP/1.0", b"GET /"):
            with self.assertRaises(ValueError):
                http.take(line + b"\r\n\r\n")
        with self.assertRaises(ValueError):
            http.take(b"GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\n")
        with self.assertRaises(ValueError):
            http.take(b"x" * 70_000)


class PostgresWireTests(unittest.TestCase):
    """The conversations without a server."""

    READY = (b"Z", b"I")

    def test_messages_are_cut_wherever_they_were(self):
        whole = postgres_wire.message(b"C", b"INSERT") + postgres_wire.message(b"Z", b"I")
        for cut in range(len(whole)):
            messages = postgres_wire.Messages()
            found = []
            for part in (whole[:cut], whole[cut:]):
                messages.feed(part)
                found += iter(messages.next, None)
            self.assertEqual(found, [(b"C", b"INSERT"), self.READY])

    def test_a_login_by_md5(self):
        login = postgres_wire.login("anna", "secret", "lanes")
        self.assertIn(b"user\0anna\0database\0lanes\0", next(login))

        answer = login.send((b"R", struct.pack("!i", 5) + b"salt"))

        # What PostgreSQL's own psql sends for them.
        inner = hashlib.md5(b"secretanna").hexdigest().encode()
        outer = hashlib.md5(inner + b"salt").hexdigest().encode()
        self.assertEqual(answer, b"p" + struct.pack("!i", 40) + b"md5" + outer + b"\0")
        login.send((b"R", bytes(4)))
        with self.assertRaises(StopIteration):
            login.send(self.READY)

    def test_a_login_by_scram_checks_the_server_too(self):
        for signed in (b"Server Key", b"another"):
            login = postgres_wire.login("anna", "secret", "lanes")
            next(login)
            offered = struct.pack("!i", 10) + b"SCRAM-SHA-256\0\0"
            bare = login.send((b"R", offered)).partition(b"n,,")[2]
            nonce = bare.partition(b"r=")[2] + b"server"
            first = b"r=" + nonce + b",s=" + base64.b64encode(b"salt") + b",i=4096"
            final, _, proof = login.send((b"R", struct.pack("!i", 11) + first))[5:].rpartition(
                b",p="
            )
            said = bare + b"," + first + b"," + final
            salted = hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", 4096)
            stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
            signature = hmac.digest(stored, said, "sha256")
            key = bytes(a ^ b for a, b in zip(base64.b64decode(proof), signature))
            self.assertEqual(hashlib.sha256(key).digest(), stored)

            server_key = hmac.digest(salted, signed, "sha256")
            proof = base64.b64encode(hmac.digest(server_key, said, "sha256"))
            last = (b"R", struct.pack("!i", 12) + b"v=" + proof)
            if signed == b"Server Key":
                self.assertEqual(login.send(last), b"")
            else:
                with self.assertRaisesRegex(postgres_wire.PostgresError, "does not know"):
                    login.send(last)

    def test_an_error_is_raised_once_the_next_query_may_come(self):
        prepared = {}
        query = postgres_wire.query(prepared, "SELECT $1", [None])
        next(query)
        query.send((b"E", b"SERROR\0C42601\0Mwrong\0\0"))

        with self.assertRaisesRegex(postgres_wire.PostgresError, "42601: wrong"):
            query.send(self.READY)
        self.assertEqual(prepared, {})

    def test_columns_may_be_null_or_empty(self):
        row = struct.pack("!hi", 3, -1) + struct.pack("!i", 0) + struct.pack("!i", 2) + b"\xc3\xa4"

        self.assertEqual(postgres_wire.columns(row), [None, "", "ä"])


class DatabaseTests(unittest.TestCase):
    PARAMETERS = {"queries": 3, "rows": 20, "pool": 2, "connections": 6, "rate": 0}

    def test_without_a_database_it_is_unsupported(self):
        for model, variant in [("sequential", None), ("asyncio", None)]:
            with serving("web_db", model, variant, self.PARAMETERS) as arm:
                last = arm.hear_until("ready", "error")[-1]
                status = arm.end_of_group()

            self.assertEqual((last["outcome"], status), ("unsupported", 3), last)
            self.assertIn("no PostgreSQL was given", last["message"])


def with_postgres():
    """Arms that are started meanwhile are told where the database is."""
    given = {name: text for name, text in os.environ.items() if name.startswith("LANES_POSTGRES_")}
    start = subprocess.Popen

    def told(*arguments, env, **options):
        return start(*arguments, env={**env, **given}, **options)

    return mock.patch.object(subprocess, "Popen", told)


@unittest.skipUnless("LANES_POSTGRES_HOST" in os.environ, "no PostgreSQL was given")
class PostgresTests(unittest.TestCase):
    def connect(self):
        return postgres_wire.Connection(**self.pages().settings())

    def pages(self):
        return load(str(workload_path("web_db")), "workload")

    def test_every_server_gives_the_right_pages(self):
        for model, variant in SERVERS:
            with self.subTest(model=model, variant=variant):
                with with_postgres(), serving(
                    "web_db", model, variant, DatabaseTests.PARAMETERS
                ) as arm:
                    last = arm.hear_until("ready", "error")[-1]
                    self.assertEqual(last["event"], "ready", last)
                    self.assertEqual(arm.run_slice(0, 2)["event"], "slice")
                    self.assertEqual(arm.finish()[-1]["event"], "done")
                    # The login loads hashlib, with which 3.12 may abort at an interpreter's end.
                    if sys.version_info >= (3, 13) or (model, variant) not in SUBINTERPRETERS:
                        self.assertEqual(arm.end_of_group(), 0, arm.errors)

    def test_it_goes_on_after_an_error(self):
        connection = self.connect()
        with self.assertRaisesRegex(postgres_wire.PostgresError, "42703"):
            connection.query("SELECT nothing")
        self.assertEqual(connection.query("SELECT $1::int + 1, NULL", 41), [["42", None]])
        connection.close()

    def test_in_an_event_loop_it_goes_on_after_an_error_too(self):
        async def ask():
            with self.assertRaisesRegex(postgres_wire.PostgresError, "42703"):
                await connection.query_async("SELECT nothing")
            rows = await connection.query_async("SELECT 1 FROM generate_series(1, 9000)")
            connection.close()
            await asyncio.sleep(0)
            return rows

        connection = self.connect()
        self.assertEqual(asyncio.run(ask()), [["1"]] * 9000)


class PageTests(unittest.TestCase):
    def test_both_ways_agree(self):
        http_pages = load(str(workload_path("http")), "workload")
        for name in ("hello", "cpu", "io", "mixed"):
            for iterations in (1, 2, 999):
                parameters = page(name, cpu_iterations=iterations, io_ms=0)
                state = http_pages.prepare(**parameters)
                for path in http_pages.requests(3, **parameters):
                    self.assertEqual(
                        http_pages.respond(state, path), http_pages.expected(path, **parameters)
                    )


if __name__ == "__main__":
    unittest.main()
