package dev.lanes.arm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Looks at the processes of this machine as Linux tells them. */
public final class Living {

  private static final int TRIES = 100;

  private Living() {}

  /** Whether the process exists and is more than an entry that nobody has collected yet. */
  public static boolean is(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }

  /** Command lines of living processes that have this text in them. */
  public static List<String> with(String text) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> is(Long.parseLong(process.getFileName().toString())))
          .map(Living::command)
          .filter(command -> command.contains(text))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String command(Path process) {
    try {
      return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }

  /** Looks again until it is so, for ten seconds at most; what it ends with is the answer. */
  public static boolean soon(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < TRIES && !condition.getAsBoolean(); i++) {
      pause(100);
    }
    return condition.getAsBoolean();
  }

  /** The one pause between two looks at something that another process does. */
  public static void pause(long milliseconds) throws InterruptedException {
    boolean _ = new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
