"""Isolated interpreters that each accept on the same socket, and answer by a pool of threads."""

from lanes.serving import prefork


class Server(prefork.Server):
    """The same as of processes, in one process; the threads of one interpreter share its GIL."""

    host = "subinterpreters"
