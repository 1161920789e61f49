"""What Linux counts for the arm's process group around a slice.

Members are the processes that the group had when it became ready; what these start later counts
once they have reaped it. A counter that the system does not tell is None.
"""

import os
import resource
import sys
import time

# Beyond, reading each thread would take longer than a short slice, and descriptors would run out.
THREADS_LIMIT = 64
SWITCHES = b"nonvoluntary_ctxt_switches:"


class Counters:
    """Counters of this process and the group's others; None for the others is unknown."""

    def __init__(self, others):
        self.others = others if sys.platform == "linux" else None
        self.members = None
        if self.others is not None and _tells_run_delay():
            self.members = [Threads("self"), *(Threads(pid) for pid in self.others)]
        self.cpu_after = self._cpu()

    def begin(self):
        """Call last before a slice."""
        self.threads_before = self._threads()
        self.cpu_before = self._cpu()

    def end(self):
        """Call first after a slice; returns its counters, and those of the time parked before it.

        run_delay_seconds: how long threads were ready to run but did not. involuntary_switches: how
        often one was taken off its CPU. Both are of all threads together, without those that ended
        in the slice. parked_cpu_seconds: processor time from the last slice, or from being ready,
        to this one, without the main thread's, which hands over.
        """
        cpu = self._cpu()
        before, threads = self.threads_before, self._threads()
        known = None not in (cpu, self.cpu_before)
        parked = None not in (self.cpu_before, self.cpu_after)
        counted = None not in (before, threads)
        counters = {
            "cpu_seconds": (sum(cpu) - sum(self.cpu_before)) / 1e9 if known else None,
            # The two clocks are not read at one instant, so an idle group can seem below zero.
            "parked_cpu_seconds": max(0, self.cpu_before[1] - self.cpu_after[1]) / 1e9
            if parked
            else None,
            "run_delay_seconds": _growth(before, threads, 0) / 1e9 if counted else None,
            "involuntary_switches": _growth(before, threads, 1) if counted else None,
        }
        self.cpu_after = cpu
        return counters

    def _cpu(self):
        """Nanoseconds of the main thread, and of all others of the group, reaped ones included."""
        if self.others is None:
            return None
        reaped = resource.getrusage(resource.RUSAGE_CHILDREN)
        total = time.process_time_ns() + int((reaped.ru_utime + reaped.ru_stime) * 1e9)
        main = time.thread_time_ns()
        try:
            # Linux's clock id of another process's CPU time, as clock_getcpuclockid(3) makes it.
            total += sum(time.clock_gettime_ns(~pid << 3 | 2) for pid in self.others)
            total += sum(map(_reaped_ns, self.others))
        except OSError:
            return None
        return main, total - main

    def _threads(self):
        """(run delay in nanoseconds, involuntary switches) by thread; None if unknown."""
        if self.members is None:
            return None
        # The kernel adds up the switches of one's own threads, but of no other process.
        own = resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw
        counts = {"self": (0, own)}
        try:
            for member in self.members:
                member.read(counts)
                if len(counts) > THREADS_LIMIT:
                    for member in self.members:
                        member.close()
                    self.members = None
                    return None
        except OSError:
            return None
        return counts


class Threads:
    """The threads of one process. Their files stay open: opening costs more than reading."""

    def __init__(self, pid):
        self.own = pid == "self"
        self.path = f"/proc/{pid}/task"
        self.folder = None
        self.files = {}

    def read(self, counts):
        """Adds each thread's counts; raises OSError if the process has ended."""
        # As in any folder, the links are those of its subfolders and two of its own.
        if self.folder is None or os.fstat(self.folder).st_nlink - 2 != len(self.files):
            self._open()
        try:
            self._read(counts)
        except ProcessLookupError:  # one has ended and another begun
            self._open()
            self._read(counts)

    def close(self):
        for files in self.files.values():
            for file in files:
                os.close(file)
        self.files = {}
        if self.folder is not None:
            os.close(self.folder)
            self.folder = None

    def _open(self):
        self.close()
        self.folder = os.open(self.path, os.O_RDONLY)
        names = ("schedstat",) if self.own else ("schedstat", "status")
        for thread in os.listdir(self.folder)[:THREADS_LIMIT]:
            files = self.files[thread] = []
            for name in names:
                files.append(os.open(f"{thread}/{name}", os.O_RDONLY, dir_fd=self.folder))

    def _read(self, counts):
        for thread, files in self.files.items():
            delay = int(os.pread(files[0], 100, 0).split()[1])
            switches = 0
            if not self.own:
                switches = int(os.pread(files[1], 8192, 0).rpartition(SWITCHES)[2].split()[0])
            counts[thread] = delay, switches


def _reaped_ns(pid):
    """CPU time of the children that a process has reaped, in ticks of the system, often of 10 ms.

    So it is told what the fork server of multiprocessing starts and ends within a slice.
    """
    with open(f"/proc/{pid}/stat", "rb") as file:
        # The command name before the last parenthesis may hold blanks.
        user, system = file.read().rpartition(b")")[2].split()[13:15]
    return (int(user) + int(system)) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")


def _tells_run_delay():
    try:
        with open("/proc/thread-self/schedstat", "rb") as file:
            return file.read().split()[0] != b"0"  # what a kernel says that does not count
    except OSError:
        return False


def _growth(before, after, which):
    none = (0, 0)
    return sum(counts[which] - before.get(key, none)[which] for key, counts in after.items())
