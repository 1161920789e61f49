"""What Python does by itself where nobody looks, and what no arm may therefore be left to."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest
from pathlib import Path

from arm import MODELS, PROGRAMS, Arm, workload_path

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
# How many workers each has for one of `parallelism`; the others have none that stay.
PER_WORKER = {"2-threads": 2, "4-threads": 4}
WITHOUT_A_POOL = ["sequential", "asyncio", "threads_per_task", "processes_per_task"]
WITHOUT_A_POOL += ["subinterpreters_per_task"]


class PoolSizeTests(unittest.TestCase):
    def test_a_pool_has_the_workers_it_was_told_and_no_others(self):
        # Neither the number of CPUs nor that of CPUs and four, unless there are so many.
        parallelism = 3 if os.cpu_count() != 3 else 5
        for model, variant in MODELS:
            if model in WITHOUT_A_POOL:
                continue
            workers = parallelism * PER_WORKER.get(variant, 1)
            with self.subTest(model=model, variant=variant):
                with tempfile.TemporaryDirectory() as folder:
                    parameters = {"folder": folder, "workers": workers}
                    with Arm(
                        "meets",
                        model,
                        variant,
                        parameters=parameters,
                        parallelism=parallelism,
                        tasks=workers,
                    ) as arm:
                        last = arm.hear_until("ready", "error")[-1]
                        self.assertEqual(last["event"], "ready", last)
                        arm.run_slice(0, 20)
                        arm.finish()
                    # The harness runs one task itself, if only to know what it should give.
                    self.assertEqual(len(os.listdir(folder)), workers)


@unittest.skipUnless(sys.version_info >= (3, 13), "this version has no queues of interpreters")
class PollingQueueTests(unittest.TestCase):
    def test_only_the_model_that_is_named_for_them_uses_queues_that_poll(self):
        self.assertEqual(self.queues_of("subinterpreters", None), "0")
        self.assertNotEqual(self.queues_of("subinterpreters_queue", "queue"), "0")

    def queues_of(self, model, variant):
        """How many queues of interpreters there are while the workers of a model live."""
        program = """if True:
            import sys
            import _interpqueues
            from lanes.task import load
            file, workload, variant = sys.argv[1:]
            model = load(file, "model")
            model.load()
            arm = model.Model(
                workload_path=workload, parameters={}, parallelism=2, variant=variant or None
            )
            arm.create()
            arm.run([None] * 5)
            print(len(_interpqueues.list_all()))
            arm.destroy()
        """
        file = PROGRAMS / "models" / f"{model}.py"
        return subprocess.check_output(
            [sys.executable, "-c", program, file, workload_path("noop"), variant or ""],
            env={"PYTHONPATH": str(PROGRAMS)},
            text=True,
        ).strip()


# Says nothing about the GIL, as every extension from before the free-threaded builds.
EXTENSION = """
#include <Python.h>
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "needs_gil", NULL, 0, NULL};
PyMODINIT_FUNC PyInit_needs_gil(void) { return PyModule_Create(&module); }
"""
IMPORTING = """
import sys
sys.path.insert(0, {folder!r})
{early}import needs_gil

def prepare():
    pass

def task(state):
    {late}import needs_gil
    return 1

def expected():
    return 1
"""


@unittest.skipUnless(FREE_THREADED, "only a free-threaded build can have its GIL turned on")
@unittest.skipUnless(shutil.which("cc"), "there is no C compiler to build an extension with")
class GilTests(unittest.TestCase):
    def setUp(self):
        include = sysconfig.get_path("include")
        if not os.path.exists(os.path.join(include, "Python.h")):
            self.skipTest(f"there are no headers in {include} to build an extension with")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        source = self.folder / "needs_gil.c"
        source.write_text(EXTENSION)
        target = self.folder / ("needs_gil" + sysconfig.get_config_var("EXT_SUFFIX"))
        flags = ["-shared", "-fPIC", "-undefined", "dynamic_lookup"]
        subprocess.check_call(
            ["cc", *flags[: 2 if sys.platform == "linux" else 4]]
            + ["-DPy_GIL_DISABLED=1", f"-I{include}", "-o", str(target), str(source)]
        )

    def test_an_import_that_turns_it_on_is_refused_before_anything_is_timed(self):
        events = self.events_of(early="", late="# ")

        self.assertEqual(events[-1]["outcome"], "gil_mismatch", events[-1])
        self.assertIn("the GIL is enabled after the imports", events[-1]["message"])
        self.assertNotIn("cold_batch_seconds", [event.get("measure") for event in events])

    def test_an_import_inside_a_task_is_refused_at_the_end(self):
        events = self.events_of(early="# ", late="")

        self.assertEqual(events[-1]["outcome"], "gil_mismatch", events[-1])
        self.assertIn("the GIL is enabled at the end", events[-1]["message"])

    def events_of(self, **imports):
        path = self.folder / "importing.py"
        path.write_text(IMPORTING.format(folder=str(self.folder), **imports))
        arm = Arm("noop", "threads", expect={"gil_enabled": False})
        arm.order["workload"] = str(path)
        with arm:
            events = arm.hear_until("ready", "error")
            if events[-1]["event"] == "ready":
                events += arm.finish()
            return events


if __name__ == "__main__":
    unittest.main()
