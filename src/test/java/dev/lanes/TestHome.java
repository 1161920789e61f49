package dev.lanes;

import dev.lanes.arm.Living;
import dev.lanes.web.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** The home and the port of the whole application in its default role, for tests alone. */
final class TestHome {

  /** What was unpacked there is kept between builds; the database is not. */
  private static final Path HOME = Path.of("target", "test-all-in-one").toAbsolutePath();

  private final int port;

  private TestHome(int port) {
    this.port = port;
  }

  /** A home without any run, and a port that is free. */
  static TestHome fresh() throws IOException {
    FileSystemUtils.deleteRecursively(HOME.resolve("postgres/data"));
    Files.createDirectories(HOME);
    try (ServerSocket free = new ServerSocket(0)) {
      return new TestHome(free.getLocalPort());
    }
  }

  /** Arguments of the application; the scheduler is off because it would queue a run of its own. */
  List<String> arguments(String phaseLimit) {
    return List.of(
        "--lanes.home=" + HOME,
        "--server.port=" + port,
        "--lanes.workloads=" + Path.of("src/test/python/workloads").toAbsolutePath(),
        "--lanes.worker.phase-limit=" + phaseLimit,
        // Tests count the processes that are left.
        "--lanes.worker.probing=false",
        "--db-scheduler.enabled=false");
  }

  Path home() {
    return HOME;
  }

  /** Calls with the administrator's token. */
  Caller admin() {
    try {
      String token = Files.readString(HOME.resolve("token")).strip();
      return new Caller("http://127.0.0.1:" + port, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the worker has told the server which interpreters it has. */
  boolean ready() {
    try {
      return !admin().get("/api/v1/interpreters").json().path("items").isEmpty();
    } catch (UncheckedIOException e) {
      return false; // it is still starting
    }
  }

  /** Exact id of the CPython that Lanes brings. */
  String bundledInterpreter() {
    return admin()
        .get("/api/v1/interpreters")
        .json()
        .path("items")
        .valueStream()
        .filter(interpreter -> interpreter.path("source").asString().equals("bundled"))
        .map(interpreter -> interpreter.path("id").asString())
        .findFirst()
        .orElseThrow();
  }

  /** The database of the running application. */
  JdbcClient jdbc() throws IOException {
    String port = Files.readAllLines(HOME.resolve("postgres/data/postmaster.pid")).get(3);
    String password = Files.readString(HOME.resolve("postgres/password")).strip();
    return JdbcClient.create(
        new DriverManagerDataSource(
            "jdbc:postgresql://127.0.0.1:" + port + "/lanes", "lanes", password));
  }

  /** Command lines of living processes that measure with files of this home. */
  List<String> harnesses() {
    return Living.with(HOME.resolve("harness").toString());
  }

  /** Asks again until it is so, for two minutes at most. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Living.pause(200);
    }
    throw new AssertionError("not within two minutes: " + what);
  }
}
