"""The worker's side of the protocol, for tests: starts the harness and talks with it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = HERE.parents[1] / "main" / "python"
PATIENCE_SECONDS = 60  # a hang becomes a failed test
NONCE = "5eed"
HASH_SEED = "3"
START = ["-s", *(["-P"] if sys.version_info >= (3, 11) else []), "-X", "utf8"]

POOLS = [("threads", None), ("processes", "fork"), ("processes", "forkserver")]
POOLS += [("processes", "spawn")]
SUBINTERPRETERS = [("subinterpreters", None)] if sys.version_info >= (3, 12) else []
# One of each kind, for tests that look deep, and all models, each variant being one.
KINDS = [("sequential", None), ("asyncio", None), *POOLS, *SUBINTERPRETERS]
MODELS = [
    *KINDS,
    ("threads_per_task", "per-task"),
    ("asyncio_executor", "threads"),
    ("asyncio_executor", "processes"),
    ("processes_per_task", "fork-per-task"),
    ("processes_per_task", "forkserver-per-task"),
    ("processes_per_task", "spawn-per-task"),
    ("processes_shared_memory", "fork-shared-memory"),
    ("prefork", "2-threads"),
    ("prefork", "4-threads"),
]
if sys.version_info >= (3, 12):
    MODELS += [
        ("subinterpreters_per_task", "per-task"),
        ("subinterpreters_shared_gil", "shared-gil"),
        ("interpreter_threads", "2-threads"),
        ("interpreter_threads", "4-threads"),
    ]
if sys.version_info >= (3, 13):
    MODELS += [("subinterpreters_queue", "queue")]
if sys.version_info >= (3, 14):
    MODELS += [("interpreter_pool", None)]
# Those in which a task can end a process that is not the harness.
PROCESSES = [
    (model, variant)
    for model, variant in MODELS
    if model.startswith("processes") or model == "prefork" or variant == "processes"
]


def workload_path(name):
    """A workload of the product, or else one of the tests' own."""
    path = PROGRAMS / "workloads" / f"{name}.py"
    return path if path.exists() else HERE / "workloads" / f"{name}.py"


class Arm:
    """A running harness with its arm told; ends it, and all it started, on leaving."""

    def __init__(
        self, workload, model="sequential", variant=None, options=(), cpus=None, **changes
    ):
        self.order = {
            "workload": str(workload_path(workload)),
            "model": str(PROGRAMS / "models" / f"{model}.py"),
            "variant": variant,
            "parameters": {},
            "tasks": 4,
            "parallelism": 2,
            "expect": {"gil_enabled": None},
            **changes,
        }
        self.options = options
        self.cpus = cpus  # how many of this machine's it may use; all if None

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, *START, *self.options, str(PROGRAMS / "harness.py"), NONCE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder.name,
            env={
                "PATH": os.environ["PATH"],
                "HOME": self.folder.name,
                "LC_ALL": "C.UTF-8",
                "PYTHONHASHSEED": HASH_SEED,
            },
        )
        if self.cpus:
            some = sorted(os.sched_getaffinity(0))[: self.cpus]
            os.sched_setaffinity(self.process.pid, some)
        self.gave_up = False
        self.watchdog = threading.Timer(PATIENCE_SECONDS, self._give_up)
        self.watchdog.start()
        self.errors = b""
        self.reader = threading.Thread(target=self._read_errors)
        self.reader.start()
        self.tell(self.order)
        return self

    def __exit__(self, *_):
        self.end()
        self.watchdog.cancel()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.folder.cleanup()

    def tell(self, command):
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self):
        """The next event; None at the end."""
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def hear_until(self, *names):
        """All events up to the first of the names, or up to the end."""
        events = []
        while not events or events[-1]["event"] not in names:
            event = self.hear()
            if event is None:
                return events
            events.append(event)
        return events

    def run_slice(self, turn=0, loops=1):
        self.tell({"slice": turn, "loops": loops})
        return self.hear()

    def finish(self):
        self.tell({"finish": True})
        return self.hear_until("done", "error")

    def end_of_group(self):
        """Waits until nobody of the group holds standard error: all have ended."""
        self.reader.join()
        return self.process.wait()

    def end(self):
        self.process.kill()  # one that was only just started may not have its group yet
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass

    def _give_up(self):
        """Ends a hang, and says so: what it leaves looks like an end by the harness itself."""
        self.gave_up = True
        self.end()

    def _read_errors(self):
        self.errors = self.process.stderr.read()


def samples(events):
    return {event["measure"]: event["value"] for event in events if event["event"] == "sample"}
