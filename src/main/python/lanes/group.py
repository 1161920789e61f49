"""The process group of the arm: its members and their memory, read from Linux's /proc."""

import os
import signal


def own_group():
    """Makes this process the leader of a group, so that all it starts can be ended together."""
    if os.getpgrp() != os.getpid():
        os.setsid()


def others():
    """Ids of the group's live processes except this one; None where /proc cannot tell."""
    try:
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return None
    return [pid for pid in pids if pid != os.getpid() and _group_of(pid) == os.getpgrp()]


def pss_bytes():
    """Proportional set size of the whole group in bytes; None where it cannot be read."""
    members = others()
    if members is None:
        return None
    try:
        return sum(_pss_bytes(pid) for pid in [os.getpid(), *members])
    except OSError:
        return None


def end_others():
    """Ends the rest of the group."""
    for pid in others() or []:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def _group_of(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command name before the last parenthesis may hold blanks.
            state, _, group = file.read().rpartition(b")")[2].split()[:3]
    except OSError:
        return None
    return None if state in (b"Z", b"X") else int(group)


def _pss_bytes(pid):
    with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(b"Pss:"))
