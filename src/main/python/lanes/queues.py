"""Queues between interpreters: those of the standard library, opened by their number on both sides.

3.14 has them in `concurrent.interpreters`. 3.13 has only what they are built on; `_Queue` does
with it what the later module does, with the same pause between two looks.
"""

from lanes.task import Worker, failure

UP = -1
PAUSE_SECONDS = 0.01  # of the standard library, for want of a way to be woken (cpython#143017)


def create():
    """A new queue without bound, for as long as it is referred to. ImportError before 3.13."""
    try:
        from concurrent.interpreters import create_queue
    except ImportError:
        return _Queue(_low_level().create(0, _PICKLED, _REPLACED))
    return create_queue()


def opened(number):
    """The queue of this `id`, in any interpreter."""
    try:
        from concurrent.interpreters import Queue
    except ImportError:
        return _Queue(number)
    return Queue(number)


_SHARED, _PICKLED = 0, 1
_REPLACED = 3  # what an item becomes whose interpreter has been destroyed: a mark


def _low_level():
    """The module below, told what to raise: else it would look for that in the package `test`."""
    global QueueEmpty
    import _interpqueues

    if "QueueEmpty" not in globals():
        if not hasattr(_interpqueues, "_register_heap_types"):
            raise ImportError("_interpqueues is not that of 3.13")
        QueueEmpty = type("QueueEmpty", (_interpqueues.QueueError,), {})
        full = type("QueueFull", (_interpqueues.QueueError,), {})
        _interpqueues._register_heap_types(_Queue, QueueEmpty, full)
    return _interpqueues


class _Queue:
    def __init__(self, number):
        import pickle
        import time

        self.id = number
        self.low, self.pickle, self.sleep = _low_level(), pickle, time.sleep
        self.low.bind(number)

    def put(self, item):
        try:
            self.low.put(self.id, item, _SHARED, _REPLACED)
        except ValueError:  # it is, or holds, what cannot be shared
            self.low.put(self.id, self.pickle.dumps(item), _PICKLED, _REPLACED)

    def get(self):
        while True:
            try:
                item, how, _ = self.low.get(self.id)
            except QueueEmpty:
                self.sleep(PAUSE_SECONDS)
            else:
                return self.pickle.loads(item) if how == _PICKLED else item


def serve(numbers, workload_path, parameters):
    """A worker: says that it is up, then runs a task per order until there is None instead.

    What an interpreter has put is lost with it: after its last word it waits in the third queue.
    """
    orders, results, leave = map(opened, numbers)
    task = UP
    try:
        worker = Worker(workload_path, parameters)
        results.put((UP, None, None))
        while True:
            order = orders.get()
            if order is None:
                break
            task, argument = order
            results.put((task, worker.run(argument), None))
        task = UP
        worker.close()
        results.put((UP, None, None))
    except BaseException as error:
        results.put((task, None, failure(error).args))
    leave.get()
