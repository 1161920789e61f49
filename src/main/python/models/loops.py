"""Several event loops at once: in forked processes, isolated interpreters or threads.

All loops take from the same pipe what they are to do next, and as servers accept at the same
socket: the one that is free first is the next. A loop goes on taking while its coroutines wait.
"""

# /// model
# title = "Event loops"
# summary = "An event loop per worker, so that coroutines share a thread and workers the CPUs."
# variants = ["processes", "subinterpreters", "threads"]
# starts = "one forked process, isolated interpreter or thread per worker, with one event loop"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all loops running, each with its own imports and prepared state"
# serves = true
# ///

from lanes import children, interpreters, loops, records
from lanes.serving import hosts


def load():
    """Imports the event loop and threads."""
    import asyncio  # noqa: F401
    import threading  # noqa: F401


def Model(*, variant, **arm):
    """The class of the variant, with the arm told."""
    return MODELS[variant](variant=variant, **arm)


class InProcesses(children.Forked):
    def live(self, ends):
        loops.serve(ends, self.workload_path, self.parameters)


class InInterpreters(interpreters.Fed):
    script = "from lanes.loops import serve\nserve({ends!r}, {path!r}, {parameters!r})\n"

    def api(self):
        return interpreters.api()


class InThreads:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism

    def create(self):
        from threading import Thread

        self.parent = records.Parent(self.workload_path, self.parallelism)
        worker = self.parent.worker_ends, self.workload_path, self.parameters
        self.threads = [Thread(target=loops.serve, args=worker) for _ in range(self.parallelism)]
        for thread in self.threads:
            thread.start()
        self.parent.arrived(self.parallelism)

    def run(self, arguments, on_first=None):
        return self.parent.run(arguments, on_first)

    def destroy(self):
        self.parent.dismiss()
        for thread in self.threads:
            thread.join()
        self.parent.close()


MODELS = {"processes": InProcesses, "subinterpreters": InInterpreters, "threads": InThreads}


class Server(hosts.Server):
    """An event loop in each of the variant's workers."""

    work = ("lanes.serving.loop", "serve")

    def __init__(self, **options):
        super().__init__(**options)
        self.host = self.variant
