"""Imports modules of the standard library afresh in every task.

Stresses finding files, reading their bytecode and running the bodies of modules: what a command, a
test run or a cold function pays. A task takes the chosen modules out of sys.modules, imports them
again and puts the first ones back. What that cannot show: extension modules stay loaded, as they
need not allow a second time, and so do modules that are imported by those chosen but are not of
them; files are in the system's cache. Threads of one process share sys.modules, so a lock lets
one at a time import: the models differ in that they have one such lock or one for every worker.
On CPython 3.12 a subinterpreter that has imported asyncio may abort at its end.
It is not for long runs: types and code leave traces in the interpreter, and on CPython 3.13 without
the GIL more than a megabyte stays behind with each import of asyncio.
Parameter `what`: `none`, only the exchange in sys.modules; `json`, that package; `asyncio`, that
package; `many`, twenty modules that a larger program may need. Origin: written for Lanes.
"""

# /// workload
# title = "Imports"
# summary = "Imports standard modules afresh in every task, one import at a time per process."
# [parameters.what]
# type = "text"
# description = "which modules are imported"
# default = "json"
# choices = ["none", "json", "asyncio", "many"]
# ///

import atexit
import importlib
import os
import sys
from _thread import allocate_lock

# In pure Python in all versions; what they register elsewhere, as csv does its dialects, only
# replaces what they registered before. None needs datetime or decimal, with whose C code several
# subinterpreters of CPython 3.12 and of 3.13.0 crash.
MANY = """
argparse cmd colorsys configparser csv difflib fileinput filecmp getopt html.parser json mimetypes
netrc optparse pprint sched shlex string textwrap wsgiref.headers
"""
WHAT = {"none": [], "json": ["json"], "asyncio": ["asyncio"], "many": MANY.split()}

lock = allocate_lock()  # shared by all threads of an interpreter, on purpose


def prepare(what):
    names = WHAT[what]
    with lock:
        # Once beforehand, so that all tasks do the same and what stays loaded is loaded.
        for name in names:
            importlib.import_module(name)
    return names


def task(names):
    """The names of those that really are other modules than before."""
    roots = {name.partition(".")[0] for name in names}
    with lock:
        before = {
            name: module
            for name, module in list(sys.modules.items())
            if name.partition(".")[0] in roots
        }
        registers = atexit.register, os.register_at_fork
        # asyncio wants to hear of forks: with a function more after each task, forks would
        # become dearer and dearer, and all these modules would live for ever.
        atexit.register = os.register_at_fork = _forget
        try:
            for name in before:
                del sys.modules[name]
            fresh = [
                name for name in names if importlib.import_module(name) is not before.get(name)
            ]
        finally:
            atexit.register, os.register_at_fork = registers
            for name in list(sys.modules):
                if name.partition(".")[0] in roots:
                    del sys.modules[name]
            # Packages included, so that they have the modules of then as attributes too.
            sys.modules.update(before)
    return fresh


def expected(what):
    return WHAT[what]


def _forget(*functions, **named):
    """Takes what would be registered, and lets go of it."""
    return functions[0] if functions else None
