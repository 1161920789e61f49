package dev.lanes.result;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Quality;
import dev.lanes.run.StoredJson;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.MedianInterval;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The rows of results, written in the transaction that holds their attempt open. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ResultRows {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final JsonMapper json;

  ResultRows(JdbcClient jdbc, JdbcTemplate template, JsonMapper json) {
    this.jdbc = jdbc;
    this.template = template;
    this.json = json;
  }

  /** Writes results of cells of the job; an ended cell gets its summary. */
  void insert(
      long fence,
      UUID job,
      List<RoundSamples> samples,
      List<RoundEvidence> rounds,
      List<CellEnding> endings) {
    refuseForeign(job, samples, rounds, endings);
    template.batchUpdate(
        """
        INSERT INTO sample (cell_id, fence, measure, round, warmups, "values")
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        samples,
        500,
        (row, sample) -> {
          row.setObject(1, sample.cell());
          row.setLong(2, fence);
          row.setString(3, sample.measure().id());
          row.setInt(4, sample.round());
          row.setInt(5, sample.warmups());
          row.setObject(6, sample.values());
        });
    insertEvidence(fence, rounds);
    endings.forEach(ending -> insert(fence, ending));
    Set<UUID> touched = new LinkedHashSet<>();
    samples.forEach(sample -> touched.add(sample.cell()));
    endings.forEach(ending -> touched.add(ending.cell()));
    touched.stream().filter(cell -> ended(cell, fence)).forEach(cell -> summarise(cell, fence));
  }

  private void insertEvidence(long fence, List<RoundEvidence> rounds) {
    template.batchUpdate(
        """
        INSERT INTO round_evidence (fence, comparison_group, round, seconds, hash_seed, layout,
                                    sentinels, counters, disturbances)
        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)
        """,
        rounds,
        500,
        (row, evidence) -> {
          row.setLong(1, fence);
          row.setInt(2, evidence.group());
          row.setInt(3, evidence.round());
          row.setDouble(4, evidence.seconds());
          row.setLong(5, evidence.hashSeed());
          row.setString(6, evidence.layout().name().toLowerCase(Locale.ROOT));
          row.setString(7, text(evidence.sentinels()));
          row.setString(8, text(evidence.counters()));
          row.setString(9, text(evidence.disturbances()));
        });
  }

  /** Chunks may arrive in any order: what comes after the ending belongs to the summary too. */
  private boolean ended(UUID cell, long fence) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM cell_result WHERE cell_id = :cell AND fence = :fence)")
        .param("cell", cell)
        .param("fence", fence)
        .query(Boolean.class)
        .single();
  }

  private record Own(UUID cell, int group) {}

  /** A worker writes to the cells and groups of its own job only. */
  private void refuseForeign(
      UUID job, List<RoundSamples> samples, List<RoundEvidence> rounds, List<CellEnding> endings) {
    List<Own> own =
        jdbc.sql("SELECT id, comparison_group FROM cell WHERE job_id = :job")
            .param("job", job)
            .query((row, _) ->
                new Own(row.getObject("id", UUID.class), row.getInt("comparison_group")))
            .list();
    Set<UUID> cells = own.stream().map(Own::cell).collect(Collectors.toSet());
    samples.forEach(sample -> refuseForeign(cells, sample.cell(), job));
    endings.forEach(ending -> refuseForeign(cells, ending.cell(), job));
    Set<Integer> groups =
        own.stream().map(Own::group).collect(Collectors.toCollection(TreeSet::new));
    for (RoundEvidence round : rounds) {
      if (!groups.contains(round.group())) {
        throw new ApiException(
            ErrorCode.INVALID_REQUEST,
            "round %d is of group %d, but job %s has the groups %s"
                .formatted(round.round(), round.group(), job, groups));
      }
    }
  }

  private static void refuseForeign(Collection<UUID> own, UUID cell, UUID job) {
    if (!own.contains(cell)) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "cell %s is not of job %s".formatted(cell, job));
    }
  }

  private void insert(long fence, CellEnding ending) {
    Quality quality = ending.quality();
    jdbc.sql(
            """
            INSERT INTO cell_result (cell_id, fence, outcome, reason, evidence, build, rounds,
                                     loops, turns, warmups, imprecise, quality,
                                     quality_reasons, environment)
            VALUES (:cell, :fence, :outcome, :reason, :evidence::jsonb, :build, :rounds,
                    :loops, :turns, :warmups, :imprecise, :quality,
                    :reasons::jsonb, :environment::jsonb)
            """)
        .param("cell", ending.cell())
        .param("fence", fence)
        .param("outcome", ending.outcome().name().toLowerCase(Locale.ROOT))
        .param("reason", ending.reason())
        .param("evidence", ending.evidence() == null ? null : text(ending.evidence()))
        .param("build", ending.build())
        .param("rounds", ending.rounds())
        .param("loops", ending.loops())
        .param("turns", ending.turns())
        .param("warmups", ending.warmups())
        .param("imprecise", ending.imprecise())
        .param("quality", quality == null ? null : quality.name().toLowerCase(Locale.ROOT))
        .param("reasons", text(ending.qualityReasons()))
        .param("environment", text(ending.environment()))
        .update();
  }

  private String text(Object value) {
    return StoredJson.of(json, value);
  }

  private void summarise(UUID cell, long fence) {
    Map<Measure, List<RoundSamples>> byMeasure = new TreeMap<>();
    for (RoundSamples sample : samples(cell, fence)) {
      if (sample.measure().kind() == Measure.Kind.FIGURE) {
        byMeasure.computeIfAbsent(sample.measure(), _ -> new ArrayList<>()).add(sample);
      }
    }
    byMeasure.forEach((measure, rounds) -> insertSummary(cell, fence, measure, rounds));
  }

  private void insertSummary(UUID cell, long fence, Measure measure, List<RoundSamples> rounds) {
    double[] medians =
        rounds.stream().mapToDouble(round -> MedianInterval.of(round.counted()).median()).toArray();
    MedianInterval interval = MedianInterval.of(medians);
    jdbc.sql(
            """
            INSERT INTO measure_summary (cell_id, fence, measure, rounds, median, ci_low, ci_high)
            VALUES (:cell, :fence, :measure, :rounds, :median, :low, :high)
            ON CONFLICT (cell_id, fence, measure) DO UPDATE
            SET rounds = excluded.rounds, median = excluded.median,
                ci_low = excluded.ci_low, ci_high = excluded.ci_high
            """)
        .param("cell", cell)
        .param("fence", fence)
        .param("measure", measure.id())
        .param("rounds", medians.length)
        .param("median", interval.median())
        .param("low", interval.interval().map(Interval::lower).orElse(null))
        .param("high", interval.interval().map(Interval::upper).orElse(null))
        .update();
  }

  /** The samples of a cell in an attempt, by measure and round. */
  List<RoundSamples> samples(UUID cell, long fence) {
    return jdbc.sql(
            """
            SELECT cell_id, measure, round, warmups, "values"
            FROM sample
            WHERE cell_id = :cell AND fence = :fence
            ORDER BY measure, round
            """)
        .param("cell", cell)
        .param("fence", fence)
        .query((row, _) -> sample(row))
        .list();
  }

  static RoundSamples sample(ResultSet row) throws SQLException {
    return new RoundSamples(
        row.getObject("cell_id", UUID.class),
        Measure.of(row.getString("measure")).orElseThrow(),
        row.getInt("round"),
        row.getInt("warmups"),
        values(row.getArray("values")));
  }

  static double[] values(Array array) throws SQLException {
    Double[] boxed = (Double[]) array.getArray();
    return Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray();
  }
}
