package dev.lanes.bench;

import dev.lanes.statistics.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How often the instrument calls a program different from itself. A test at 5 % must do so in about
 * 5 of 100 pairs; the usual block design on the same data stands beside it.
 */
final class EqualArms implements Benchmark {

  /** Below, the share is too uncertain to be judged: ± 2 percentage points at 500. */
  private static final int ENOUGH_PAIRS = 500;

  private static final Interval EXPECTED = new Interval(0.03, 0.072);

  @Override
  public Map<String, String> options() {
    return PairMeasurement.options("500");
  }

  @Override
  public void measure(Session session) throws Exception {
    new PairMeasurement(session, "as it is").measure(session.options().count("pairs"));
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    List<Pair> pairs = Pair.all(lines);
    PairFigures all = PairFigures.of(pairs);
    StringBuilder table = new StringBuilder(PairFigures.head());
    Map<String, Object> figures = new LinkedHashMap<>(all.figures());
    Map<String, Object> cells = new LinkedHashMap<>();
    Lines.by(Lines.of(lines, "pair"), "cell")
        .forEach((cell, some) -> {
          PairFigures these = PairFigures.of(some.stream().map(Pair::of).toList());
          cells.put(cell, these.figures());
          table.append(these.row(cell));
        });
    table.append(all.row("all"));
    figures.put("cells", cells);
    figures.put("qualities", qualities(Lines.of(lines, "result")));
    table.append("qualities of the results: ").append(figures.get("qualities")).append('\n');
    return new Findings(
        figures, List.of(falsePositives(all.at95()), atOne(all.at99())), table.toString());
  }

  /** How many results were of which quality. */
  static Map<String, Integer> qualities(List<JsonNode> results) {
    Map<String, Integer> counts = new TreeMap<>();
    Lines.by(results, "quality").forEach((quality, some) -> counts.put(quality, some.size()));
    return counts;
  }

  private static Gate falsePositives(Share share) {
    boolean enough = share.of() >= ENOUGH_PAIRS;
    return new Gate(
        "false positives at 5 %",
        "3 %% to 7.2 %% in at least %d pairs".formatted(ENOUGH_PAIRS),
        share + (enough ? "" : ": not enough pairs"),
        enough && EXPECTED.contains(share.value()));
  }

  private static Gate atOne(Share share) {
    boolean enough = share.of() >= ENOUGH_PAIRS;
    return new Gate(
        "false positives at 1 %",
        "1 %% within the interval in at least %d pairs".formatted(ENOUGH_PAIRS),
        share + (enough ? "" : ": not enough pairs"),
        enough && share.interval().lower() <= 0.01);
  }
}
