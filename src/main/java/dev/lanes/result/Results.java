package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.run.OpenAttempts;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Results of attempts. They are seen once their attempt is the one that counts for its job. */
@Service
@Transactional
public class Results {

  private final JdbcClient jdbc;
  private final ResultRows rows;
  private final EvidenceRows evidence;
  private final OpenAttempts attempts;
  private final JsonMapper json;

  Results(
      JdbcClient jdbc,
      ResultRows rows,
      EvidenceRows evidence,
      OpenAttempts attempts,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.evidence = evidence;
    this.attempts = attempts;
    this.json = json;
  }

  /**
   * Stores one chunk, all of it or nothing. The same chunk again changes nothing.
   *
   * @param token secret of the attempt
   * @param sha256 digest of the chunk as it was sent
   * @param rounds what the host was like in rounds of the job's groups
   * @throws ApiException if the attempt has ended, or another chunk has this number
   */
  public void store(
      long fence,
      String token,
      int number,
      byte[] sha256,
      List<RoundSamples> samples,
      List<RoundEvidence> rounds,
      List<CellEnding> endings) {
    UUID job = attempts.hold(fence, token);
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
    rows.insert(fence, job, samples, rounds, endings);
    if (!endings.isEmpty()) {
      List<CellEnding> asked = ofSubjects(job, endings);
      attempts.countEnded(job, asked.stream().map(CellEnding::outcome).toList());
    }
  }

  /** Progress is told in what was asked for. */
  private List<CellEnding> ofSubjects(UUID job, List<CellEnding> endings) {
    List<UUID> subjects =
        jdbc.sql("SELECT id FROM cell WHERE job_id = :job AND role = 'subject'")
            .param("job", job)
            .query(UUID.class)
            .list();
    return endings.stream().filter(ending -> subjects.contains(ending.cell())).toList();
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

  /** The samples of a cell in an attempt, by measure and round. */
  @Transactional(readOnly = true)
  public List<RoundSamples> samples(UUID cell, long fence) {
    return rows.samples(cell, fence);
  }

  /**
   * The samples of one measure of every cell of a run, in the attempts that count. Throughput is
   * computed: nothing is measured twice.
   */
  @Transactional(readOnly = true)
  public List<RoundSamples> samplesOfRun(UUID run, Measure measure) {
    boolean computed = measure == Measure.THROUGHPUT_PER_SECOND;
    return jdbc
        .sql(
            """
            SELECT s.cell_id, s.measure, s.round, s.warmups, s."values", c.tasks
            FROM job j
            JOIN cell c ON c.job_id = j.id
            JOIN sample s ON s.cell_id = c.id AND s.fence = j.current_fence
            WHERE j.run_id = :run AND s.measure = :measure
            ORDER BY c.position, s.round
            """)
        .param("run", run)
        .param("measure", (computed ? Measure.STEADY_SECONDS : measure).id())
        .query((row, _) -> {
          RoundSamples stored = ResultRows.sample(row);
          return computed ? stored.throughput(row.getInt("tasks")) : Optional.of(stored);
        })
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Where and how each job of a run was measured, by job; a job that never was is not there. */
  @Transactional(readOnly = true)
  public Map<UUID, AttemptSession> sessions(UUID run) {
    return jdbc
        .sql(
            """
            SELECT j.id AS job, h.name AS host, a.session ->> 'fingerprint' AS fingerprint,
                   a.session ->> 'protocol_version' AS protocol
            FROM job j
            JOIN attempt a ON a.fence = j.current_fence
            JOIN host h ON h.id = a.host_id
            WHERE j.run_id = :run
            """)
        .param("run", run)
        .query((row, _) ->
            new AttemptSession(
                row.getObject("job", UUID.class),
                row.getString("host"),
                row.getString("fingerprint"),
                row.getString("protocol")))
        .list()
        .stream()
        .collect(Collectors.toMap(AttemptSession::job, Function.identity()));
  }

  /** What the host was like in the rounds of a run, by job, group and round. */
  @Transactional(readOnly = true)
  public List<AttemptEvidence> evidence(UUID run) {
    return evidence.ofRun(run);
  }

  /**
   * Tells every round in which a placebo and the cell that it repeats were both measured, of every
   * ended attempt that counts, by attempt, group and round; one at a time, however many there are.
   */
  @Transactional(readOnly = true)
  public void equalArms(Measure measure, Consumer<EqualArms> each) {
    evidence.equalArms(measure, each);
  }

  /** How each cell of a run stands, by cell. */
  @Transactional(readOnly = true)
  public Map<UUID, CellStanding> standings(UUID run) {
    return CellStandings.ofRun(jdbc, json, run);
  }

  /** Likewise with the figures of some measures only, at least one. */
  @Transactional(readOnly = true)
  public Map<UUID, CellStanding> standings(UUID run, Collection<Measure> measures) {
    return CellStandings.ofRun(jdbc, json, run, measures);
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
