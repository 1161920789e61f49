package dev.lanes.interpreter;

import dev.lanes.interpreter.ProbedBuild.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a build as they were when it was asked what it is. Others may take their place under
 * the same name while the worker runs: by an upgrade, or because somebody builds anew.
 *
 * @param sha256 digest of all of them
 * @param stamps of the executable, and of its libpython if it has one
 */
public record BuildFiles(String sha256, List<FileStamp> stamps) {

  public BuildFiles {
    stamps = List.copyOf(stamps);
  }

  /**
   * What is there now in their place: another digest, or why they cannot be read; empty if they are
   * the same. As long as nobody has touched them none is read.
   */
  public Optional<String> replacement() {
    if (stamps.stream().allMatch(FileStamp::stillHolds)) {
      return Optional.empty();
    }
    try {
      var digest = new Sha256();
      for (FileStamp stamp : stamps) {
        digest.add(Path.of(stamp.path()));
      }
      return Optional.of(digest.hex()).filter(now -> !now.equals(sha256));
    } catch (IOException e) {
      return Optional.of("none, as it cannot be read (%s)".formatted(e));
    }
  }
}
