package dev.lanes.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The server process that {@code postmaster.pid} in a data directory names. The file outlives a
 * crash, and by then its number may belong to nobody, to a zombie, or to another program.
 *
 * @param data real path of the data directory
 * @param binaries real path of the folder that holds the programs of this and earlier releases
 */
record Postmaster(Path data, Path binaries) {

  /** Larger than any process id that Linux or macOS gives. */
  private static final int NOBODY = Integer.MAX_VALUE;

  /** The process, if it is alive and a PostgreSQL of ours on this data directory. */
  Optional<ProcessHandle> running() throws IOException {
    return named().filter(this::serves);
  }

  /**
   * Makes the number in the file a dead one if it belongs to a process that is not ours. PostgreSQL
   * would refuse to start beside any living process, which after a restart of a container is the
   * rule rather than the exception. The file itself stays: with what else it holds, PostgreSQL
   * still finds out whether processes of the crashed server are left.
   */
  void disownStranger() throws IOException {
    if (named().isEmpty() || running().isPresent()) {
      return;
    }
    List<String> lines = Files.readAllLines(file());
    lines.set(0, Integer.toString(NOBODY));
    Path partial = data.resolve("postmaster.pid.partial");
    Files.write(partial, lines);
    Files.move(partial, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return data.resolve("postmaster.pid");
  }

  private Optional<ProcessHandle> named() throws IOException {
    if (Files.notExists(file())) {
      return Optional.empty();
    }
    String pid = Files.readAllLines(file()).stream().findFirst().orElse("").strip();
    return pid.matches("\\d+") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
  }

  private boolean serves(ProcessHandle process) {
    var info = process.info();
    boolean ours =
        info.command()
            .map(Path::of)
            .filter(command -> command.startsWith(binaries) && command.endsWith("bin/postgres"))
            .isPresent();
    return ours
        && info.arguments()
            .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
            .orElse(true); // the operating system keeps no arguments: the programs are this home's
  }
}
