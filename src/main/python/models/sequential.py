"""The baseline: one task after the other in the main thread."""

# /// model
# title = "Sequential"
# summary = "A plain loop in the main thread: what the parallel models are compared with."
# starts = "nothing"
# handover = "a function call"
# create = "preparing the workload's state once"
# ///

from lanes.task import prepared


def load():
    """Needs nothing beyond the interpreter itself."""


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters

    def create(self):
        self.task = prepared(self.workload_path, self.parameters)

    def run(self, tasks, on_first=None):
        checksums = [self.task()]
        if on_first:
            on_first()
        checksums.extend(self.task() for _ in range(tasks - 1))
        return checksums

    def destroy(self):
        del self.task
