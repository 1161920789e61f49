package dev.lanes.exchange;

import dev.lanes.exchange.Imported.Benchmark;
import dev.lanes.exchange.Imported.Process;
import dev.lanes.exchange.Imported.WarmUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Results as pyperf writes them: benchmarks with runs, a run for each process, whose metadata adds
 * to what they have in common.
 *
 * <p>Source: pyperf 2.10, {@code _bench.py}: {@code Run._json_load}, {@code Benchmark._json_load}.
 */
final class PyperfFile {

  private final Faults faults;

  PyperfFile(Faults faults) {
    this.faults = faults;
  }

  static boolean is(JsonNode root) {
    return root.path("benchmarks").isArray();
  }

  List<Benchmark> read(JsonNode root) {
    Map<String, Object> common = faults.metadata("/metadata", root.path("metadata"));
    List<Benchmark> benchmarks = new ArrayList<>();
    JsonNode all = root.path("benchmarks");
    if (all.isEmpty()) {
      faults.add("/benchmarks", "is empty; there is nothing to import");
    }
    for (int i = 0; i < all.size(); i++) {
      benchmarks.add(benchmark("/benchmarks/" + i, all.get(i), common));
    }
    return benchmarks;
  }

  private Benchmark benchmark(String pointer, JsonNode node, Map<String, Object> common) {
    Map<String, Object> metadata = new LinkedHashMap<>(common);
    metadata.putAll(faults.metadata(pointer + "/metadata", node.path("metadata")));
    String name = String.valueOf(metadata.getOrDefault("name", ""));
    if (name.isBlank()) {
      faults.add(pointer + "/metadata/name", "is missing; figures without a name cannot be told");
    }
    List<Process> processes = new ArrayList<>();
    JsonNode runs = node.path("runs");
    if (!runs.isArray() || runs.isEmpty()) {
      faults.add(pointer + "/runs", "is missing; a benchmark has at least one run");
    }
    for (int i = 0; i < runs.size(); i++) {
      processes.add(process(pointer + "/runs/" + i, runs.get(i)));
    }
    return new Benchmark(
        name, String.valueOf(metadata.getOrDefault("unit", "second")), metadata, processes);
  }

  private Process process(String pointer, JsonNode run) {
    List<Double> values = new ArrayList<>();
    JsonNode given = run.path("values");
    for (int i = 0; i < given.size(); i++) {
      values.add(faults.positive(pointer + "/values/" + i, given.get(i)));
    }
    List<WarmUp> warmUps = new ArrayList<>();
    JsonNode before = run.path("warmups");
    for (int i = 0; i < before.size(); i++) {
      String at = pointer + "/warmups/" + i;
      JsonNode pair = before.get(i);
      if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isIntegralNumber()) {
        faults.add(at, "is %s; it must be loops and a value".formatted(Faults.shortened(pair)));
        continue;
      }
      warmUps.add(new WarmUp(pair.get(0).longValue(), faults.positive(at + "/1", pair.get(1))));
    }
    if (values.isEmpty() && warmUps.isEmpty()) {
      faults.add(pointer, "has neither values nor warmups");
    }
    return new Process(
        values, warmUps, faults.metadata(pointer + "/metadata", run.path("metadata")));
  }
}
