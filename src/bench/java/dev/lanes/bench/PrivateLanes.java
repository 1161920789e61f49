package dev.lanes.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server and a worker, each in a Java VM of its own, in a home that nothing else uses. */
final class PrivateLanes implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long LOOK_MILLISECONDS = 50;

  private final Path home;
  private final List<String> machine;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process server;
  private @Nullable Process worker;

  /**
   * @param machine options of the Java VMs
   */
  PrivateLanes(Path home, List<String> machine) throws IOException {
    this.home = home.toAbsolutePath();
    this.machine = machine;
    Files.createDirectories(home);
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
  }

  /** Starts the server and waits until it answers. */
  void startServer() throws Exception {
    Process started =
        java(
            "server",
            machine,
            Map.of(),
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--lanes.access.local-tokens=true",
            "--db-scheduler.enabled=false");
    server = started;
    await(
        "the server answers",
        Duration.ofMinutes(2),
        () -> {
          if (!started.isAlive()) {
            throw new IllegalStateException("the server has ended; see " + log("server"));
          }
          try {
            return get("/api/v1/interpreters") != null;
          } catch (IOException e) {
            return false; // it is still starting
          }
        });
  }

  /** Starts the worker unless it runs. */
  void ensureWorker() throws IOException {
    if (worker == null || !worker.isAlive()) {
      // Probes of an idle worker would be taken for arms of a run.
      worker =
          java(
              "worker",
              machine,
              Map.of(),
              "--lanes.worker.server=" + address(),
              "--lanes.worker.probing=false");
    }
  }

  /**
   * Starts a worker as it is in use.
   *
   * @param options of its Java VM
   * @param environment further variables
   */
  void startWorker(List<String> options, Map<String, String> environment) throws IOException {
    worker = java("worker", options, environment, "--lanes.worker.server=" + address());
  }

  /** The process of the worker. */
  Process worker() {
    return Objects.requireNonNull(worker, "the worker has not been started");
  }

  private Process java(
      String role, List<String> options, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.lanes.Application"));
    command.addAll(List.of("--spring.profiles.active=" + role, "--lanes.home=" + home));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(role).toFile())).start();
  }

  private Path log(String role) {
    return home.resolve(role + ".log");
  }

  /** Without the benchmarks: what they contain must not be found by the application. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("bench-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Processes of the home that measure or help to: neither of Java nor of the database. */
  List<LivingProcess> measuring() {
    return LivingProcess.all().stream()
        .filter(process -> process.command().contains(home.toString()))
        .filter(process -> !process.command().contains("dev.lanes.Application"))
        .filter(process -> !process.command().contains(home.resolve("postgres").toString()))
        .toList();
  }

  /** The first processes of arms. */
  List<LivingProcess> arms() {
    long parent = worker().pid();
    return measuring().stream()
        .filter(process -> process.parent() == parent)
        .filter(process -> process.command().contains("harness.py"))
        .toList();
  }

  /** Submits a run and gives its address. */
  String submit(Map<String, Object> run) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            request("/api/v1/runs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(run)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IOException("the run is refused: " + answer.body());
    }
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Address of the server. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Makes something and gives what the server says of it. */
  JsonNode send(String method, String address, Map<String, Object> body) throws IOException {
    try {
      HttpRequest request =
          request(address)
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException("%s %s: %s".formatted(method, address, answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Reads a resource. */
  JsonNode get(String address) throws IOException {
    try {
      HttpResponse<String> answer =
          http.send(request(address).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("%s answers %d".formatted(address, answer.statusCode()));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String address) throws IOException {
    String token = Files.readString(home.resolve("token")).strip();
    return HttpRequest.newBuilder(address().resolve(address))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  /** Looks until it is so; false when it is not in that time. */
  static boolean soon(Duration most, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_MILLISECONDS);
    }
    return true;
  }

  static void await(String what, Duration most, BooleanSupplier condition)
      throws InterruptedException {
    if (!soon(most, condition)) {
      throw new IllegalStateException("not within %d s: %s".formatted(most.toSeconds(), what));
    }
  }

  /** Ends the worker, then the server with its database. */
  @Override
  public void close() {
    end(worker);
    end(server);
    http.close();
  }

  private static void end(@Nullable Process process) {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
