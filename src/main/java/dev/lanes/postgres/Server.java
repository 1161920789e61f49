package dev.lanes.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/** The PostgreSQL server on a data directory. */
record Server(PostgresPrograms programs, Postmaster postmaster, ServerLog log) {

  static final String HOST = "127.0.0.1";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Given on the command line, so that they hold whatever the files in the data directory say. */
  private static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=" + HOST,
          "unix_socket_directories=''",
          "max_connections=200",
          "shared_buffers=64MB",
          "log_checkpoints=off",
          // Leaves out failing statements: their callers log them, and the file stays small.
          "log_min_messages=log");

  /** Why a start fails that succeeds a moment later, as PostgreSQL puts it. */
  private static final List<String> PASSING =
      List.of(
          "Address already in use", // somebody took the free port first
          "Is another postmaster", // a killed server that is not buried yet
          "is still in use"); // processes of a killed server that have not noticed yet

  /**
   * Starts the server.
   *
   * @return the port that it listens on, another one at each start
   */
  int start() throws IOException {
    long begun = System.nanoTime();
    while (true) {
      postmaster.disownStranger();
      log.rotate();
      long logged = log.size();
      int port = freePort();
      var outcome =
          programs.run(
              "pg_ctl",
              "start",
              "--wait",
              "--timeout=300", // recovery after a crash may have much to read
              "--pgdata=" + postmaster.data(),
              "--log=" + log.path(),
              "--options=" + options(port));
      if (outcome.succeeded()) {
        return port;
      }
      String reason = log.since(logged);
      boolean passing = PASSING.stream().anyMatch(reason::contains);
      if (!passing || System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new EmbeddedPostgresException(
            "PostgreSQL did not start on %s:\n%s\n%s"
                .formatted(postmaster.data(), outcome.output(), reason),
            "Remove the cause and start again; all of the log is in %s.".formatted(log.path()));
      }
      pause();
    }
  }

  /** Stops the server, if there is one: its clients are cut off, what they committed stays. */
  void stop() throws IOException {
    // The second mode loses nothing either; it leaves the work to recovery at the next start.
    for (String mode : List.of("fast", "immediate")) {
      if (postmaster.running().isPresent()) {
        programs.run("pg_ctl", "stop", "--wait", "--pgdata=" + postmaster.data(), "--mode=" + mode);
      }
    }
    var running = postmaster.running();
    if (running.isPresent()) {
      throw new EmbeddedPostgresException(
          "PostgreSQL (process %d) on %s does not stop."
              .formatted(running.get().pid(), postmaster.data()),
          "Look into %s, end the process, and start again.".formatted(log.path()));
    }
  }

  private static String options(int port) {
    return "-p %d -c %s".formatted(port, String.join(" -c ", SETTINGS));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while PostgreSQL was starting");
    }
  }
}
