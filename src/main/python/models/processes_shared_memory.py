"""Processes that are forked once, fed by pipes, with arguments and values in shared memory.

The pipes carry only where a value lies. Bytes are copied into the shared memory and out of it
again; all else is pickled on the way, as in the other models of processes. Where a workload's tasks
have neither arguments nor values this is prefork with one thread.
"""

# /// model
# id = "processes"
# title = "Processes with shared memory"
# summary = "Forked processes fed by pipes; bytes travel in multiprocessing.shared_memory."
# variants = ["fork-shared-memory"]
# starts = "one process per worker; before 3.13 also the tracker of multiprocessing"
# handover = "where the argument lies through one os.pipe, where the value through another"
# create = "all processes forked, each with its own prepared state; blocks come with the tasks"
# ///

from lanes import blocks, children, records


def load():
    """Imports the parts of multiprocessing that it would load later."""
    import multiprocessing.connection
    import multiprocessing.popen_fork
    import multiprocessing.shared_memory
    import pickle  # noqa: F401
    import select  # noqa: F401


class Model(children.Forked):
    def open(self, workers):
        return blocks.Parent(self.workload_path, workers)

    def live(self, ends):
        serve = blocks.serve if self.parent.long else records.serve
        serve(ends, self.workload_path, self.parameters)

    def create(self):
        try:
            super().create()
        except BaseException:
            self.parent.remove()
            raise

    def run(self, arguments, on_first=None):
        try:
            return self.parent.run(arguments, on_first)
        except BaseException:
            # There will be no destroy.
            self.parent.remove()
            raise
