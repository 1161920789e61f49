package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One executable after it was asked what it is: a kept answer holds as long as its files do not
 * change.
 *
 * @param library its libpython; null in a static build
 * @param sha256 digest of the executable and its libpython
 * @param modes one, or for a free-threaded build two: GIL off, GIL on
 */
record ProbedBuild(
    FileStamp executable, @Nullable FileStamp library, String sha256, List<Mode> modes) {

  /** What tells a file from another under its name, without reading it. */
  record FileStamp(String path, long bytes, String modified, long inode) {

    FileStamp {
      Objects.requireNonNull(path, "path is null");
    }

    static FileStamp of(Path file) throws IOException {
      var attributes = Files.readAttributes(file, "unix:size,lastModifiedTime,ino");
      return new FileStamp(
          file.toString(),
          (Long) attributes.get("size"),
          attributes.get("lastModifiedTime").toString(),
          (Long) attributes.get("ino"));
    }

    boolean stillHolds() {
      try {
        return equals(of(Path.of(path)));
      } catch (IOException e) {
        return false;
      }
    }
  }

  /**
   * @param failure why the build gave no answer in this mode; null if it did
   */
  record Mode(Gil gil, BuildFacts facts, @Nullable String failure) {
    Mode {
      Objects.requireNonNull(gil, "gil is null");
      Objects.requireNonNull(facts, "facts are null");
    }
  }

  ProbedBuild {
    Objects.requireNonNull(executable, "executable is null");
    if (!sha256.matches("[0-9a-f]{64}") || modes.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has sha256 %s and %d modes; it needs 64 hex digits and one mode"
              .formatted(executable.path(), sha256, modes.size()));
    }
    modes = List.copyOf(modes);
  }

  /** Whether every mode gave an answer: a failure may pass, so it is not kept. */
  boolean isAnswered() {
    return modes.stream().allMatch(mode -> mode.failure() == null);
  }

  boolean stillHolds() {
    return executable.stillHolds() && (library == null || library.stillHolds());
  }

  BuildFiles files() {
    return new BuildFiles(
        sha256, library == null ? List.of(executable) : List.of(executable, library));
  }

  List<Interpreter> interpreters(Source source) {
    return modes.stream().map(mode -> interpreter(mode, source)).toList();
  }

  private Interpreter interpreter(Mode mode, Source source) {
    BuildFacts facts = mode.facts();
    String suffix = mode.gil() == Gil.ON ? "+gil" : "";
    String reason = mode.failure() != null ? mode.failure() : facts.unsuitable();
    return new Interpreter(
        "%s-%s-%s%s"
            .formatted(facts.implementation(), facts.version(), sha256.substring(0, 8), suffix),
        facts.line() + suffix,
        facts.version(),
        facts.implementation(),
        mode.gil(),
        facts.jit(),
        facts.pgo(),
        facts.lto(),
        facts.compiler(),
        sha256,
        executable.path(),
        source,
        reason == null,
        reason);
  }
}
