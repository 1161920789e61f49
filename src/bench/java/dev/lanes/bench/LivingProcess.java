package dev.lanes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as {@code /proc} shows it.
 *
 * @param group id of its process group
 * @param command program and arguments, with blanks between them
 */
record LivingProcess(long id, long parent, long group, String command) {

  /** Every living process of this host; one that nobody has collected yet does not live. */
  static List<LivingProcess> all() {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .flatMap(entry -> read(entry).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the processes of this host", e);
    }
  }

  private static Optional<LivingProcess> read(Path entry) {
    try {
      String stat = Files.readString(entry.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      String command = Files.readString(entry.resolve("cmdline")).replace('\0', ' ').strip();
      return fields[0].equals("Z")
          ? Optional.empty()
          : Optional.of(
              new LivingProcess(
                  Long.parseLong(entry.getFileName().toString()),
                  Long.parseLong(fields[1]),
                  Long.parseLong(fields[2]),
                  command));
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  void kill() throws IOException, InterruptedException {
    kill(String.valueOf(id));
  }

  /** Kills it and everything else in its group, if it has one of its own. */
  void killGroup() throws IOException, InterruptedException {
    kill(leads() ? "-" + group : String.valueOf(id));
  }

  /** Whether it has a group of its own; one that was only just started is still in its parent's. */
  boolean leads() {
    return group == id;
  }

  private static void kill(String target) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", "--", target)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
