package dev.lanes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/** What the turns at the queue say: those of one kind and side are taken together. */
final class QueueFigures {

  private QueueFigures() {}

  /** A figure of both sides. A rate is better above, a time below. */
  private record Row(String name, String unit, double server, double bare) {

    double ratio() {
      return server / bare;
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("unit", unit);
      figures.put("server", server);
      figures.put("bare", bare);
      figures.put("server_over_bare", ratio());
      return figures;
    }
  }

  static Findings report(Options options, List<JsonNode> lines) {
    List<Row> rows = new ArrayList<>();
    List<Gate> gates = new ArrayList<>();
    dispatch(rows, gates, Lines.of(lines, "dispatch"));
    List<JsonNode> leases = Lines.of(lines, "leases");
    leases(rows, gates, options, leases);
    for (String bytes : options.list("bytes")) {
      int length = Integer.parseInt(bytes);
      List<JsonNode> some =
          Lines.of(lines, "chunks").stream()
              .filter(line -> line.path("bytes").asInt() == length)
              .toList();
      chunks(rows, gates, length, some);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    StringBuilder table =
        new StringBuilder("%-46s %10s %10s %12s%n".formatted("", "server", "statements", "ratio"));
    for (Row row : rows) {
      figures.put(row.name().strip(), row.figures());
      table.append(
          String.format(
              Locale.ROOT,
              "%-46s %10.1f %10.1f %12.2f%n",
              row.name() + ", " + row.unit(),
              row.server(),
              row.bare(),
              row.ratio()));
    }
    return new Findings(figures, gates, table.toString());
  }

  private static void dispatch(List<Row> rows, List<Gate> gates, List<JsonNode> lines) {
    if (lines.isEmpty()) {
      return;
    }
    Row half = row("dispatch, idle queue, p50", "ms", lines, QueueFigures::p50);
    Row most = row("dispatch, idle queue, p99", "ms", lines, QueueFigures::p99);
    rows.addAll(List.of(half, most));
    int times = seconds(lines, "server").length;
    gates.add(new Gate("dispatches", "at least 200", String.valueOf(times), times >= 200));
    gates.add(below(half, 10));
    gates.add(below(most, 50));
  }

  private static void leases(
      List<Row> rows, List<Gate> gates, Options options, List<JsonNode> lines) {
    List<JsonNode> most = of(lines, line -> rate(line) == 0 && !results(line));
    List<JsonNode> paced = of(lines, line -> rate(line) > 0);
    List<JsonNode> results = of(lines, line -> results(line));
    if (!most.isEmpty()) {
      Row rate = row("lease, acknowledge, complete, at most", "/s", most, QueueFigures::units);
      rows.add(rate);
      rows.add(row("  sync to lease, p50", "ms", most, QueueFigures::p50));
      Row wait = row("  sync to lease, p99", "ms", most, QueueFigures::p99);
      rows.add(wait);
      gates.add(above(rate, 300));
      gates.add(below(wait, 250));
      int least =
          most.stream().mapToInt(line -> line.path("waiting_after").asInt()).min().orElse(0);
      int asked = options.count("jobs");
      gates.add(
          new Gate(
              "jobs in the queue", "at least " + asked, String.valueOf(least), least >= asked));
    }
    if (!results.isEmpty()) {
      rows.add(
          row("the same with a chunk of endings, at most", "/s", results, QueueFigures::units));
    }
    if (!paced.isEmpty()) {
      String at = String.format(Locale.ROOT, "at %.0f/s", rate(paced.getFirst()));
      rows.add(row("lease, acknowledge, complete, " + at, "/s", paced, QueueFigures::units));
      rows.add(row("  sync to lease, p50, " + at, "ms", paced, QueueFigures::p50));
      rows.add(row("  sync to lease, p99, " + at, "ms", paced, QueueFigures::p99));
    }
  }

  private static void chunks(List<Row> rows, List<Gate> gates, int bytes, List<JsonNode> lines) {
    if (lines.isEmpty()) {
      return;
    }
    Row rate = row("chunks of %d bytes".formatted(bytes), "/s", lines, QueueFigures::chunks);
    Row volume =
        row(
            "chunks of %d bytes, volume".formatted(bytes),
            "MB/s",
            lines,
            (some, side) -> chunks(some, side) * bytes / 1e6);
    rows.addAll(List.of(rate, volume));
    switch (bytes) {
      case 4096 -> gates.add(above(rate, 1500));
      case 65536 -> gates.add(above(volume, 30));
      default -> {}
    }
  }

  private interface Figure {
    double of(List<JsonNode> lines, String side);
  }

  private static Row row(String name, String unit, List<JsonNode> lines, Figure figure) {
    return new Row(name, unit, figure.of(lines, "server"), figure.of(lines, "bare"));
  }

  private static double p50(List<JsonNode> lines, String side) {
    return 1e3 * Numbers.quantile(seconds(lines, side), 0.5);
  }

  private static double p99(List<JsonNode> lines, String side) {
    return 1e3 * Numbers.quantile(seconds(lines, side), 0.99);
  }

  private static double[] seconds(List<JsonNode> lines, String side) {
    return of(lines, line -> line.path("side").asString().equals(side)).stream()
        .flatMapToDouble(line -> DoubleStream.of(Lines.numbers(line.path("seconds"))))
        .toArray();
  }

  private static double units(List<JsonNode> lines, String side) {
    return rate(lines, side, "units");
  }

  private static double chunks(List<JsonNode> lines, String side) {
    return rate(lines, side, "chunks");
  }

  private static double rate(List<JsonNode> lines, String side, String what) {
    List<JsonNode> some = of(lines, line -> line.path("side").asString().equals(side));
    return some.stream().mapToDouble(line -> line.path(what).asDouble()).sum()
        / some.stream().mapToDouble(line -> line.path("span_seconds").asDouble()).sum();
  }

  private static List<JsonNode> of(List<JsonNode> lines, Predicate<JsonNode> which) {
    return lines.stream().filter(which).toList();
  }

  private static double rate(JsonNode line) {
    return line.path("rate").asDouble();
  }

  private static boolean results(JsonNode line) {
    return line.path("results").asBoolean();
  }

  /** One turn, for whoever looks on. */
  static String inWords(Map<String, Object> line) {
    Map<String, Object> some = new LinkedHashMap<>(line);
    if (some.remove("seconds") instanceof List<?> list) {
      double[] seconds = list.stream().mapToDouble(value -> (Double) value).toArray();
      some.put("p50_ms", Math.round(1e4 * Numbers.quantile(seconds, 0.5)) / 10.0);
      some.put("p99_ms", Math.round(1e4 * Numbers.quantile(seconds, 0.99)) / 10.0);
    }
    return some.toString();
  }

  private static Gate below(Row row, double limit) {
    return gate(row, "at most %.0f %s", limit, row.server() <= limit);
  }

  private static Gate above(Row row, double limit) {
    return gate(row, "at least %.0f %s", limit, row.server() >= limit);
  }

  private static Gate gate(Row row, String asked, double limit, boolean holds) {
    String found =
        String.format(
            Locale.ROOT, "%.1f %s (statements alone %.1f)", row.server(), row.unit(), row.bare());
    return new Gate(
        row.name().strip(), String.format(Locale.ROOT, asked, limit, row.unit()), found, holds);
  }
}
