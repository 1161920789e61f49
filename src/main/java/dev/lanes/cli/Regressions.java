package dev.lanes.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What comparisons of two runs mean for somebody who must decide.
 *
 * @param rows one for each cell and measure
 * @param warnings of the server about the comparisons as a whole
 */
record Regressions(List<Row> rows, Set<String> warnings) {

  /** How a cell has fared, in the order in which they are told. */
  enum Fate {
    BROKEN("broken"),
    SLOWER("slower"),
    FASTER("faster"),
    NOT_CONFIRMED("not confirmed"),
    NOT_COMPARED("not compared"),
    SAME("same");

    private final String words;

    Fate(String words) {
      this.words = words;
    }
  }

  record Row(Fate fate, String cell, String measure, String finding) {}

  /** Ends of a cell that are its host's, or a person's, and say nothing of the program. */
  private static final Set<String> NOT_ITS_FAULT = Set.of("not_measured", "cancelled");

  private static final int MOST_ROWS = 50;

  static Regressions of(JsonNode comparisons) {
    List<Row> rows = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>();
    for (JsonNode comparison : comparisons) {
      String measure = comparison.path("measure").path("id").asString();
      double level = comparison.path("summary").path("level").asDouble();
      JsonNode baseline = comparison.path("baseline");
      for (JsonNode group : comparison.path("groups")) {
        JsonNode before = null;
        for (JsonNode entry : group.path("entries")) {
          before = entry.path("value").equals(baseline) ? entry : before;
        }
        for (JsonNode entry : group.path("entries")) {
          if (before != null && entry != before) {
            rows.add(row(group.path("axes"), measure, before, entry, level));
          }
        }
      }
      comparison.path("warnings").forEach(w -> warnings.add(w.path("sentence").asString()));
    }
    rows.sort((one, other) -> one.fate().compareTo(other.fate()));
    return new Regressions(List.copyOf(rows), warnings);
  }

  private static Row row(
      JsonNode axes, String measure, JsonNode before, JsonNode entry, double level) {
    String outcome = entry.path("outcome").asString("");
    String reason = entry.path("reason").asString("");
    String cell =
        axes.properties().stream()
            .map(axis -> axis.getKey() + " " + axis.getValue().asString())
            .collect(Collectors.joining(", "));
    if (before.path("outcome").asString("").equals("succeeded")
        && !outcome.isEmpty()
        && !outcome.equals("succeeded")
        && !NOT_ITS_FAULT.contains(outcome)) {
      String why = reason.isEmpty() ? "" : ": " + reason;
      return new Row(
          Fate.BROKEN,
          cell,
          measure,
          "gave figures before, now " + outcome.replace('_', ' ') + why);
    }
    String sentence = entry.path("sentence").asString("");
    Fate fate = fate(entry, level);
    return new Row(fate, cell, measure, fate == Fate.NOT_COMPARED ? reason : sentence);
  }

  /**
   * A direction is confirmed when the whole interval lies beyond what matters, and it differs at
   * the answer's rate of false discoveries.
   */
  private static Fate fate(JsonNode entry, double level) {
    if (!entry.path("ratio").isNumber()) {
      return Fate.NOT_COMPARED;
    }
    String verdict = entry.path("verdict").asString("");
    boolean confirmed =
        entry.path("matters").asBoolean()
            && entry.path("q_value").isNumber()
            && entry.path("q_value").asDouble() <= level;
    return switch (verdict) {
      case "same" -> Fate.SAME;
      case "slower" -> confirmed ? Fate.SLOWER : Fate.NOT_CONFIRMED;
      case "faster" -> confirmed ? Fate.FASTER : Fate.NOT_CONFIRMED;
      default -> Fate.NOT_CONFIRMED;
    };
  }

  private long count(Fate fate) {
    return rows.stream().filter(row -> row.fate() == fate).count();
  }

  private long regressions() {
    return count(Fate.BROKEN) + count(Fate.SLOWER);
  }

  private boolean empty() {
    return rows.size() == count(Fate.NOT_COMPARED);
  }

  /** Comparing nothing finds no regression either, but that is no good news. */
  int exitCode() {
    return empty() ? Commands.NOT_KNOWN : regressions() > 0 ? Commands.NOT_WELL : Commands.WELL;
  }

  private String title() {
    long regressions = regressions();
    if (empty()) {
      return "nothing could be compared";
    }
    return regressions == 0
        ? "no regression confirmed"
        : regressions == 1 ? "1 regression confirmed" : regressions + " regressions confirmed";
  }

  /** The whole finding for a pull request. */
  String markdown(JsonNode run, JsonNode base) {
    StringBuilder text = new StringBuilder("### Lanes: %s%n%n".formatted(title()));
    text.append("%s against %s.%n%n".formatted(name(run), name(base)));
    List<String> counts = new ArrayList<>();
    for (Fate fate : Fate.values()) {
      if (count(fate) > 0) {
        counts.add("%d %s".formatted(count(fate), fate.words));
      }
    }
    text.append("Of %d figures: %s.".formatted(rows.size(), String.join(", ", counts)));
    if (count(Fate.NOT_CONFIRMED) > 0) {
      text.append(
          " What is not confirmed may be slower all the same: its finding says what is known.");
    }
    text.append("%n%n".formatted());
    List<Row> told = rows.stream().filter(row -> row.fate() != Fate.SAME).toList();
    if (!told.isEmpty()) {
      text.append("| | cell | measure | finding |%n|---|---|---|---|%n".formatted());
      told.stream().limit(MOST_ROWS).forEach(row -> text.append(line(row)));
      if (told.size() > MOST_ROWS) {
        text.append("%nand %d more.%n".formatted(told.size() - MOST_ROWS));
      }
      text.append("%n".formatted());
    }
    warnings.forEach(warning -> text.append("- %s%n".formatted(safe(warning))));
    return text.toString();
  }

  private static String line(Row row) {
    return "| %s | %s | %s | %s |%n"
        .formatted(row.fate().words, safe(row.cell()), row.measure(), safe(row.finding()));
  }

  private static String name(JsonNode run) {
    return "%s (`%s`)".formatted(safe(run.path("name").asString("")), run.path("id").asString());
  }

  /** Words of others must not become cells, links, mentions or tags of the page that shows them. */
  static String safe(String words) {
    return words.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>|#@!])", "\\\\$1");
  }
}
