"""A worker's side of a workload that serves: its file, its state, its answers.

What the file of a workload with `kind = "server"` defines in place of `task`:

    requests(tasks, **parameters)   the paths of a batch, one for each request
    respond(state, path)            the body of one answer, as bytes; may block
    respond_async(state, path)      a coroutine, which event loops run in place of `respond`
    expected(path, **parameters)    the body that a path must give, found by another way

A state is of one thread: a pool prepares one for each of its threads, an event loop has one for all
of its connections. One task is one request, over connections that stay open. Two parameters are
the load's: `connections`, and `rate` in requests a second, 0 for one after the other on each
connection.
"""

from lanes.serving import http
from lanes.task import failure, load

TEXT_LIMIT = 5000


class Application:
    """One prepared state. Its answers are whole responses; none of them raises.

    `answer(path)` blocks; `answer_async(path)` is a coroutine. An error is a response of status
    500, with the three parts of a Failure as its body.
    """

    def __init__(self, path, parameters):
        try:
            workload = load(path, "workload")
            state = workload.prepare(**parameters)
        except BaseException as error:
            raise failure(error) from None
        self.workload, self.state = workload, state
        respond = workload.respond
        respond_async = getattr(workload, "respond_async", None)

        # BaseException: an application that calls sys.exit() must not end its worker unseen.
        def answer(path):
            try:
                return http.response(http.OK, respond(state, path))
            except BaseException as error:
                return http.response(http.ERROR, text_of(error))

        async def answer_async(path):
            try:
                if respond_async is None:
                    return http.response(http.OK, respond(state, path))
                return http.response(http.OK, await respond_async(state, path))
            except Exception as error:
                return http.response(http.ERROR, text_of(error))

        self.answer, self.answer_async = answer, answer_async

    def close(self):
        try:
            getattr(self.workload, "close", lambda state: None)(self.state)
        except BaseException as error:
            raise failure(error) from None


def serves(workload):
    """Whether the workload's file defines an application, and no tasks."""
    return hasattr(workload, "respond")


def text_of(error):
    """The error as bytes: outcome, message and traceback, as `Failure` has them."""
    return "\n".join(failure(error).args).encode(errors="replace")[:TEXT_LIMIT]
