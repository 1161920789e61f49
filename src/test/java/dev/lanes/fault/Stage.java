package dev.lanes.fault;

import dev.lanes.arm.Living;
import dev.lanes.postgres.TestPostgres;
import dev.lanes.web.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Servers and a database, each a process of its own, for tests that kill them. One stage at a time
 * is kept up for all tests that want the same timings; begin each test with {@link #scene}.
 */
final class Stage implements AutoCloseable {

  /** Timings of the queue on a stage. */
  enum Timings {
    /** As in production. */
    PLAIN(Duration.ofSeconds(90)),
    /** A lease of five seconds, and everything that goes with it in proportion. */
    BRISK(
        Duration.ofSeconds(5),
        "--lanes.queue.lease=5s",
        "--lanes.queue.unacknowledged=3s",
        "--lanes.queue.look=1s",
        "--lanes.queue.gap=4s",
        "--lanes.queue.pause=500ms",
        "--lanes.schedules.look=500ms",
        "--db-scheduler.polling-interval=250ms",
        "--db-scheduler.heartbeat-interval=1s");

    final Duration lease;
    final List<String> arguments;

    Timings(Duration lease, String... arguments) {
      this.lease = lease;
      this.arguments = List.of(arguments);
    }
  }

  private static final Path HOME = Path.of("target", "faults").toAbsolutePath();
  private static final int REPLICAS = 2;

  private static @Nullable Stage open;

  private final Timings timings;
  private TestPostgres postgres;
  private final List<Replica> replicas = new ArrayList<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private Stage(Timings timings, TestPostgres postgres, String url) throws IOException {
    this.timings = timings;
    this.postgres = postgres;
    List<String> arguments = arguments(postgres, url);
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(new Replica(HOME.resolve("server-%d.log".formatted(i)), arguments));
    }
  }

  /** A further server, on another database, that does not run yet and logs as JSON. */
  Replica on(TestPostgres other, Path log) throws IOException {
    List<String> arguments = arguments(other, other.url());
    arguments.add("--logging.structured.format.console=ecs");
    return new Replica(log, arguments);
  }

  private List<String> arguments(TestPostgres postgres, String url) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.profiles.active=server",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password=" + postgres.password(),
                "--lanes.home=" + HOME.resolve("home"),
                "--lanes.access.local-tokens=true",
                "--lanes.access.open-reads=true"));
    arguments.addAll(timings.arguments);
    return arguments;
  }

  /** The stage with these timings, everything on it up, and nothing in its database. */
  static synchronized Scene scene(String name, Timings timings) throws Exception {
    if (open == null) {
      Runtime.getRuntime().addShutdownHook(new Thread(Stage::closeOpen));
    }
    if (open == null || open.timings != timings) {
      closeOpen();
      FileSystemUtils.deleteRecursively(HOME.resolve("home"));
      TestPostgres postgres = TestPostgres.empty(HOME.resolve("postgres"));
      postgres.start();
      open = new Stage(timings, postgres, postgres.url());
    }
    open.up();
    open.clear();
    return new Scene(open, name, seed());
  }

  /** One that only this test uses, on a database that it has prepared. */
  static Scene ownScene(String name, Timings timings, TestPostgres postgres, String url)
      throws Exception {
    closeOpen();
    FileSystemUtils.deleteRecursively(HOME.resolve("home"));
    Stage stage = new Stage(timings, postgres, url);
    open = stage;
    stage.up();
    return new Scene(stage, name, seed());
  }

  private static synchronized void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** That of the property {@code lanes.fault.seed}, or a new one. */
  private static long seed() {
    Long given = Long.getLong("lanes.fault.seed");
    return given == null ? new Random().nextInt(1_000_000) : given;
  }

  private void up() throws Exception {
    if (!postgres.isAlive()) {
      postgres.start();
    }
    boolean fresh = replicas.stream().noneMatch(Replica::isAlive);
    if (fresh) {
      // One alone makes the tables and the tokens.
      replicas.getFirst().start();
      replicas.getFirst().awaitUp();
      keepTheFirstRunAway();
    }
    for (Replica replica : replicas) {
      replica.start();
    }
    for (Replica replica : replicas) {
      replica.awaitUp();
    }
  }

  /** Into a database that never held a run, servers would queue one of their own. */
  private void keepTheFirstRunAway() throws IOException {
    postgres
        .jdbc()
        .sql(
            """
            INSERT INTO run (id, name, owner, spec, labels, priority, state, cells_total,
                             relative_half_width, min_rounds, max_rounds, time_budget_s,
                             judged_measures, created_at, finished_at)
            VALUES (uuidv7(), 'an earlier one', 'lanes', '{}', '{}', 0, 'completed', 1,
                    0.02, 1, 1, 1, ARRAY['total_seconds'], now(), now())
            """)
        .update();
  }

  private void clear() throws IOException {
    JdbcClient jdbc = postgres.jdbc();
    jdbc.sql("TRUNCATE schedule, own_suite, creation_key CASCADE").update();
    jdbc.sql("DELETE FROM run WHERE owner <> 'lanes'").update();
    jdbc.sql("DELETE FROM host").update();
    jdbc.sql("DELETE FROM owner_usage").update();
    jdbc.sql("DELETE FROM hardware_profile WHERE name <> 'any'").update();
  }

  Timings timings() {
    return timings;
  }

  TestPostgres postgres() {
    return postgres;
  }

  /** From here on this is the database that counts. */
  void isOn(TestPostgres other) {
    this.postgres = other;
  }

  /** Takes down what is up, when its timings or its database are of no use to other tests. */
  static void leave() {
    closeOpen();
  }

  List<Replica> replicas() {
    return replicas;
  }

  /** The administrator's, or that of a worker or a person, which is made at the first time. */
  String token(String role, String name) {
    return tokens.computeIfAbsent(
        role + " " + name,
        _ -> {
          String host = role.equals("worker") ? ", \"host\": \"%s\"".formatted(name) : "";
          var answer =
              new Caller(replicas.getFirst().address(), adminToken())
                  .post(
                      "/api/v1/tokens",
                      "{\"name\": \"%s\", \"role\": \"%s\"%s}".formatted(name, role, host));
          return answer.json().path("token").asString();
        });
  }

  private static String adminToken() {
    try {
      return Files.readString(HOME.resolve("home/token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path histories() {
    return HOME;
  }

  /** Looks again until it is so. */
  static void await(String what, int seconds, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %d s: %s".formatted(seconds, what));
      }
      Living.pause(20);
    }
  }

  @Override
  public void close() {
    try {
      for (Replica replica : replicas) {
        replica.kill();
      }
      postgres.stopIfAlive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
