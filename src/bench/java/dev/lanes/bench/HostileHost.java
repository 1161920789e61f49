package dev.lanes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Equal arms on a host that something else disturbs. Two things must hold: equal arms are still
 * called equal, and no result is called stable.
 */
final class HostileHost implements Benchmark {

  private static final double MOST_FALSE_POSITIVES = 0.072;

  /** Below, the share is too uncertain to be judged. */
  private static final int ENOUGH_PAIRS = 200;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = PairMeasurement.options("200");
    options.put("conditions", String.join(",", Hostility.NAMES));
    options.put("quota", "0.6");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    session.worker();
    for (String name : session.options().list("conditions")) {
      try (Hostility hostility = Hostility.begin(name, session)) {
        if (hostility.skipped() != null) {
          session.say("%s is skipped: %s", name, hostility.skipped());
          session.append(
              Map.of("kind", "skipped", "condition", name, "reason", hostility.skipped()));
          continue;
        }
        new PairMeasurement(session, name).measure(session.options().count("pairs"));
      }
    }
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    StringBuilder table = new StringBuilder(PairFigures.head());
    Map<String, Object> figures = new LinkedHashMap<>();
    List<Gate> gates = new ArrayList<>();
    Lines.by(Lines.of(lines, "result"), "condition")
        .forEach((condition, results) -> {
          List<Pair> pairs = Pair.all(PairMeasurement.ofCondition(lines, condition));
          PairFigures these = PairFigures.of(pairs);
          Share stable = stable(results);
          Map<String, Object> of = new LinkedHashMap<>(these.figures());
          of.put("called_stable", stable.figures());
          of.put("qualities", EqualArms.qualities(results));
          figures.put(condition, of);
          table.append(these.row(condition));
          table.append(
              "  called stable: %s; qualities: %s%n".formatted(stable, of.get("qualities")));
          gates.addAll(gates(condition, these.at95(), stable));
        });
    for (JsonNode skipped : Lines.of(lines, "skipped")) {
      String condition = skipped.path("condition").asString();
      String reason = skipped.path("reason").asString();
      figures.put(condition, Map.of("skipped", reason));
      table.append("%s was skipped: %s%n".formatted(condition, reason));
    }
    return new Findings(figures, gates, table.toString());
  }

  private static Share stable(List<JsonNode> results) {
    int stable =
        (int)
            results.stream()
                .filter(result -> result.path("quality").asString().equals("stable"))
                .count();
    return new Share(stable, results.size());
  }

  private static List<Gate> gates(String condition, Share falsePositives, Share stable) {
    boolean enough = falsePositives.of() >= ENOUGH_PAIRS;
    return List.of(
        new Gate(
            condition + ": false positives at 5 %",
            "at most 7.2 %% in at least %d pairs".formatted(ENOUGH_PAIRS),
            falsePositives + (enough ? "" : ": not enough pairs"),
            enough && falsePositives.value() <= MOST_FALSE_POSITIVES),
        new Gate(
            condition + ": results called stable",
            "none of at least one",
            stable.toString(),
            stable.of() > 0 && stable.hits() == 0));
  }
}
