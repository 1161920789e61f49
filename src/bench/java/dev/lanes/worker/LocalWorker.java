package dev.lanes.worker;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Workload;
import dev.lanes.machine.ControlLimits;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole worker as it measures for a server, with a desk in its place that hands out one job
 * after the other and keeps what comes back. Nothing of the measuring is left out or different.
 */
public final class LocalWorker implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Catalog catalog;
  private final JobDesk desk;
  private final Agent agent;
  private final Thread thread;

  private LocalWorker(Catalog catalog, JobDesk desk, Agent agent) {
    this.catalog = catalog;
    this.desk = desk;
    this.agent = agent;
    this.thread = Thread.ofPlatform().name("agent").start(agent);
  }

  /**
   * Starts a worker that also has the workloads of the benchmarks, and waits until it knows its
   * interpreters.
   *
   * @param directory folder of the worker's files, kept between starts
   */
  public static LocalWorker start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<Path> workloads =
        List.of(
            Path.of(System.getProperty("lanes.bench.folder", "src/bench"), "python", "workloads"));
    Catalog catalog = CatalogFiles.load(workloads);
    JobDesk desk = new JobDesk(JSON);
    WorkerProperties properties =
        new WorkerProperties(
            directory,
            List.of(URI.create("http://localhost")),
            null,
            null,
            null,
            null,
            List.of(),
            Duration.ofMinutes(2),
            false,
            new WorkerProperties.Control(20, 0.15, 0.25, ControlLimits.Action.WARN),
            false,
            DataSize.ofGigabytes(2),
            Map.of(),
            null);
    Agent agent =
        new Agent(
            properties,
            new WorkloadFolders(workloads),
            catalog,
            new ServerLink(desk),
            JSON,
            Clock.systemUTC());
    LocalWorker worker = new LocalWorker(catalog, desk, agent);
    desk.awaitReport(worker.thread);
    return worker;
  }

  /** Exact id of the interpreter that Lanes brings. */
  public String bundled() {
    return desk.report().interpreters().stream()
        .filter(interpreter -> interpreter.source() == Interpreter.Source.BUNDLED)
        .map(Interpreter::id)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "there is no bundled interpreter on this platform; name one by --interpreter"));
  }

  /** The bundled interpreter for an empty text, the text itself otherwise. */
  public String interpreter(String asked) {
    return asked.isBlank() ? bundled() : asked;
  }

  /** Program of an interpreter, by its exact id or its line. */
  public Path executable(String interpreter) {
    return desk.report().interpreters().stream()
        .filter(found -> found.id().equals(interpreter) || found.line().equals(interpreter))
        .map(found -> Path.of(found.executable()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("this host has no interpreter " + interpreter));
  }

  /**
   * A cell; parameters that are not given have their default.
   *
   * @throws IllegalArgumentException if the catalogue has no such workload
   */
  public CellSpec cell(
      ArmRole role,
      String workload,
      Map<String, Object> parameters,
      int tasks,
      int parallelism,
      String model,
      String interpreter) {
    Workload found =
        catalog
            .workload(workload)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the catalogue has no workload \"%s\"".formatted(workload)));
    Map<String, Object> all = new LinkedHashMap<>();
    found.parameters().forEach(parameter -> all.put(parameter.name(), parameter.standard()));
    all.putAll(parameters);
    return new CellSpec(
        UUID.randomUUID(),
        role,
        workload,
        found.sha256(),
        all,
        tasks,
        parallelism,
        model,
        interpreter);
  }

  /**
   * Measures a job and returns when it is handed over.
   *
   * @throws JobGivenBackException if the worker could not measure it
   */
  public Measured measure(JobSpec job) throws InterruptedException {
    return desk.measure(job, thread);
  }

  @Override
  public void close() {
    agent.stop();
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
