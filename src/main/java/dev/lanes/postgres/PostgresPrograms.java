package dev.lanes.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the programs of PostgreSQL, in an environment that does not depend on the caller's.
 *
 * @param output file for what the last program said; a pipe would stay open as long as the server
 *     that the program starts
 * @param prefix what to put before each command, see {@link #prefix}
 */
record PostgresPrograms(PostgresBinaries binaries, Path output, List<String> prefix) {

  /** How a program ended. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /**
   * PostgreSQL refuses to run as root, so there it runs in a user namespace in which root is
   * nobody; the files go on belonging to root.
   *
   * @param unshare the program that makes the namespace
   * @throws EmbeddedPostgresException if the user is root and may not make one
   */
  static List<String> prefix(String user, String unshare) throws IOException {
    if (!user.equals("root")) {
      return List.of();
    }
    var prefix = List.of(unshare, "-U");
    if (!canMakeNamespace(prefix)) {
      throw new EmbeddedPostgresException(
          "PostgreSQL refuses to run as root, and `%s -U`, which would help, is not permitted here."
              .formatted(unshare),
          "Start Lanes as another user, or set spring.datasource.url to a PostgreSQL of your own.");
    }
    return prefix;
  }

  /** Runs a program to its end. */
  Outcome run(String program, String... arguments) throws IOException {
    return runWithInput("", program, arguments);
  }

  /** Runs a program to its end, with {@code input} as its standard input. */
  Outcome runWithInput(String input, String program, String... arguments) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(binaries.program(program).toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C"); // messages are recognised by their English words
    environment.put("TZ", "UTC");
    int exitCode = await(builder.start(), input);
    return new Outcome(exitCode, Files.readString(output, StandardCharsets.ISO_8859_1).strip());
  }

  private static boolean canMakeNamespace(List<String> prefix) {
    var command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return await(new ProcessBuilder(command).start(), "") == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int await(Process process, String input) throws IOException {
    try (var in = process.outputWriter()) {
      in.write(input);
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + process.info());
    }
  }
}
