"""One server under two loads in turn: Lanes' own and h2load, open and closed.

Started on the interpreter of the server as `python two_loads.py`. Reads one JSON object from
standard input:

    {"programs": folder of Lanes' Python files, "generator": program, "model": name of its file,
     "variant": null, "parallelism": 2, "parameters": of the workload http, with `connections`,
     "rate": requests a second of the open loop, "requests": {"open": how many count in a turn,
     "closed": likewise}, "seed": 1, "limit_seconds": after which all of it ends}

and prints one: {"order": the turns, "held_up": how many requests of h2load's open loop took longer
than a connection's next one could wait, "pace": requests a second that h2load's open loop sent,
"open": {"lanes": {"p50": seconds, "p99": seconds}, "outside": ...}, "closed": ..., "punctual": as
"open", but of Lanes' latencies without what Lanes' load itself was late to send}.

Each turn opens its connections anew, closes them in the end, and leaves out the first request of
each, which meets a connection that the server has yet to accept.
"""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import zlib

LOOPS = ["open", "closed"]
TOOLS = ["lanes", "outside"]
QUANTILES = {"p50": 0.5, "p99": 0.99}


class Turns:
    """A server, and what loads it."""

    def __init__(self, order):
        from lanes.serving.arm_side import Served
        from lanes.task import load

        programs = order["programs"]
        self.generator = order["generator"]
        self.rate = order["rate"]
        self.parameters = {**order["parameters"], "rate": self.rate}
        self.connections = self.parameters["connections"]
        self.requests = order["requests"]
        workload_path = os.path.join(programs, "workloads", "http.py")
        model_path = os.path.join(programs, "models", f"{order['model']}.py")
        self.workload = load(workload_path, "workload")
        model_file = load(model_path, "model")
        model_file.load()
        options = {
            "workload_path": workload_path,
            "parameters": self.parameters,
            "parallelism": order["parallelism"],
            "variant": order["variant"],
        }
        self.served = Served(model_file, model_path, options)
        self.served.create()
        self.port = self.served.listener.getsockname()[1]
        tasks = max(self.requests.values()) + self.connections
        self.paths = self.workload.requests(tasks, **self.parameters)
        expected = [self.workload.expected(path, **self.parameters) for path in self.paths]
        self.checksums = [zlib.crc32(body) for body in expected]
        self.page, self.body = self.paths[-1].encode("latin-1"), expected[-1]

    def close(self):
        self.served.destroy()
        self.served.dismiss_load()

    def warm_up(self):
        """A batch of Lanes' load, and by other means one page that h2load will ask for."""
        self.lanes("closed")
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % self.page)
            answer = b""
            while not answer.endswith(self.body):
                chunk = connection.recv(65536)
                if not chunk:
                    sys.exit(f"the page is not the one that is expected: {answer!r:.200}")
                answer += chunk

    def count(self, loop):
        """Requests of a turn, with those that are left out."""
        return self.requests[loop] + self.connections

    def lanes(self, loop):
        """Latencies in seconds; every body is checked."""
        self.served.connections = self.connections
        self.served.rate = self.rate if loop == "open" else 0
        count = self.count(loop)
        checksums = self.served.run(self.paths[:count])
        if list(checksums) != self.checksums[:count]:
            sys.exit("a body is not the one that is expected")
        latencies, latenesses = self.served.batches.pop(), self.served.latenesses
        self.served.connections = 0  # as many remain after a batch of no requests
        self.served.run([])
        self.served.batches.clear()
        both = list(zip(latencies, latenesses))[self.connections :]
        return {
            "latencies": [latency for latency, _ in both],
            "punctual": [latency - lateness for latency, lateness in both],
        }

    def outside(self, loop):
        """Latencies in seconds; status and length of each body are checked."""
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log")
            command = [self.generator, "--h1", "-c", str(self.connections)]
            command += ["-n", str(self.count(loop)), f"--log-file={log}"]
            if loop == "open":
                # Connections come into being at the pace of the requests, which are then evenly
                # spaced; else those of all connections would be due together.
                command += ["--rps", str(self.rate / self.connections)]
                command += ["-r", "1", "--rate-period", f"{1000 // self.rate}ms"]
            command += [f"http://127.0.0.1:{self.port}{self.page.decode('latin-1')}"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            with open(log) as lines:
                rows = sorted(tuple(map(int, line.split())) for line in lines)
        size = re.search(r"\((\d+)\) data", done.stdout)
        whole = self.count(loop) * len(self.body)
        if {status for _, status, _ in rows} != {200} or not size or int(size[1]) != whole:
            sys.exit(f"{self.generator} did not get what it asked for: {done.stdout[-2000:]}")
        counted = rows[self.connections :]
        seconds = (counted[-1][0] - counted[0][0]) / 1e6
        latencies = [microseconds / 1e6 for _, _, microseconds in counted]
        return {"latencies": latencies, "punctual": latencies, "pace": (len(counted) - 1) / seconds}


def quantiles(ranked):
    from lanes.serving.arm_side import quantile

    return {name: quantile(ranked, share) for name, share in QUANTILES.items()}


def measured(turns, order):
    chance = random.Random(order["seed"])
    result = {"order": [], "open": {}, "punctual": {}, "closed": {}}
    turns.warm_up()
    for loop in chance.sample(LOOPS, len(LOOPS)):
        for tool in chance.sample(TOOLS, len(TOOLS)):
            result["order"].append(f"{loop} {tool}")
            turn = getattr(turns, tool)(loop)
            ranked = sorted(turn["latencies"])
            result[loop][tool] = quantiles(ranked)
            if loop == "open":
                result["punctual"][tool] = quantiles(sorted(turn["punctual"]))
            if loop == "open" and tool == "outside":
                period = turns.connections / turns.rate
                result["held_up"] = sum(latency > period for latency in ranked)
                result["pace"] = turn["pace"]
    return result


def main():
    order = json.load(sys.stdin)
    signal.alarm(order["limit_seconds"])
    sys.path.append(order["programs"])
    turns = Turns(order)
    try:
        print(json.dumps(measured(turns, order)))
    finally:
        turns.close()


if __name__ == "__main__":
    main()
