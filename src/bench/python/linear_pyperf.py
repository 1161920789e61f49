"""The workload `linear` as a pyperf benchmark, written as a user of pyperf would write it."""

import importlib.util
import os

import pyperf


def add_arguments(command, args):
    command.extend(("--file", args.file, "--work", str(args.work)))


def load(path):
    spec = importlib.util.spec_from_file_location("linear", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    runner = pyperf.Runner(add_cmdline_args=add_arguments)
    runner.argparser.add_argument("--file", required=True, help="file of the workload")
    runner.argparser.add_argument("--work", type=int, required=True)
    arguments = runner.parse_args()
    linear = load(os.path.abspath(arguments.file))
    runner.bench_func("linear", linear.task, linear.prepare(arguments.work))
