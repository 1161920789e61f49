package dev.lanes.arm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk which process groups this worker started, so that the next start can kill what
 * a killed worker left behind, and the guard at once. An entry is the id of the group's leader and
 * when it started: in the kernel's clock ticks since the boot, 0 where it does not tell, and by the
 * calendar.
 */
public final class ProcessJournal {

  private static final Logger log = LoggerFactory.getLogger(ProcessJournal.class);

  private final Path file;

  public ProcessJournal(Path file) {
    this.file = file;
  }

  public Path file() {
    return file;
  }

  /** Notes a group before anything is asked of it. */
  public void started(ProcessHandle leader) {
    String entry = "%d %d %s%n".formatted(leader.pid(), ticks(leader.pid()), start(leader));
    try {
      Files.writeString(file, entry, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot note process %d in %s".formatted(leader.pid(), file), e);
    }
  }

  /** Kills every group that was noted and not yet forgotten. */
  public void killAll() {
    entries().forEach(entry -> NativeGroup.kill(Long.parseLong(entry.split(" ", 2)[0])));
  }

  /** Forgets every group; call it when none is alive. */
  public void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + file, e);
    }
  }

  /** Kills every group that is still there from an earlier start. */
  public void killLeftovers() {
    int killed = 0;
    for (String entry : entries()) {
      String[] parts = entry.split(" ", 3);
      long leader = Long.parseLong(parts[0]);
      // A living process with this id and another start is a stranger, and its group is too. No
      // process gets an id that is still the id of a group, so a dead leader's group is ours.
      boolean ours =
          ProcessHandle.of(leader).map(process -> start(process).equals(parts[2])).orElse(true);
      if (ours) {
        NativeGroup.kill(leader);
        SharedBlocks.remove(leader);
        killed++;
      }
    }
    if (killed > 0) {
      log.info("groups={} of an earlier start were open and are dead now", killed);
    }
    clear();
  }

  private List<String> entries() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().filter(line -> line.matches("\\d+ \\d+ .+")).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Field 22 of /proc/pid/stat, counted from behind the name, which may hold blanks; proc(5). */
  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    } catch (IOException e) {
      return 0;
    }
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }
}
