"""Measures one arm: one workload under one execution model in a fresh process.

Started as `python -s -P -X utf8 harness.py NONCE` in an environment built from nothing, without -P
before 3.11. It says `up`, then reads commands from standard input and writes events to standard
output, one JSON object a line. The first command is the arm, with absolute paths:

    {"workload": "….py", "model": "….py", "variant": null, "parameters": {…},
     "tasks": 10, "parallelism": 2, "expect": {"gil_enabled": true}, "expected": null}

Events, each with the nonce: `up`; `environment`; `sample` (seconds or bytes, for a phase of the
process); `ready` with the expected checksums once the arm is parked, which may be given as
`expected` of the cell's next process; `slice` for each {"slice": turn, "loops": n}; after
{"finish": true} the samples of the end and `done`. `error` with an outcome ends the arm: exit
status 3 if it is `unsupported`, else 1. The end of standard input, found while waiting for a
command, ends the whole process group.

A `slice` tells seconds and what lanes/counters.py counts: cpu_seconds, run_delay_seconds and
involuntary_switches during it; parked_cpu_seconds in the parked_seconds before it. All but the
wall times are null where the system cannot tell.

A workload that serves requests, as lanes/serving/application.py has it, is run by the model's
`Server`; a task is a request, and what a slice observed are latencies over all of its requests.

Durations are seconds of wall time; only lanes/arm.py reads that clock. import_seconds counts what
the model needs beyond the modules that the harness itself has loaded.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
# At the end, where it cannot hide another module; before 3.11 nothing keeps it from the front.
if os.path.realpath(sys.path[0]) == os.path.realpath(FOLDER):
    del sys.path[0]
if FOLDER not in sys.path:
    sys.path.append(FOLDER)

# A spawned worker loads this file too, and its loading is timed: it needs nothing of it.
if __name__ == "__main__":
    from lanes import arm

    arm.main()
