"""Forked processes that each accept on the same socket, and answer by a pool of threads."""

from lanes.serving import hosts


class Server(hosts.Server):
    """`parallelism` processes, each with as many threads as the variant says, like gunicorn's."""

    host = "processes"
    work = ("lanes.serving.blocking", "pool")

    def __init__(self, **options):
        super().__init__(**options)
        self.options["threads"] = int(self.variant.split("-")[0])
