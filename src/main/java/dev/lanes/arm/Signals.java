package dev.lanes.arm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the signals that end processes, with the numbers that Linux and macOS share. */
final class Signals {

  private static final Map<Integer, String> NAMES =
      Map.of(
          2, "SIGINT",
          3, "SIGQUIT",
          4, "SIGILL",
          6, "SIGABRT",
          8, "SIGFPE",
          9, "SIGKILL",
          11, "SIGSEGV",
          13, "SIGPIPE",
          14, "SIGALRM",
          15, "SIGTERM");

  private Signals() {}

  /** The signal behind an exit value, which Java tells as 128 more; null for an exit by itself. */
  static @Nullable String ofExitValue(int exitValue) {
    return exitValue > 128
        ? NAMES.getOrDefault(exitValue - 128, "signal " + (exitValue - 128))
        : null;
  }
}
