"""Subinterpreters that share the GIL of the main interpreter: a control of the isolated ones.

All else is as in subinterpreters.py, so what the two differ by is what the GIL of one's own gives.
"""

# /// model
# id = "subinterpreters"
# title = "Subinterpreters sharing the GIL"
# summary = "Control: interpreters as before PEP 684, which take turns under one GIL."
# variants = ["shared-gil"]
# starts = "one OS thread and one legacy interpreter per worker"
# handover = "a task number through one os.pipe, its checksum through another"
# create = "all interpreters started, each with its own imports and prepared state"
# since = "3.12"
# ///

import lanes.interpreters


def load():
    """Imports threads and finds the API of this version."""
    global api
    import threading  # noqa: F401

    api = lanes.interpreters.legacy_api()


class Model(lanes.interpreters.Fed):
    def api(self):
        return api
