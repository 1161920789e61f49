"""The workload `anchor` as a pyperf benchmark, written as a user of pyperf would write it."""

import importlib.util
import os

import pyperf


def add_arguments(command, args):
    command.extend(("--anchor", args.anchor, "--work", str(args.work)))


def load(path):
    spec = importlib.util.spec_from_file_location("anchor", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    runner = pyperf.Runner(add_cmdline_args=add_arguments)
    runner.argparser.add_argument("--anchor", required=True, help="file of the workload")
    runner.argparser.add_argument("--work", type=int, required=True)
    arguments = runner.parse_args()
    anchor = load(os.path.abspath(arguments.anchor))
    runner.bench_func("anchor", anchor.task, anchor.prepare(arguments.work))
