"""The baseline: one task after the other in the main thread."""

# /// model
# title = "Sequential"
# summary = "A plain loop in the main thread: what the parallel models are compared with."
# starts = "nothing"
# handover = "a function call"
# create = "preparing the workload's state once"
# serves = true
# ///

from lanes.serving import hosts
from lanes.task import Worker


def load():
    """Needs nothing beyond the interpreter itself."""


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters

    def create(self):
        self.worker = Worker(self.workload_path, self.parameters)

    def run(self, arguments, on_first=None):
        run = self.worker.run
        results = [run(arguments[0])]
        if on_first:
            on_first()
        results.extend(run(argument) for argument in arguments[1:])
        return results

    def destroy(self):
        self.worker.close()


class Server(hosts.Server):
    """One thread that accepts and answers, one request after the other."""

    work = ("lanes.serving.blocking", "alone")

    def workers(self):
        return 1
