"""The process group of the arm: its members and their memory, read from Linux's /proc."""

import os

SIGKILL = 9  # on every system; the module of the signals is a tenth of the harness's start


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
    return [pid for pid in pids if pid != os.getpid() and _is_member(pid)]


def pss_bytes():
    """Memory of the whole group in bytes, each page once; None where it cannot be read.

    Of memory that is shared inside the group each process has its part, as in the proportional set
    size. Pages of files count whole and once for the group: the kernel would divide them among all
    processes of the machine, and the arms that are parked beside this one share them too.
    """
    members = others()
    if members is None:
        return None
    own = 0
    files = {}
    try:
        for pid in [os.getpid(), *members]:
            own += _own_bytes(pid)
            for file, size in _file_bytes(pid).items():
                files[file] = max(files.get(file, 0), size)
    except (OSError, KeyError):  # a kernel before 5.9 does not tell the parts
        return None
    return own + sum(files.values())


def end_others():
    """Ends the rest of the group."""
    for pid in others() or []:
        try:
            os.kill(pid, SIGKILL)
        except ProcessLookupError:
            pass


def end():
    """Ends the whole group, this process included."""
    os.killpg(0, SIGKILL)


def _is_member(pid):
    try:
        # A file is read only of members: opening one for each process took half of the search.
        if os.getpgid(pid) != os.getpgrp():
            return False
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command name before the last parenthesis may hold blanks.
            return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


def _own_bytes(pid):
    """Proportional set size of what is not a file."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        fields = {words[0]: int(words[1]) for words in map(str.split, file) if len(words) == 3}
    return 1024 * (fields["Pss_Anon:"] + fields["Pss_Shmem:"])


def _file_bytes(pid):
    """Resident bytes of each mapped file, without the pages the process has made its own."""
    files = {}
    file = None
    with open(f"/proc/{pid}/smaps") as lines:
        for line in lines:
            words = line.split()
            if words[0].endswith(":"):
                if file and words[0] in ("Rss:", "Anonymous:"):
                    sign = 1 if words[0] == "Rss:" else -1
                    files[file] = files.get(file, 0) + sign * 1024 * int(words[1])
            else:  # the head of a mapping: range, rights, offset, device, inode and perhaps a path
                path = words[5] if len(words) > 5 else ""
                shared = path.startswith(("/dev/shm/", "/dev/zero", "/memfd:", "/SYSV"))
                file = None if words[4] == "0" or shared else (words[3], words[4])
    return files
