package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.run.Leases;
import dev.lanes.statistics.Interval;
import dev.lanes.statistics.MedianInterval;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Results of attempts. They are seen once their attempt is the one that counts for its job. */
@Service
@Transactional
public class Results {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final Leases leases;
  private final JsonMapper json;

  Results(JdbcClient jdbc, JdbcTemplate template, Leases leases, JsonMapper json) {
    this.jdbc = jdbc;
    this.template = template;
    this.leases = leases;
    this.json = json;
  }

  /**
   * Stores one chunk, all of it or nothing. The same chunk again changes nothing.
   *
   * @param token secret of the attempt
   * @param sha256 digest of the chunk as it was sent
   * @throws ApiException if the attempt has ended, or another chunk has this number
   */
  public void store(
      long fence,
      String token,
      int number,
      byte[] sha256,
      List<RoundSamples> samples,
      List<CellEnding> endings) {
    UUID job = leases.hold(fence, token);
    int stored =
        jdbc.sql(
                """
                INSERT INTO chunk (fence, number, sha256, stored_at)
                VALUES (:fence, :number, :sha256, now())
                ON CONFLICT DO NOTHING
                """)
            .param("fence", fence)
            .param("number", number)
            .param("sha256", sha256)
            .update();
    if (stored == 0) {
      refuseOther(fence, number, sha256);
      return;
    }
    insert(fence, job, samples, endings);
  }

  private void refuseOther(long fence, int number, byte[] sha256) {
    byte[] first =
        jdbc.sql("SELECT sha256 FROM chunk WHERE fence = :fence AND number = :number")
            .param("fence", fence)
            .param("number", number)
            .query(byte[].class)
            .single();
    if (!Arrays.equals(first, sha256)) {
      throw new ApiException(
          ErrorCode.CHUNK_CONFLICT,
          "Chunk %d of attempt %d was stored with another content, which stays"
              .formatted(number, fence));
    }
  }

  private void insert(
      long fence, UUID job, List<RoundSamples> samples, List<CellEnding> endings) {
    refuseForeignCells(job, samples, endings);
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
    int failed = 0;
    for (CellEnding ending : endings) {
      insert(fence, ending);
      summarise(ending.cell(), fence);
      failed += ending.outcome() == Outcome.SUCCEEDED ? 0 : 1;
    }
    leases.countEnded(job, endings.size(), failed);
  }

  /** A worker writes to the cells of its own job only. */
  private void refuseForeignCells(
      UUID job, List<RoundSamples> samples, List<CellEnding> endings) {
    List<UUID> own =
        jdbc.sql("SELECT id FROM cell WHERE job_id = :job")
            .param("job", job)
            .query(UUID.class)
            .list();
    for (RoundSamples sample : samples) {
      refuseForeign(own, sample.cell(), job);
    }
    for (CellEnding ending : endings) {
      refuseForeign(own, ending.cell(), job);
    }
  }

  private static void refuseForeign(Collection<UUID> own, UUID cell, UUID job) {
    if (!own.contains(cell)) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST, "cell %s is not of job %s".formatted(cell, job));
    }
  }

  private void insert(long fence, CellEnding ending) {
    jdbc.sql(
            """
            INSERT INTO cell_result (cell_id, fence, outcome, reason, evidence, build, rounds,
                                     loops, imprecise, environment)
            VALUES (:cell, :fence, :outcome, :reason, :evidence::jsonb, :build, :rounds,
                    :loops, :imprecise, :environment::jsonb)
            """)
        .param("cell", ending.cell())
        .param("fence", fence)
        .param("outcome", ending.outcome().name().toLowerCase(Locale.ROOT))
        .param("reason", ending.reason())
        .param("evidence", ending.evidence() == null ? null : text(ending.evidence()))
        .param("build", ending.build())
        .param("rounds", ending.rounds())
        .param("loops", ending.loops())
        .param("imprecise", ending.imprecise())
        .param("environment", text(ending.environment()))
        .update();
  }

  /** JSON that PostgreSQL takes: it refuses the character that ends a C string. */
  private String text(Object value) {
    return json.writeValueAsString(value).replace("\\u0000", "\\ufffd");
  }

  private void summarise(UUID cell, long fence) {
    Map<Measure, List<RoundSamples>> byMeasure = new TreeMap<>();
    for (RoundSamples sample : samples(cell, fence)) {
      byMeasure.computeIfAbsent(sample.measure(), _ -> new java.util.ArrayList<>()).add(sample);
    }
    byMeasure.forEach((measure, rounds) -> insertSummary(cell, fence, measure, rounds));
  }

  private void insertSummary(UUID cell, long fence, Measure measure, List<RoundSamples> rounds) {
    double[] medians =
        rounds.stream()
            .mapToDouble(round -> MedianInterval.of(round.counted()).median())
            .toArray();
    MedianInterval interval = MedianInterval.of(medians);
    jdbc.sql(
            """
            INSERT INTO measure_summary (cell_id, fence, measure, rounds, median, ci_low, ci_high)
            VALUES (:cell, :fence, :measure, :rounds, :median, :low, :high)
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
  @Transactional(readOnly = true)
  public List<RoundSamples> samples(UUID cell, long fence) {
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

  /** The samples of one measure of every cell of a run, in the attempts that count. */
  @Transactional(readOnly = true)
  public List<RoundSamples> samplesOfRun(UUID run, Measure measure) {
    return jdbc.sql(
            """
            SELECT s.cell_id, s.measure, s.round, s.warmups, s."values"
            FROM job j
            JOIN cell c ON c.job_id = j.id
            JOIN sample s ON s.cell_id = c.id AND s.fence = j.current_fence
            WHERE j.run_id = :run AND s.measure = :measure
            ORDER BY c.position, s.round
            """)
        .param("run", run)
        .param("measure", measure.id())
        .query((row, _) -> sample(row))
        .list();
  }

  private static RoundSamples sample(java.sql.ResultSet row) throws SQLException {
    Array array = row.getArray("values");
    Double[] boxed = (Double[]) array.getArray();
    return new RoundSamples(
        row.getObject("cell_id", UUID.class),
        Measure.of(row.getString("measure")).orElseThrow(),
        row.getInt("round"),
        row.getInt("warmups"),
        Arrays.stream(boxed).mapToDouble(Double::doubleValue).toArray());
  }

  /** How each cell of a run stands, by cell. */
  @Transactional(readOnly = true)
  public Map<UUID, CellStanding> standings(UUID run) {
    return CellStandings.ofRun(jdbc, json, run);
  }

  /** How one cell stands, or empty when there is no such cell. */
  @Transactional(readOnly = true)
  public Optional<CellStanding> standing(UUID run, UUID cell) {
    return Optional.ofNullable(standings(run).get(cell));
  }

  static @Nullable Evidence evidence(JsonMapper json, @Nullable String text) {
    return text == null ? null : json.readValue(text, Evidence.class);
  }
}
