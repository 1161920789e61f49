"""Says what the interpreter that runs it is: one JSON object, one line, on stdout.

Written in the words that every Python from 2.7 on understands: an interpreter that is
too old to be measured still says so itself, instead of failing on the syntax.

    implementation   "cpython", "pypy", ... as the interpreter names itself
    version          "3.14.3"
    free_threaded    whether the build can run without the GIL
    gil_enabled      whether the GIL is on in this very process
    jit              "unavailable", "off" or "on" in this very process
    pgo, lto         whether the build was configured to be optimised by profile, at link
                     time; a distribution that keeps its flags to itself counts as not
    compiler         what platform.python_compiler() says
    debug            whether it is a debug build, whose times mislead
    library          absolute path of the loaded libpython; null in a static build
"""

import sys

# The folder of this file, which nothing here may be imported from by accident.
del sys.path[0]

import json  # noqa: E402
import os  # noqa: E402
import platform  # noqa: E402
import shlex  # noqa: E402
import sysconfig  # noqa: E402


def config(name):
    return sysconfig.get_config_var(name) or ""


def configured(option):
    """Value of a configure option: "yes" when it stands alone, "no" when absent."""
    value = "no"
    for word in shlex.split(str(config("CONFIG_ARGS"))):
        name, _, given = word.partition("=")
        if name == option:
            value = given or "yes"
    return value


def compiled_with(*flags):
    names = ("CFLAGS", "PY_CFLAGS", "PY_CORE_CFLAGS", "PY_LDFLAGS", "PY_CORE_LDFLAGS")
    words = " ".join(str(config(name)) for name in names).split()
    return any(word.startswith(flags) for word in words)


def jit():
    state = getattr(sys, "_jit", None)
    if state is not None:
        if not state.is_available():
            return "unavailable"
        return "on" if state.is_enabled() else "off"
    # 3.13 has a JIT but nothing that tells of it at run time.
    built = configured("--enable-experimental-jit")
    return {"yes": "on", "yes-off": "off"}.get(built, "unavailable")


def library():
    try:
        with open("/proc/self/maps") as maps:
            paths = [line.split(None, 5)[5].rstrip("\n") for line in maps if "/" in line]
        found = [path for path in paths if os.path.basename(path).startswith("libpython")]
        # libpython3.so is only a signpost to the library with the version in its name.
        found.sort(key=lambda path: (os.path.basename(path) == "libpython3.so", path))
    except (IOError, OSError):
        folder = config("PYTHONFRAMEWORKPREFIX") or config("LIBDIR")
        found = [os.path.join(folder, config("INSTSONAME") or config("LDLIBRARY"))]
        found = [path for path in found if path.endswith((".so", ".dylib")) or "framework" in path]
    return found[0] if found and os.path.isfile(found[0]) else None


def facts():
    implementation = getattr(sys, "implementation", None)
    return {
        "implementation": getattr(
            implementation, "name", platform.python_implementation().lower()
        ),
        "version": platform.python_version(),
        "free_threaded": bool(config("Py_GIL_DISABLED")),
        "gil_enabled": bool(getattr(sys, "_is_gil_enabled", lambda: True)()),
        "jit": jit(),
        "pgo": configured("--enable-optimizations") != "no"
        or compiled_with("-fprofile-use", "-fprofile-instr-use"),
        "lto": configured("--with-lto") != "no" or compiled_with("-flto"),
        "compiler": platform.python_compiler(),
        "debug": bool(config("Py_DEBUG")) or hasattr(sys, "gettotalrefcount"),
        "library": library(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(facts()) + "\n")
