"""Subinterpreters that live as long as the process, each with its own GIL, fed by pipes."""

# /// model
# title = "Subinterpreters"
# summary = "Isolated interpreters in one process, each with its own GIL and its own OS thread."
# starts = "one OS thread and one isolated interpreter per worker"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all interpreters started, each with its own imports and prepared state"
# since = "3.12"
# ///

import lanes.interpreters


def load():
    """Imports threads and finds the API of this version."""
    global api
    import threading  # noqa: F401

    api = lanes.interpreters.api()


class Model(lanes.interpreters.Fed):
    def api(self):
        return api
