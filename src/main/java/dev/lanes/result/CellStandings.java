package dev.lanes.result;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding.Summary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads how the cells of a run stand, in two statements whatever their number. */
final class CellStandings {

  private CellStandings() {}

  static Map<UUID, CellStanding> ofRun(JdbcClient jdbc, JsonMapper json, UUID run) {
    return ofRun(jdbc, json, run, Set.of(Measure.values()));
  }

  /** Likewise with the figures of some measures only. */
  static Map<UUID, CellStanding> ofRun(
      JdbcClient jdbc, JsonMapper json, UUID run, Collection<Measure> measures) {
    Map<UUID, Map<Measure, Summary>> summaries = summaries(jdbc, run, measures);
    Map<UUID, CellStanding> standings = new LinkedHashMap<>();
    jdbc.sql(
            """
            SELECT c.id, c.tasks, j.state, j.reason AS job_reason, j.current_fence, h.name AS host,
                   a.ended_at IS NULL AS open, r.outcome, r.reason, r.evidence, r.build,
                   r.rounds, r.loops, r.turns, r.warmups, r.imprecise, r.quality,
                   r.quality_reasons, r.environment
            FROM job j
            JOIN cell c ON c.job_id = j.id
            LEFT JOIN attempt a ON a.fence = j.current_fence
            LEFT JOIN host h ON h.id = a.host_id
            LEFT JOIN cell_result r ON r.cell_id = c.id AND r.fence = j.current_fence
            WHERE j.run_id = :run
            ORDER BY c.position
            """)
        .param("run", run)
        .query((row, _) -> {
          UUID cell = row.getObject("id", UUID.class);
          return standing(
              row, json, cell, summaries.getOrDefault(cell, new EnumMap<>(Measure.class)));
        })
        .list()
        .forEach(standing -> standings.put(standing.cell(), standing));
    return standings;
  }

  private static CellStanding standing(
      ResultSet row, JsonMapper json, UUID cell, Map<Measure, Summary> measures)
      throws SQLException {
    String outcome = row.getString("outcome");
    String environment = row.getString("environment");
    return new CellStanding(
        cell,
        row.getObject("current_fence", Long.class),
        row.getString("host"),
        outcome == null
            ? withoutResult(row.getString("state"))
            : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
        outcome == null ? row.getString("job_reason") : row.getString("reason"),
        Results.evidence(json, row.getString("evidence")),
        row.getString("build"),
        row.getInt("rounds"),
        row.getInt("loops"),
        row.getInt("turns"),
        row.getInt("warmups"),
        quality(row),
        reasons(row, json),
        outcome != null && row.getBoolean("open"),
        environment == null
            ? Map.of()
            : json.readValue(environment, new TypeReference<Map<String, Object>>() {}),
        withThroughput(measures, row.getInt("tasks")));
  }

  /** Tasks over the seconds of a batch: the longest makes the least. */
  private static Map<Measure, Summary> withThroughput(Map<Measure, Summary> measures, int tasks) {
    Summary steady = measures.get(Measure.STEADY_SECONDS);
    if (steady == null || steady.median() == 0) {
      return measures;
    }
    Double shortest = steady.ciLow();
    Double longest = steady.ciHigh();
    boolean bounded = shortest != null && longest != null && shortest > 0;
    measures.put(
        Measure.THROUGHPUT_PER_SECOND,
        new Summary(
            tasks / steady.median(),
            bounded ? (Double) (tasks / longest) : null,
            bounded ? (Double) (tasks / shortest) : null,
            steady.n()));
    return measures;
  }

  /** Before there were classes, only missed precision was told. */
  private static @Nullable Quality quality(ResultSet row) throws SQLException {
    String quality = row.getString("quality");
    if (quality == null) {
      return row.getString("imprecise") == null ? null : Quality.IMPRECISE;
    }
    return Quality.valueOf(quality.toUpperCase(Locale.ROOT));
  }

  private static List<String> reasons(ResultSet row, JsonMapper json) throws SQLException {
    String imprecise = row.getString("imprecise");
    if (row.getString("quality") == null) {
      return imprecise == null ? List.of() : List.of(imprecise);
    }
    return json.readValue(row.getString("quality_reasons"), new TypeReference<List<String>>() {});
  }

  /** The outcome of a cell that has no result of its own, told by the state of its job. */
  private static @Nullable Outcome withoutResult(String job) {
    return switch (job) {
      case "cancelled" -> Outcome.CANCELLED;
      case "failed", "finished" -> Outcome.NOT_MEASURED;
      default -> null;
    };
  }

  private static List<String> stored(Collection<Measure> measures) {
    return measures.stream()
        .map(measure -> measure == Measure.THROUGHPUT_PER_SECOND ? Measure.STEADY_SECONDS : measure)
        .map(Measure::id)
        .distinct()
        .toList();
  }

  private static Map<UUID, Map<Measure, Summary>> summaries(
      JdbcClient jdbc, UUID run, Collection<Measure> measures) {
    Map<UUID, Map<Measure, Summary>> summaries = new HashMap<>();
    jdbc.sql(
            """
            SELECT m.cell_id, m.measure, m.median, m.ci_low, m.ci_high, m.rounds
            FROM job j
            JOIN cell c ON c.job_id = j.id
            JOIN measure_summary m ON m.cell_id = c.id AND m.fence = j.current_fence
            WHERE j.run_id = :run AND m.measure IN (:measures)
            """)
        .param("run", run)
        .param("measures", stored(measures))
        .query(row -> {
          UUID cell = row.getObject("cell_id", UUID.class);
          Measure measure = Measure.of(row.getString("measure")).orElseThrow();
          summaries
              .computeIfAbsent(cell, _ -> new EnumMap<>(Measure.class))
              .put(
                  measure,
                  new Summary(
                      row.getDouble("median"),
                      row.getObject("ci_low", Double.class),
                      row.getObject("ci_high", Double.class),
                      row.getInt("rounds")));
        });
    return summaries;
  }
}
