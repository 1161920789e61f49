package dev.lanes.fleet;

import dev.lanes.arm.Living;
import dev.lanes.web.Caller;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two servers on one PostgreSQL, and workers on hosts of their own: each a process as it is in use,
 * but that a lease lasts 20 seconds.
 */
final class Fleet implements AutoCloseable {

  /** What was unpacked there is kept between builds; databases, tokens and spools are not. */
  private static final Path HOME = Path.of("target", "test-fleet").toAbsolutePath();

  private static final List<String> TIMINGS =
      List.of(
          "--lanes.queue.lease=20s",
          "--lanes.queue.look=1s",
          "--lanes.queue.gap=10s",
          "--lanes.queue.pause=1s",
          "--db-scheduler.polling-interval=500ms");

  private final Lan lan;
  private final int[] ports = {freePort(), freePort()};
  private final List<Process> servers = new ArrayList<>();
  private final Process[] workers;

  private Fleet(Lan lan, int hosts) throws IOException {
    this.lan = lan;
    this.workers = new Process[hosts];
  }

  /** Starts everything; each worker has a label {@code rack} of its own. */
  static Fleet start(Lan lan, int hosts) throws Exception {
    Fleet fleet = new Fleet(lan, hosts);
    try {
      fleet.startServers();
      for (int host = 0; host < hosts; host++) {
        fleet.startWorker(host, fleet.secret(host));
      }
      fleet.await(
          "every worker has reported",
          180,
          () -> fleet.sql("SELECT name FROM host WHERE state = 'active'").size() == hosts);
      return fleet;
    } catch (Exception | Error e) {
      fleet.close();
      throw e;
    }
  }

  private void startServers() throws Exception {
    Path home = HOME.resolve("server");
    FileSystemUtils.deleteRecursively(home.resolve("postgres/data"));
    Files.createDirectories(home);
    servers.add(server(0, List.of()));
    await("the first server answers", 120, () -> answers(0));
    String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3);
    String password = Files.readString(home.resolve("postgres/password")).strip();
    servers.add(
        server(
            1,
            List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/lanes",
                "--spring.datasource.username=lanes",
                "--spring.datasource.password=" + password)));
    await("the second server answers", 120, () -> answers(1));
  }

  private Process server(int number, List<String> more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.profiles.active=server",
                "--server.port=" + ports[number],
                "--lanes.home=" + HOME.resolve("server"),
                "--lanes.access.local-tokens=true"));
    arguments.addAll(TIMINGS);
    arguments.addAll(more);
    return start(java(List.of("-Xmx300m"), arguments), "server-" + number, Map.of());
  }

  /** A secret that lets the host's worker in. */
  private String secret(int host) {
    Caller.Answer answer =
        admin(0).post("/api/v1/enrolments", "{\"host\": \"%s\"}".formatted(name(host)));
    return answer.json().path("secret").asString();
  }

  private void startWorker(int host, String secret) throws IOException {
    Path home = home(host);
    Files.createDirectories(home);
    Files.deleteIfExists(home.resolve("worker-token"));
    FileSystemUtils.deleteRecursively(home.resolve("spool"));
    FileSystemUtils.deleteRecursively(home.resolve("rejected"));
    String address = lan.server(host);
    List<String> arguments =
        List.of(
            "--spring.profiles.active=worker",
            "--lanes.home=" + home,
            "--lanes.worker.server=http://%s:%d,http://%s:%d"
                .formatted(address, ports[0], address, ports[1]),
            "--lanes.worker.labels.rack=r" + host,
            "--lanes.worker.probing=false");
    workers[host] =
        start(
            lan.on(host, java(List.of("-Xmx96m", "-Xmn8m"), arguments)),
            name(host),
            Map.of("LANES_WORKER_ENROLMENT", secret));
  }

  private static List<String> java(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.lanes.Application"));
    command.addAll(arguments);
    return command;
  }

  private static Process start(List<String> command, String name, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    return builder.redirectOutput(log(name).toFile()).start();
  }

  private static Path log(String name) {
    return HOME.resolve(name + ".log");
  }

  /** What a worker has said since its start. */
  String said(int host) {
    try {
      return Files.readString(log(name(host)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(int host) {
    return "host-" + host;
  }

  /** Folder of a host's worker. */
  static Path home(int host) {
    return HOME.resolve(name(host));
  }

  /** Sends a signal to the worker alone, not to what it started. */
  void signal(int host, String signal) throws Exception {
    String pid = String.valueOf(workers[host].pid());
    new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
  }

  /** Programs that are measured on a host. */
  List<String> measured(int host) {
    return Living.with(home(host).resolve("harness").toString());
  }

  /** Calls one of the servers as its administrator. */
  Caller admin(int server) {
    try {
      String token = Files.readString(HOME.resolve("server/token")).strip();
      return new Caller("http://127.0.0.1:" + ports[server], token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers(int server) {
    try {
      return admin(server).get("/api/v1/hosts").status() == 200;
    } catch (UncheckedIOException e) {
      return false; // it is still starting
    }
  }

  /** Makes a hardware profile that hosts of these racks fulfil. */
  void profile(String name, String label) {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("description", "For a test", "labels", Map.of("rack", label)));
    Caller.Answer answer = admin(1).put("/api/v1/profiles/" + name, body);
    if (answer.status() / 100 != 2) {
      throw new AssertionError(answer.body());
    }
  }

  /** Rows of one column, as text. */
  List<String> sql(String statement) {
    try {
      Path postgres = HOME.resolve("server/postgres");
      String port = Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(3);
      String password = Files.readString(postgres.resolve("password")).strip();
      return JdbcClient.create(
              new DriverManagerDataSource(
                  "jdbc:postgresql://127.0.0.1:" + port + "/lanes", "lanes", password))
          .sql(statement)
          .query((row, _) -> String.valueOf(row.getString(1)))
          .list();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks until it is so; fails with what was waited for when the time is over. */
  void await(String what, int seconds, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within %d s: %s".formatted(seconds, what));
      }
      Living.pause(100);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Without the tests: what they contain must not be found by the application. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The workers first, and the server with the database last. */
  @Override
  public void close() {
    for (Process worker : workers) {
      end(worker);
    }
    for (Process server : servers.reversed()) {
      end(server);
    }
  }

  private static void end(Process process) {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
