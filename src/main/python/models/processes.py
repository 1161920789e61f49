"""A process pool that lives as long as the process, with each start method as a variant."""

# /// model
# title = "Processes"
# summary = "One ProcessPoolExecutor for all batches; every worker has an interpreter of its own."
# variants = ["fork", "forkserver", "spawn"]
# starts = "one process per worker; forkserver and spawn also start helpers of multiprocessing"
# handover = "pickled through the executor's pipes"
# create = "all processes started by the variant's method, each with its own prepared state"
# ///

import lanes.pool


def load():
    """Imports the executor and the parts of multiprocessing that it would load later."""
    lanes.pool.load_processes()


class Model(lanes.pool.ProcessPool):
    @property
    def method(self):
        return self.variant
