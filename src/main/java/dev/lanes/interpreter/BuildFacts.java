package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter.Jit;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an interpreter says of itself, in the words of {@code probe.py}.
 *
 * @param library absolute path of the loaded libpython; null in a static build
 */
record BuildFacts(
    String implementation,
    String version,
    boolean freeThreaded,
    boolean gilEnabled,
    Jit jit,
    boolean pgo,
    boolean lto,
    String compiler,
    boolean debug,
    @Nullable String library) {

  /** Stands for what could not be asked. */
  static final BuildFacts UNKNOWN =
      new BuildFacts(
          "unknown", "unknown", false, true, Jit.UNAVAILABLE, false, false, "unknown", false, null);

  private static final PythonVersion OLDEST = PythonVersion.parse("3.8").orElseThrow();

  BuildFacts {
    Objects.requireNonNull(implementation, "implementation is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(jit, "jit is null");
    Objects.requireNonNull(compiler, "compiler is null");
    if (library != null && !Path.of(library).isAbsolute()) {
      throw new IllegalArgumentException("library %s is not an absolute path".formatted(library));
    }
  }

  /** {@code cpython-3.14t}; just the implementation where the version cannot be read. */
  String line() {
    return implementation
        + PythonVersion.parse(version).map(known -> "-" + known.minorLine()).orElse("")
        + (freeThreaded ? "t" : "");
  }

  /** Why Lanes cannot measure with such a build; null if it can. */
  @Nullable String unsuitable() {
    if (!implementation.equals("cpython")) {
      return "Lanes measures CPython; this is %s %s".formatted(implementation, version);
    }
    var known = PythonVersion.parse(version);
    if (known.isEmpty()) {
      return "its version %s cannot be read".formatted(version);
    }
    if (known.get().compareTo(OLDEST) < 0) {
      return "CPython %s is too old; Lanes needs 3.8 or later".formatted(version);
    }
    if (debug) {
      return "a debug build: its times say nothing about the CPython that people run";
    }
    return null;
  }
}
