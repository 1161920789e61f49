"""Subinterpreters that live as long as the process, fed by the queues of the standard library.

A queue wakes nobody: who waits for it looks every 10 ms whether there is something, which so is the
least that a batch takes, and the workers do so between the batches as well. That belongs to this
mechanism, and what it costs is seen beside subinterpreters.py, which differs in nothing else.
"""

# /// model
# id = "subinterpreters"
# title = "Subinterpreters with queues"
# summary = "Isolated interpreters fed by the standard library's queues, which poll every 10 ms."
# variants = ["queue"]
# starts = "one OS thread and one isolated interpreter per worker"
# handover = "(task, argument) through one queue, (task, result) through another; both are polled"
# create = "all interpreters started, each with its own imports and prepared state"
# since = "3.13"
# ///

from lanes import interpreters, queues
from lanes.task import Failure

SCRIPT = "from lanes.queues import serve\nserve({numbers!r}, {path!r}, {parameters!r})\n"


def load():
    """Imports threads and finds the API of this version."""
    global Thread, api
    from threading import Thread

    api = interpreters.api()
    try:
        queues.create()
    except ImportError:
        needed = "queues between interpreters need CPython 3.13 or later"
        raise interpreters.unsupported(needed) from None


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.parallelism = parallelism

    def create(self):
        made = self.orders, self.results, self.leave = [queues.create() for _ in range(3)]
        script = interpreters.PREAMBLE + SCRIPT.format(
            numbers=tuple(queue.id for queue in made),
            path=self.workload_path,
            parameters=self.parameters,
        )
        self.failed = []
        self.threads = [
            Thread(target=self._live, args=(script,)) for _ in range(self.parallelism)
        ]
        for thread in self.threads:
            thread.start()
        self._heard_of_all()

    def run(self, arguments, on_first=None):
        results = [None] * len(arguments)
        for order in enumerate(arguments):
            self.orders.put(order)
        for _ in arguments:
            task, results[task] = self._receive()
            if task == 0 and on_first:
                on_first()
        return results

    def destroy(self):
        self._tell_all(self.orders)
        self._heard_of_all()
        self._tell_all(self.leave)
        for thread in self.threads:
            thread.join()
        if self.failed:
            raise self.failed[0]

    def _live(self, script):
        def say(error):
            self.failed.append(error)
            self.results.put((queues.UP, None, error.args))

        interpreters.live(api, script, say)

    def _receive(self):
        task, result, failed = self.results.get()
        if failed:
            raise Failure(*failed)
        return task, result

    def _tell_all(self, queue):
        for _ in range(self.parallelism):
            queue.put(None)

    def _heard_of_all(self):
        for _ in range(self.parallelism):
            self._receive()
