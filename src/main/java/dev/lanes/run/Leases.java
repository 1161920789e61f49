package dev.lanes.run;

import dev.lanes.catalog.Sha256;
import dev.lanes.host.Hosts;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue. A job is leased to one host at a time; what counts is the state of the attempt's row,
 * read under its lock, and never a clock outside the database.
 */
@Service
@Transactional
public class Leases {

  /** A lease whose answer got lost is sent again this often before the attempt is given up. */
  private static final int MAX_SENT = 5;

  static final String WORKER_LOST = "worker_lost";
  static final String NOT_ACKNOWLEDGED = "not_acknowledged";

  private final QueueProperties properties;
  private final JdbcClient jdbc;
  private final ReadyJobs ready;
  private final AttemptEnds ends;
  private final Hosts hosts;
  private final RunRepository runs;
  private final JobRepository jobs;
  private final CellRepository cells;

  Leases(
      QueueProperties properties,
      JdbcClient jdbc,
      ReadyJobs ready,
      AttemptEnds ends,
      Hosts hosts,
      RunRepository runs,
      JobRepository jobs,
      CellRepository cells) {
    this.properties = properties;
    this.jdbc = jdbc;
    this.ready = ready;
    this.ends = ends;
    this.hosts = hosts;
    this.runs = runs;
    this.jobs = jobs;
    this.cells = cells;
  }

  private record Open(long fence, UUID job, String agent, boolean acknowledged, int sent) {}

  /**
   * Gives an idle host its next job, or again the one whose lease it did not get.
   *
   * @param host id of the host
   * @param agent id of this start of its worker; an attempt of another start is lost
   */
  public Optional<LeasedJob> next(UUID host, String agent) {
    jdbc.sql("SELECT id FROM host WHERE id = :host FOR UPDATE")
        .param("host", host)
        .query(UUID.class)
        .single();
    Optional<Open> open = open(host);
    if (open.isPresent()) {
      Open attempt = open.get();
      if (!attempt.acknowledged() && attempt.agent().equals(agent) && attempt.sent() < MAX_SENT) {
        return Optional.of(sendAgain(attempt));
      }
      if (!attempt.agent().equals(agent)) {
        ends.end(attempt.fence(), WORKER_LOST, "the worker was started anew");
      } else if (attempt.acknowledged()) {
        ends.end(attempt.fence(), WORKER_LOST, "the worker does not know of the attempt any more");
      } else {
        ends.end(
            attempt.fence(),
            NOT_ACKNOWLEDGED,
            "the worker never said that it got the job, though it was sent %d times"
                .formatted(attempt.sent()));
        hosts.quarantine(
            host,
            "got a job %d times and did not say so; look whether answers of the server arrive"
                .formatted(attempt.sent()));
        return Optional.empty();
      }
    }
    return ready.lockNext(host).map(job -> lease(job, host, agent));
  }

  private Optional<Open> open(UUID host) {
    return jdbc.sql(
            """
            SELECT fence, job_id, agent, acked_at IS NOT NULL AS acknowledged, sent
            FROM attempt
            WHERE host_id = :host AND ended_at IS NULL
            """)
        .param("host", host)
        .query((row, _) ->
            new Open(
                row.getLong("fence"),
                row.getObject("job_id", UUID.class),
                row.getString("agent"),
                row.getBoolean("acknowledged"),
                row.getInt("sent")))
        .optional();
  }

  private LeasedJob lease(UUID job, UUID host, String agent) {
    String token = LeaseToken.create();
    long fence =
        jdbc.sql(
                """
                WITH leased AS (
                  INSERT INTO attempt (job_id, host_id, agent, token_sha256, leased_at,
                                       lease_expires_at)
                  VALUES (:job, :host, :agent, :token, now(), now() + make_interval(secs => :ttl))
                  RETURNING fence),
                pointed AS (
                  UPDATE job
                  SET state = 'leased', attempts = attempts + 1, reason = NULL,
                      current_fence = (SELECT fence FROM leased)
                  WHERE id = :job
                  RETURNING run_id),
                begun AS (
                  UPDATE run SET state = 'running', started_at = coalesce(started_at, now())
                  WHERE id = (SELECT run_id FROM pointed) AND state <> 'running')
                SELECT fence FROM leased
                """)
            .param("job", job)
            .param("host", host)
            .param("agent", agent)
            .param("token", Sha256.of(token))
            .param("ttl", QueueProperties.seconds(properties.unacknowledged()))
            .query(Long.class)
            .single();
    return leased(fence, token, job);
  }

  private LeasedJob sendAgain(Open attempt) {
    String token = LeaseToken.create();
    jdbc.sql(
            """
            UPDATE attempt
            SET token_sha256 = :token, sent = sent + 1,
                lease_expires_at = now() + make_interval(secs => :ttl)
            WHERE fence = :fence
            """)
        .param("token", Sha256.of(token))
        .param("ttl", QueueProperties.seconds(properties.unacknowledged()))
        .param("fence", attempt.fence())
        .update();
    return leased(attempt.fence(), token, attempt.job());
  }

  private LeasedJob leased(long fence, String token, UUID job) {
    Job row = jobs.findById(job).orElseThrow();
    List<CellView> work =
        cells.findByJobIdOrderByPosition(job).stream()
            .map(cell -> cell.view(row.profile()))
            .toList();
    Run run = runs.findById(work.getFirst().run()).orElseThrow();
    return new LeasedJob(
        fence,
        token,
        properties.unacknowledged(),
        job,
        run.id(),
        run.name(),
        row.seed(),
        run.precision(),
        hosts.coresOf(row.profile()).orElse(null),
        work);
  }

  /**
   * Ends an attempt as its worker says. The same call again changes nothing.
   *
   * @param outcome {@code succeeded}, {@code cancelled} or {@code infra_error}
   * @param chunks how many chunks the worker has sent
   * @param session what held for the whole attempt
   */
  public void complete(
      long fence,
      String token,
      String outcome,
      int chunks,
      @Nullable String reason,
      Map<String, Object> session) {
    ends.complete(fence, token, outcome, chunks, reason, session);
  }

  static ApiException lost(long fence) {
    return new ApiException(
        ErrorCode.LEASE_LOST,
        "Attempt %d has ended or was never yours; stop it and drop its results".formatted(fence));
  }
}
