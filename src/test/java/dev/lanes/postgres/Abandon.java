package dev.lanes.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that starts the PostgreSQL of a home and dies at once, as if it had been killed. */
final class Abandon {

  static final int EXIT_CODE = 9;

  /** How the process ended. */
  record Ended(int exitCode, String output) {}

  private Abandon() {}

  static Ended start(Path home) throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String classPath = System.getProperty("java.class.path");
    var command = List.of(java, "-cp", classPath, Abandon.class.getName(), home.toString());
    Path output = home.resolve("abandon.log"); // the server would keep a pipe open
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    int exitCode = builder.redirectOutput(output.toFile()).start().waitFor();
    return new Ended(exitCode, Files.readString(output));
  }

  public static void main(String[] arguments) throws IOException {
    Homes.start(Path.of(arguments[0]));
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
