package dev.lanes.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that disturbs the host, from {@link #begin} to {@link #close}. */
final class Hostility implements AutoCloseable {

  /** Every kind. */
  static final List<String> NAMES = List.of("burner", "quota", "streamer");

  private static final String BURN = "while True: pass";

  /** Copies 64 MiB again and again: more than the caches hold. */
  private static final String STREAM =
      "a = bytearray(1 << 26)\nb = bytearray(1 << 26)\nwhile True: b[:] = a";

  private static final long PERIOD_MICROSECONDS = 100_000;

  private final @Nullable Process process;
  private final @Nullable Quota quota;
  private final @Nullable String skipped;

  private Hostility(@Nullable Process process, @Nullable Quota quota, @Nullable String skipped) {
    this.process = process;
    this.quota = quota;
    this.skipped = skipped;
  }

  /**
   * Begins a kind: {@code burner}, a processor-bound program on the first core; {@code quota}, a
   * limit of processor time for this program and all that it starts; {@code streamer}, a program on
   * the first core that copies memory.
   */
  static Hostility begin(String name, Session session) throws IOException, InterruptedException {
    return switch (name) {
      case "burner" -> new Hostility(onFirstCore(BURN, session), null, null);
      case "streamer" -> new Hostility(onFirstCore(STREAM, session), null, null);
      case "quota" -> {
        try {
          yield new Hostility(null, Quota.set(session.options().number("quota")), null);
        } catch (IOException e) {
          yield new Hostility(
              null, null, "no limit of processor time can be set here: " + e.getMessage());
        }
      }
      default ->
          throw new UsageException(
              "there is no condition \"%s\"; there are %s".formatted(name, NAMES));
    };
  }

  /** Why nothing is disturbed; null when something is. */
  @Nullable String skipped() {
    return skipped;
  }

  private static Process onFirstCore(String program, Session session)
      throws IOException, InterruptedException {
    String python = session.worker().executable(session.worker().bundled()).toString();
    List<String> command =
        new File("/usr/bin/taskset").canExecute()
            ? List.of("/usr/bin/taskset", "-c", "0", python, "-c", program)
            : List.of(python, "-c", program);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    if (quota != null) {
      quota.close();
    }
  }

  /** A control group with a limit of processor time, in which this program runs until it closes. */
  private record Quota(Path folder, Path home) implements AutoCloseable {

    static Quota set(double processors) throws IOException {
      boolean second = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
      Path root = Path.of(second ? "/sys/fs/cgroup" : "/sys/fs/cgroup/cpu");
      Path home = root.resolve(own(second).substring(1));
      Path folder = root.resolve("lanes-bench-" + ProcessHandle.current().pid());
      Files.createDirectory(folder);
      Quota quota = new Quota(folder, home);
      try {
        long microseconds = (long) (processors * PERIOD_MICROSECONDS);
        if (second) {
          Files.writeString(
              folder.resolve("cpu.max"),
              String.format(Locale.ROOT, "%d %d", microseconds, PERIOD_MICROSECONDS));
        } else {
          Files.writeString(
              folder.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROSECONDS));
          Files.writeString(folder.resolve("cpu.cfs_quota_us"), String.valueOf(microseconds));
        }
        move(folder);
      } catch (IOException e) {
        Files.deleteIfExists(folder);
        throw e;
      }
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                try {
                  quota.close();
                } catch (IOException e) {
                  System.err.printf("%s is left: %s%n", folder, e.getMessage());
                }
              }));
      return quota;
    }

    private static String own(boolean second) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
          .map(line -> line.split(":", 3))
          .filter(
              parts -> second ? parts[0].equals("0") : List.of(parts[1].split(",")).contains("cpu"))
          .map(parts -> parts[2])
          .findFirst()
          .orElseThrow(() -> new IOException("this program is in no cpu control group"));
    }

    private static void move(Path group) throws IOException {
      Files.writeString(
          group.resolve("cgroup.procs"), String.valueOf(ProcessHandle.current().pid()));
    }

    /** Moves everything that is in it out of it again. */
    @Override
    public void close() throws IOException {
      if (!Files.exists(folder)) {
        return;
      }
      move(home);
      for (String process : Files.readAllLines(folder.resolve("cgroup.procs"))) {
        Optional<ProcessHandle> living = ProcessHandle.of(Long.parseLong(process));
        if (living.isPresent()) {
          Files.writeString(home.resolve("cgroup.procs"), process);
        }
      }
      Files.deleteIfExists(folder);
    }
  }
}
