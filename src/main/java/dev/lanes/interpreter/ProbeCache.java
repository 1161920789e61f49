package dev.lanes.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * What executables answered at an earlier start, in a JSON file. Losing it costs time, nothing
 * else: a file that cannot be read counts as empty.
 */
final class ProbeCache {

  /**
   * @param probeSha256 digest of the {@code probe.py} that was answered: another one asks anew
   */
  private record Kept(String probeSha256, List<ProbedBuild> builds) {
    Kept {
      Objects.requireNonNull(probeSha256, "probe_sha256 is null");
      builds = List.copyOf(builds);
    }
  }

  private final Path file;
  private final String probeSha256;
  private final Map<String, ProbedBuild> builds;

  private ProbeCache(Path file, String probeSha256, Map<String, ProbedBuild> builds) {
    this.file = file;
    this.probeSha256 = probeSha256;
    this.builds = builds;
  }

  static ProbeCache read(Path file, Path probe) throws IOException {
    String probeSha256 = new Sha256().add(probe).hex();
    return new ProbeCache(file, probeSha256, kept(file, probeSha256));
  }

  private static Map<String, ProbedBuild> kept(Path file, String probeSha256) {
    try {
      Kept kept = InterpreterProbe.JSON.readValue(Files.readString(file), Kept.class);
      return kept != null && kept.probeSha256().equals(probeSha256)
          ? kept.builds().stream()
              .collect(
                  Collectors.toMap(
                      build -> build.executable().path(), build -> build, (one, other) -> other))
          : Map.of();
    } catch (IOException | JacksonException e) {
      return Map.of();
    }
  }

  /** What this executable answered, if neither it nor its libpython has changed since. */
  Optional<ProbedBuild> get(Path executable) {
    return Optional.ofNullable(builds.get(executable.toString())).filter(ProbedBuild::stillHolds);
  }

  /** Keeps these answers in place of all earlier ones. */
  void write(Collection<ProbedBuild> answers) throws IOException {
    var answered = answers.stream().filter(ProbedBuild::isAnswered).toList();
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(
        next, InterpreterProbe.JSON.writeValueAsString(new Kept(probeSha256, answered)));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
