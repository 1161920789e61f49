package dev.lanes.bench;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.worker.LocalWorker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The latencies of one running server by Lanes' own load and by an outside load generator, in turns
 * and in a random order: whether what Lanes says of a server is the server's, or its own.
 */
final class BesideLoadGenerator implements Benchmark {

  private static final String WORKLOAD = "http";

  /** After which a round is given up; it takes some seconds. */
  private static final int LIMIT_SECONDS = 120;

  /** h2load creates connections at a pace of whole milliseconds. */
  private static final int MILLISECONDS = 1000;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("rounds", "16");
    options.put("models", "threads,asyncio,prefork:4-threads,loops:processes");
    options.put("page", "io");
    options.put("io-ms", "20");
    options.put("rate", "25");
    options.put("connections", "16");
    options.put("requests", "200");
    options.put("closed-requests", "400");
    options.put("generator", "h2load");
    options.put("interpreter", "");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    Options options = session.options();
    if (options.count("rate") < 1 || MILLISECONDS % options.count("rate") != 0) {
      throw new UsageException(
          "--rate %s: it must divide %d".formatted(options.text("rate"), MILLISECONDS));
    }
    LoadGenerator generator;
    try {
      generator = LoadGenerator.find(options.text("generator"));
    } catch (LoadGenerator.Unavailable e) {
      session.say("skipped: %s", e.getMessage());
      session.append(Map.of("kind", "skipped", "reason", e.getMessage()));
      return;
    }
    session.append(Map.of("kind", "generator", "version", generator.version()));
    LocalWorker worker = session.worker();
    Path python = worker.executable(worker.interpreter(options.text("interpreter")));
    Catalog catalog = CatalogFiles.load(List.of());
    for (int i = 0; i < options.count("rounds"); i++) {
      int round = i;
      for (String model : options.list("models")) {
        boolean done =
            session.lines("round").stream()
                .anyMatch(line ->
                    line.path("model").asString().equals(model)
                        && line.path("round").asInt() == round);
        if (!done) {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("kind", "round");
          line.put("round", round);
          line.put("model", model);
          line.put(
              "load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
          turns(session, python, order(session, catalog, model, generator))
              .properties()
              .forEach(found -> line.put(found.getKey(), found.getValue()));
          session.append(line);
        }
      }
      session.say("after round %d%n%s", round + 1, report(options, session.lines()).table());
    }
  }

  /** What the program of the turns is told. */
  private static Map<String, Object> order(
      Session session, Catalog catalog, String name, LoadGenerator generator) {
    Options options = session.options();
    ExecutionModel model =
        catalog
            .model(name)
            .filter(ExecutionModel::serves)
            .orElseThrow(
                () -> new UsageException("there is no model \"%s\" that serves".formatted(name)));
    Map<String, Object> parameters = new LinkedHashMap<>();
    catalog
        .workload(WORKLOAD)
        .orElseThrow()
        .parameters()
        .forEach(parameter -> parameters.put(parameter.name(), parameter.standard()));
    parameters.put("page", options.text("page"));
    parameters.put("io_ms", options.count("io-ms"));
    parameters.put("connections", options.count("connections"));
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("programs", programs().toString());
    order.put("generator", generator.program());
    order.put("model", model.file());
    order.put("variant", model.variant());
    order.put("parallelism", name.equals("sequential") ? 1 : 2);
    order.put("parameters", parameters);
    order.put("rate", options.count("rate"));
    order.put(
        "requests",
        Map.of("open", options.count("requests"), "closed", options.count("closed-requests")));
    order.put("seed", session.seed() + session.lines("round").size());
    order.put("limit_seconds", LIMIT_SECONDS);
    return order;
  }

  /** The Python files of the build that is tested. */
  private static Path programs() {
    URL harness =
        Objects.requireNonNull(
            BesideLoadGenerator.class.getResource("/python/harness.py"),
            "the build has no Python files");
    return Objects.requireNonNull(Path.of(URI.create(harness.toString())).getParent());
  }

  private static JsonNode turns(Session session, Path python, Map<String, Object> order)
      throws IOException, InterruptedException {
    Path script =
        Path.of(System.getProperty("lanes.bench.folder", "src/bench"), "python", "two_loads.py");
    Path errors = Files.createDirectories(session.folder()).resolve("two_loads.err");
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "-s", "-P", "-B", "-X", "utf8", script.toString())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", System.getenv("PATH"), "LC_ALL", "C.UTF-8"));
    Process process = builder.start();
    try (var input = process.getOutputStream()) {
      input.write(JsonMapper.shared().writeValueAsBytes(order));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "the turns of %s ended with %d: %s"
              .formatted(
                  order.get("model"), process.exitValue(), Files.readString(errors).strip()));
    }
    return JsonMapper.shared().readTree(output);
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    for (JsonNode skipped : Lines.of(lines, "skipped")) {
      String reason = skipped.path("reason").asString();
      return new Findings(Map.of("skipped", reason), List.of(), "skipped: " + reason + "\n");
    }
    List<JsonNode> rounds = Lines.of(lines, "round");
    List<LoadFigures> all = LoadFigures.all(rounds);
    StringBuilder table = new StringBuilder(LoadFigures.head());
    Map<String, Map<String, Object>> models = new LinkedHashMap<>();
    for (LoadFigures each : all) {
      table.append(each.row());
      models
          .computeIfAbsent(each.model(), _ -> new LinkedHashMap<>())
          .put(each.loop() + " " + each.quantile(), each.figures());
    }
    int heldUp = rounds.stream().mapToInt(line -> line.path("held_up").asInt()).sum();
    Share late = new Share(heldUp, rounds.size() * options.count("requests"));
    double load = LoadFigures.median(rounds, "load_average").orElse(Double.NaN);
    table.append(
        "held up by the one before on its connection, which only Lanes counts: %s%n"
            .formatted(late));
    table.append("load average of the host, median: %.1f%n".formatted(load));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("models", models);
    figures.put("held_up", late.figures());
    figures.put("load_average", Double.isNaN(load) ? null : load);
    List<Gate> gates =
        LoadFigures.QUANTILES.stream()
            .map(quantile -> LoadFigures.gate(all, LoadFigures.JUDGED_LOOP, quantile))
            .toList();
    return new Findings(figures, gates, table.toString());
  }
}
