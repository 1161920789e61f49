"""Interpreters that live as long as the process, with several threads inside each, fed by pipes.

There are `parallelism` interpreters, so that many tasks at most run Python code at a time; the
threads of one share its GIL, its modules and the workload's globals, and let it wait for several
things at once. All threads of all interpreters take their tasks from the same pipe.
"""

# /// model
# id = "subinterpreters"
# title = "Subinterpreters with threads"
# summary = "Isolated interpreters with several threads each, which share the interpreter's GIL."
# variants = ["2-threads", "4-threads"]
# starts = "one isolated interpreter per worker, and 2 or 4 threads inside it besides the first"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all interpreters and their threads started, each thread with its own prepared state"
# serves = true
# since = "3.12"
# ///

import lanes.interpreters
from lanes.serving.interpreter_threads import Server  # noqa: F401


def load():
    """Imports threads and finds the API of this version."""
    global api
    import threading  # noqa: F401

    api = lanes.interpreters.api()


class Model(lanes.interpreters.Fed):
    script = """
from threading import Thread
from lanes.records import serve
threads = [
    Thread(target=serve, args=({ends!r}, {path!r}, {parameters!r})) for _ in range({each})
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""

    def __init__(self, **arm):
        super().__init__(**arm)
        self.workers_each = int(self.variant.split("-")[0])

    def api(self):
        return api
