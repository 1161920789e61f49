package dev.lanes.fault;

import dev.lanes.web.Caller;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One server in a Java VM of its own, on a port that it keeps. */
final class Replica {

  private final int port;
  private final Path log;
  private final List<String> arguments;
  private @Nullable Process process;

  Replica(Path log, List<String> arguments) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      this.port = free.getLocalPort();
    }
    this.log = log;
    this.arguments = List.copyOf(arguments);
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Starts it, unless it runs. */
  void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx300m"));
    command.addAll(List.of("-cp", classPath(), "dev.lanes.Application"));
    command.add("--server.port=" + port);
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** Waits until it answers from the database. */
  void awaitUp() throws InterruptedException {
    Stage.await(
        "the server answers; see " + log,
        120,
        () -> {
          if (!isAlive()) {
            throw new AssertionError("the server has ended; see " + log);
          }
          return answers();
        });
  }

  boolean answers() {
    try {
      return new Caller(address(), null).get("/api/v1/interpreters").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  long pid() {
    return process == null ? -1 : process.pid();
  }

  /** Ends it with SIGKILL and waits until the system has buried it. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Bytes of memory that are its own and in use, as Linux tells them. */
  long residentBytes() throws IOException {
    String status = java.nio.file.Files.readString(Path.of("/proc/" + pid() + "/status"));
    String kilobytes = status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1");
    return Long.parseLong(kilobytes) * 1024;
  }

  /** Without the tests: what they contain must not be found by the application. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
