"""Writes into the temporary folder, as much as it is told or more than there is room for."""

# /// workload
# title = "Fills"
# summary = "Writes files as a workload that needs the disk does."
# [parameters.mebibytes]
# type = "integer"
# unit = "MiB"
# description = "size of the file that each worker writes"
# default = 1
# minimum = 0
# maximum = 1024
# [parameters.file]
# type = "text"
# description = "a file in the temporary folder, or the device of the kernel that is always full"
# default = "folder"
# choices = ["folder", "device"]
# ///

import os
import tempfile
import threading

MEBIBYTE = bytes(1 << 20)


def prepare(mebibytes=1, file="folder"):
    name = f"{os.getpid()}-{threading.get_ident()}"
    path = os.path.join(tempfile.gettempdir(), name) if file == "folder" else "/dev/full"
    return mebibytes, path


def task(state):
    mebibytes, path = state
    with open(path, "wb", buffering=0) as file:
        for _ in range(mebibytes):
            file.write(MEBIBYTE)
    return "written"


def expected(**_):
    return "written"
