package dev.lanes.arm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small process beside an attempt that outlives this worker just long enough to kill what it
 * measures. It sleeps in a read of its standard input, whose other end only this worker has: the
 * kernel closes that end however the worker dies, by SIGKILL too. It then kills every group in the
 * journal and ends.
 */
public final class Guard implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Guard.class);
  private static final String FAREWELL = "end";

  /**
   * $1 is the journal, with the leader's id, when it started in clock ticks since the boot, and
   * when by the calendar. A process of that id that started at another time is a stranger. Where
   * there is no /proc to tell, ids are taken to be ours.
   */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      while read -r word; do
        [ "$word" = end ] && exit 0
      done
      [ -e "$1" ] || exit 0
      while read -r leader ticks rest; do
        case "$leader$ticks" in *[!0-9]*|'') continue ;; esac
        [ "$leader" -gt 1 ] || continue
        if read -r stat 2>/dev/null < "/proc/$leader/stat"; then
          set -- "$1" ${stat##*) }
          [ "$ticks" = 0 ] || [ "${21}" = "$ticks" ] || continue
        fi
        kill -9 "-$leader" 2>/dev/null
        rm -f "/dev/shm/lanes-$leader-"*
      done < "$1"
      """;

  private final Process process;

  private Guard(Process process) {
    this.process = process;
  }

  /**
   * Starts a guard.
   *
   * @throws UncheckedIOException if there is no shell to run it
   */
  public static Guard start(Path journal) {
    try {
      return new Guard(process(journal));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no guard can be started, so a killed worker would leave processes behind", e);
    }
  }

  public static Process process(Path journal) throws IOException {
    List<String> command = new ArrayList<>();
    // In a session of its own, what kills the worker's whole group does not find it.
    program("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(
        List.of("/bin/sh", "-c", SCRIPT, "lanes-guard", journal.toAbsolutePath().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return builder.start();
  }

  private static Optional<Path> program(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public long pid() {
    return process.pid();
  }

  /** Sends it away: nothing runs any more. */
  @Override
  public void close() {
    try {
      process.getOutputStream().write((FAREWELL + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().close();
    } catch (IOException e) {
      log.warn("the guard was gone before the attempt: {}", e.getMessage());
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
