"""A fresh thread for every task, all started at once.

`parallelism` bounds nothing here: a batch of ten tasks has ten threads, as in programs that start
one for each thing to do. All share one prepared state, as they share all else; a workload whose
state cannot be shared between threads is not one for this model. Starting and joining the threads
lies in the batch.
"""

# /// model
# id = "threads"
# title = "Thread per task"
# summary = "A fresh thread for every task of a batch, all at once, whatever the parallelism."
# variants = ["per-task"]
# starts = "nothing that stays; in every batch one thread per task"
# handover = "the argument and the result by reference"
# create = "preparing the one state that all threads share"
# ///

from lanes.task import Worker


def load():
    """Imports threads."""
    global Thread
    from threading import Thread


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters

    def create(self):
        self.worker = Worker(self.workload_path, self.parameters)

    def run(self, arguments, on_first=None):
        results = [None] * len(arguments)
        failures = []

        def live(task, argument):
            try:
                results[task] = self.worker.run(argument)
            except BaseException as error:
                failures.append(error)

        threads = [Thread(target=live, args=order) for order in enumerate(arguments)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
            if failures:
                raise failures[0]
            if on_first:
                on_first()
                on_first = None
        return results

    def destroy(self):
        self.worker.close()
