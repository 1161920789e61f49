package dev.lanes.exchange;

import dev.lanes.exchange.Imported.Benchmark;
import dev.lanes.exchange.Imported.Process;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Results as asv writes them for one commit and environment: a value for each combination of a
 * benchmark's parameters, its samples where they were kept. asv does not say which samples are of
 * the same process.
 *
 * <p>Source: asv 0.6, {@code results.py}: {@code Results.load}, version 2 with {@code
 * result_columns}, and {@code Results.update_api} for version 1.
 */
final class AsvFile {

  private final Faults faults;

  AsvFile(Faults faults) {
    this.faults = faults;
  }

  static boolean is(JsonNode root) {
    return root.path("results").isObject() && root.has("commit_hash");
  }

  List<Benchmark> read(JsonNode root) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String key : List.of("commit_hash", "env_name", "python", "date")) {
      if (root.path(key).isValueNode()) {
        metadata.put(key, root.path(key).asString());
      }
    }
    root.path("params")
        .properties()
        .forEach(one -> {
          if (one.getValue().isValueNode()) {
            metadata.put(one.getKey(), one.getValue().asString());
          }
        });
    List<String> columns = new ArrayList<>();
    root.path("result_columns").forEach(column -> columns.add(column.asString()));
    List<Benchmark> benchmarks = new ArrayList<>();
    root.path("results")
        .properties()
        .forEach(one ->
            benchmarks.addAll(benchmarks(one.getKey(), entry(one.getValue(), columns), metadata)));
    if (benchmarks.isEmpty()) {
      faults.add("/results", "has no value; there is nothing to import");
    }
    return benchmarks;
  }

  /** What one benchmark has: named columns, an object, or the value itself, by age of the file. */
  private static Map<String, JsonNode> entry(JsonNode node, List<String> columns) {
    Map<String, JsonNode> entry = new LinkedHashMap<>();
    if (node.isArray() && !columns.isEmpty()) {
      for (int i = 0; i < Math.min(node.size(), columns.size()); i++) {
        entry.put(columns.get(i), node.get(i));
      }
    } else if (node.isObject()) {
      node.properties().forEach(one -> entry.put(one.getKey(), one.getValue()));
    } else {
      entry.put("result", node);
    }
    return entry;
  }

  private List<Benchmark> benchmarks(
      String name, Map<String, JsonNode> entry, Map<String, Object> metadata) {
    JsonNode results = entry.get("result");
    if (results == null || results.isNull()) {
      return List.of();
    }
    String pointer = "/results/" + name;
    if (!results.isArray()) {
      return of(name, pointer, results, null, metadata).stream().toList();
    }
    JsonNode samples = entry.get("samples");
    List<Benchmark> benchmarks = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String parameters = combination(entry.get("params"), i);
      String full = parameters.isEmpty() ? name : "%s(%s)".formatted(name, parameters);
      JsonNode own =
          samples != null && samples.isArray() && i < samples.size() ? samples.get(i) : null;
      benchmarks.addAll(of(full, pointer + "/" + i, results.get(i), own, metadata));
    }
    return benchmarks;
  }

  /** Nothing for a combination that was skipped or failed, which asv writes as null or NaN. */
  private List<Benchmark> of(
      String name,
      String pointer,
      JsonNode result,
      @Nullable JsonNode samples,
      Map<String, Object> metadata) {
    if (!result.isNumber() || !Double.isFinite(result.doubleValue())) {
      return List.of();
    }
    List<Double> values = new ArrayList<>();
    if (samples != null && samples.isArray() && !samples.isEmpty()) {
      for (int i = 0; i < samples.size(); i++) {
        values.add(faults.positive(pointer + "/samples/" + i, samples.get(i)));
      }
    } else {
      values.add(faults.positive(pointer, result));
    }
    return List.of(
        new Benchmark(
            name, unit(name), metadata, List.of(new Process(values, List.of(), Map.of()))));
  }

  /** By the rule of asv's names; the file itself has no units. */
  private static String unit(String name) {
    String function = name.substring(name.lastIndexOf('.', openedAt(name)) + 1);
    if (function.startsWith("time_") || function.startsWith("timeraw_")) {
      return "second";
    }
    return function.startsWith("mem_") || function.startsWith("peakmem_") ? "byte" : "unknown";
  }

  private static int openedAt(String name) {
    int opened = name.indexOf('(');
    return opened < 0 ? name.length() : opened;
  }

  /**
   * The values that the result at a place has: of all parameters the last one changes fastest. One
   * by one, as a short file may name more combinations than any memory holds.
   */
  private static String combination(@Nullable JsonNode params, int place) {
    List<String> values = new ArrayList<>();
    int rest = place;
    for (int i = params == null ? -1 : params.size() - 1; i >= 0; i--) {
      JsonNode of = params.get(i);
      if (of.isArray() && !of.isEmpty()) {
        values.addFirst(of.get(rest % of.size()).asString());
        rest /= of.size();
      }
    }
    return String.join(", ", values);
  }
}
