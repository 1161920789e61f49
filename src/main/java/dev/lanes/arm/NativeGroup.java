package dev.lanes.arm;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Kills process groups, which Java itself knows nothing of. */
final class NativeGroup {

  private static final int SIGKILL = 9;
  private static final MethodHandle KILL = kill();

  private NativeGroup() {}

  /**
   * Kills every process of the group at once. A group that is gone already is no error.
   *
   * @param leader id of the process that made the group
   */
  static void kill(long leader) {
    if (leader <= 1) {
      throw new IllegalArgumentException(
          "process group %d: only a group that a harness made may be killed".formatted(leader));
    }
    try {
      int _ = (int) KILL.invokeExact((int) -leader, SIGKILL);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) cannot be called", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle kill() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("kill"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }
}
