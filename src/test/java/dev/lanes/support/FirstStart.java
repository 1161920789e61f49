package dev.lanes.support;

import dev.lanes.Launcher;
import dev.lanes.web.Caller;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** Lanes as a newcomer starts it: a process of its own, with an empty database. */
public final class FirstStart {

  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;

  /** What an earlier start unpacked and may be used again. */
  private static final List<String> KEPT = List.of("interpreters", "harness", "probes.json");

  private final Process process;
  private final String address;
  private final CompletableFuture<String> signInLink = new CompletableFuture<>();

  private FirstStart(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until its log ends with where to look.
   *
   * @param home emptied before, but for what is only unpacked there
   */
  public static FirstStart start(Path home) throws Exception {
    empty(home);
    int port = freePort();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            Launcher.class.getName());
    builder.environment().put("LANES_HOME", home.toAbsolutePath().toString());
    builder.environment().put("SERVER_PORT", String.valueOf(port));
    var started =
        new FirstStart(
            builder.redirectErrorStream(true).start(), "http://localhost:%d".formatted(port));
    Thread.ofVirtual().start(started::readLog);
    try {
      started.signInLink.get(START_SECONDS, TimeUnit.SECONDS);
      return started;
    } catch (ExecutionException | TimeoutException e) {
      started.stop();
      throw e;
    }
  }

  public String address() {
    return address;
  }

  /** The link that the log names. */
  public String signInLink() {
    return signInLink.join();
  }

  /** Calls without a token. */
  public Caller caller() {
    return new Caller(address, null);
  }

  /** Looks once a second, until it is so or the time is over. */
  public boolean becomes(BooleanSupplier so, int seconds) throws InterruptedException {
    var never = new CountDownLatch(1);
    for (int second = 0; second < seconds && process.isAlive(); second++) {
      if (so.getAsBoolean() || never.await(1, TimeUnit.SECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Asks it to end, as a terminal does. */
  public void stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end within %d s".formatted(STOP_SECONDS));
    }
  }

  private void readLog() {
    try (var log = process.inputReader()) {
      String line;
      while ((line = log.readLine()) != null) {
        System.out.println("  " + line);
        if (line.strip().startsWith("sign in ")) {
          signInLink.complete(line.strip().substring("sign in ".length()).strip());
        }
      }
      signInLink.completeExceptionally(new IOException("it ended before it was up"));
    } catch (IOException e) {
      signInLink.completeExceptionally(e);
    }
  }

  private static void empty(Path home) throws IOException {
    Files.createDirectories(home.resolve("postgres"));
    for (Path folder : List.of(home, home.resolve("postgres"))) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (!KEPT.contains(name) && !List.of("postgres", "binaries").contains(name)) {
            FileSystemUtils.deleteRecursively(file);
          }
        }
      }
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the tests: what they contain must not be found by the application. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
