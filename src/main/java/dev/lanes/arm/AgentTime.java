package dev.lanes.arm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalDouble;

/**
 * How much processor time this worker's own process uses while an arm has its slice: every thread,
 * those of the compiler and the garbage collector too, but the one that asked. That one sleeps
 * until the answer comes; what it does before and after is no part of the slice.
 *
 * <p>It reads the clocks of the kernel itself; the counter that Java offers ticks only every 10 ms.
 * Start and end of a slice must be told by the same thread.
 */
public final class AgentTime {

  /** CLOCK_PROCESS_CPUTIME_ID and CLOCK_THREAD_CPUTIME_ID in Linux's time.h. */
  private static final int PROCESS_CPU = 2;

  private static final int THREAD_CPU = 3;

  private static final MethodHandle CLOCK_GETTIME = clockGettime();
  private static final boolean KNOWN = System.getProperty("os.name").equals("Linux");

  private final MemorySegment timespec = Arena.ofAuto().allocate(16, 8);
  private long cpuAtStart;
  private long wallAtStart;
  private long cpu;
  private long wall;

  /** A slice is about to be asked for. */
  void sliceStarts() {
    cpuAtStart = cpuNanos();
    wallAtStart = System.nanoTime();
  }

  /** Its answer has been read. */
  void sliceEnded() {
    wall += System.nanoTime() - wallAtStart;
    cpu += cpuNanos() - cpuAtStart;
  }

  /** Processor seconds per second of all slices so far; empty where it cannot be known. */
  public OptionalDouble share() {
    return KNOWN && wall > 0 ? OptionalDouble.of((double) cpu / wall) : OptionalDouble.empty();
  }

  private long cpuNanos() {
    return KNOWN ? nanos(PROCESS_CPU) - nanos(THREAD_CPU) : 0;
  }

  private long nanos(int clock) {
    try {
      int _ = (int) CLOCK_GETTIME.invokeExact(clock, timespec);
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime(2) cannot be called", e);
    }
    return timespec.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
        + timespec.get(ValueLayout.JAVA_LONG, 8);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle clockGettime() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("clock_gettime"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }
}
