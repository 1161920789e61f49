package dev.lanes.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Python build found on a host, in one GIL mode. A free-threaded build is two interpreters: one
 * with the GIL off and, as a line of its own, one with it on.
 *
 * @param id exact id, {@code line's implementation-version-first eight hex digits of sha256}, with
 *     {@code +gil} for a free-threaded build run with the GIL on
 * @param line groups builds over time: {@code cpython-3.14}, {@code cpython-3.14t}, {@code
 *     cpython-3.14t+gil}
 * @param version full version, {@code 3.14.3}
 * @param implementation {@code cpython}, {@code pypy}, …, as the interpreter names itself
 * @param jit whether the build has a JIT and whether it is on
 * @param compiler what {@code platform.python_compiler()} says
 * @param sha256 digest of the executable and, where there is one, its libpython; 64 hex digits
 * @param executable absolute path on its host
 * @param usable whether Lanes can measure with it
 * @param reason why not, when it is not usable
 */
public record Interpreter(
    String id,
    String line,
    String version,
    String implementation,
    Gil gil,
    Jit jit,
    boolean pgo,
    boolean lto,
    String compiler,
    String sha256,
    String executable,
    Source source,
    boolean usable,
    @Nullable String reason) {

  /** What the global interpreter lock does in this build. */
  public enum Gil {
    /** The build cannot run without it. */
    ALWAYS,
    /** A free-threaded build, run with the lock switched on. */
    ON,
    /** A free-threaded build, run without the lock. */
    OFF
  }

  /** State of the just-in-time compiler of the build. */
  public enum Jit {
    UNAVAILABLE,
    OFF,
    ON
  }

  /** Where the interpreter was found; the order is the order of preference within a line. */
  public enum Source {
    CONFIGURED,
    UV,
    PYENV,
    PATH,
    SYSTEM,
    BUNDLED
  }

  public Interpreter {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(line, "line is null");
    if (!usable && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(
          "interpreter %s is not usable but gives no reason".formatted(id));
    }
  }
}
