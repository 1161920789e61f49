"""A fresh process for every task, all started at once, with each start method as a variant.

`parallelism` bounds nothing here, as in threads_per_task.py. Starting the processes, their imports,
preparing the state, the task and the end of the processes lie in the batch. What the start method
keeps running, the fork server and the tracker of resources, is started before.
"""

# /// model
# id = "processes"
# title = "Process per task"
# summary = "A fresh multiprocessing.Process for every task of a batch, all at once."
# variants = ["fork-per-task", "forkserver-per-task", "spawn-per-task"]
# starts = "in every batch one process per task; forkserver and spawn also helpers, which stay"
# handover = "the argument pickled when the process starts; the result through a pipe of its own"
# create = "nothing for fork; for the others the helpers, and one process shows that they are there"
# ///

from lanes import children, records
from lanes.task import Failure


def load():
    """Imports multiprocessing and the parts of it that it would load later."""
    global multiprocessing, resource_tracker
    import multiprocessing.connection
    import multiprocessing.popen_fork
    import multiprocessing.popen_forkserver
    import multiprocessing.popen_spawn_posix
    from multiprocessing import resource_tracker


class Model:
    def __init__(self, *, workload_path, parameters, parallelism, variant):
        self.workload_path = workload_path
        self.parameters = parameters
        self.method = (variant or "").split("-")[0]

    def create(self):
        self.context = children.context(self.method)
        if self.method == "spawn":
            resource_tracker.ensure_running()
        elif self.method == "forkserver":
            first = self.context.Process(target=children.do_nothing)
            first.start()
            first.join()

    def run(self, arguments, on_first=None):
        started = [self._start(argument) for argument in arguments]
        results = []
        for process, receiver in started:
            results.append(_received(process, receiver))
            if on_first:
                on_first()
                on_first = None
        for process, _ in started:
            process.join()
            process.close()
        return results

    def destroy(self):
        """All processes have ended with their batch."""

    def _start(self, argument):
        receiver, sender = self.context.Pipe(duplex=False)
        order = (sender, self.workload_path, self.parameters, records.packed(argument))
        process = self.context.Process(target=children.run_one, args=order)
        process.start()
        # Kept open here, or by the next that is forked, its end would not be seen.
        sender.close()
        return process, receiver


def _received(process, receiver):
    try:
        value, failed = records.unpacked(receiver.recv_bytes())
    except (EOFError, ConnectionResetError):
        process.join()
        raise children.crashed([process.exitcode]) from None
    receiver.close()
    if failed:
        raise Failure(*failed)
    return value
