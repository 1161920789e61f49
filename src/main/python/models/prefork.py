"""Processes that are forked once, with several threads inside each: the shape of many web servers.

There are `parallelism` processes. All threads of all processes take their tasks from the same pipe,
as the workers of gunicorn take their connections from one socket.
"""

# /// model
# title = "Prefork"
# summary = "Forked processes with several threads each, as gunicorn runs web applications."
# variants = ["2-threads", "4-threads"]
# starts = "one process per worker, and 2 or 4 threads inside it besides the first"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all processes forked and their threads started, each with its own prepared state"
# serves = true
# ///

from lanes import children, records
from lanes.serving.prefork import Server  # noqa: F401


def load():
    """Imports threads and the parts of multiprocessing that it would load later."""
    global Thread
    import multiprocessing.connection
    import multiprocessing.popen_fork  # noqa: F401
    import select  # noqa: F401
    from threading import Thread


class Model(children.Forked):
    def __init__(self, **arm):
        super().__init__(**arm)
        self.workers_each = int(self.variant.split("-")[0])

    def live(self, ends):
        order = ends, self.workload_path, self.parameters
        threads = [Thread(target=records.serve, args=order) for _ in range(self.workers_each)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
