"""A fresh interpreter in a fresh thread for every task, all started at once.

`parallelism` bounds nothing here, as in threads_per_task.py. Creating the interpreter, its imports,
preparing the state, the task, and destroying the interpreter again all lie in the batch.
"""

# /// model
# id = "subinterpreters"
# title = "Subinterpreter per task"
# summary = "A fresh isolated interpreter for every task of a batch, all at once, then destroyed."
# variants = ["per-task"]
# starts = "nothing that stays; in every batch one OS thread and one interpreter per task"
# handover = "the argument pickled, as a name of the interpreter's; the result through one os.pipe"
# create = "opening the pipe"
# since = "3.12"
# ///

from lanes import interpreters, records

SCRIPT = """
from lanes.records import serve_one
serve_one({ends!r}, {path!r}, {parameters!r}, task, argument)
"""


def load():
    """Imports threads and finds the API of this version."""
    global Thread, api
    from threading import Thread

    api = interpreters.api()


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism

    def create(self):
        self.parent = records.Parent(self.workload_path, self.parallelism)
        self.script = interpreters.PREAMBLE + SCRIPT.format(
            ends=self.parent.worker_ends, path=self.workload_path, parameters=self.parameters
        )

    def run(self, arguments, on_first=None):
        threads = [self._start(task, argument) for task, argument in enumerate(arguments)]
        results = self.parent.collect(len(arguments), on_first)
        for thread in threads:
            thread.join()
        return results

    def destroy(self):
        self.parent.dismiss()
        # Nobody is there any more: the end of the pipe, or why an interpreter was not destroyed.
        self.parent.close()

    def _start(self, task, argument):
        thread = Thread(
            target=interpreters.live,
            args=(api, self.script, self.parent.report),
            kwargs={"task": task, "argument": records.packed(argument)},
        )
        thread.start()
        return thread
