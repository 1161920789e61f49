"""The codec of the protocol, and what the harness loads before it is up."""

import json
import subprocess
import sys
import unittest
from unittest import mock

from arm import PROGRAMS

sys.path.append(str(PROGRAMS))

from lanes import wire

VALUES = [
    {"a": [1, -2.5e-7, None, True, False], "b": {"c": {}, "d": []}, "": ""},
    {"text": 'quotes " and \\ and \n, \u00e9, \U0001f600, \x00', "lone": "\ud800"},
    {"big": 2**70, "small": 5e-324, "tuple": (1, 2)},
]
LOADED = "import runpy, sys; runpy.run_path({path!r}, run_name={name!r}); print(*sys.modules)"


class CodecTests(unittest.TestCase):
    def test_it_is_that_of_json(self):
        decode, encode = wire.codec()
        for value in VALUES:
            text = json.dumps(value)

            self.assertEqual(encode(value), text)
            self.assertEqual(decode(text), json.loads(text))
            self.assertEqual(decode(json.dumps(value, ensure_ascii=False)), json.loads(text))

    def test_what_is_not_one_value_is_refused(self):
        decode, _ = wire.codec()
        for text in ("", "{", "nul", '{"a": 1} {}', "{'a': 1}"):
            with self.subTest(text=text):
                self.assertRaises(ValueError, decode, text)

    def test_without_the_c_part_it_is_json_itself(self):
        with mock.patch.dict(sys.modules, {"_json": None}):
            self.assertEqual(wire.codec(), (json.loads, json.dumps))


@unittest.skipUnless(sys.implementation.name == "cpython", "other implementations load more")
class LoadedTests(unittest.TestCase):
    def test_a_model_pays_for_what_it_needs_itself(self):
        program = "from lanes import arm, wire; wire.codec(); import sys; print(*sys.modules)"

        loaded = modules(program)

        self.assertIn("lanes.task", loaded)
        self.assertEqual(loaded & {"json", "re", "enum", "signal", "threading", "logging"}, set())

    def test_a_spawned_worker_loads_nothing_of_the_arm(self):
        loaded = modules(LOADED.format(path=str(PROGRAMS / "harness.py"), name="__mp_main__"))

        self.assertEqual({name for name in loaded if name.startswith("lanes")}, set())


def modules(program):
    command = [sys.executable, "-s", "-S", "-c", program]
    environment = {"PYTHONPATH": str(PROGRAMS)}
    return set(subprocess.check_output(command, env=environment, text=True).split())


if __name__ == "__main__":
    unittest.main()
