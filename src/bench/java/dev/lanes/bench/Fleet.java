package dev.lanes.bench;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.protocol.HostReport;
import dev.lanes.run.RunRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Simulated hosts with their tokens, and owners whose runs they measure. Each host fulfils one
 * profile: the first one its own, the others in turn one of those that the queue is filled for.
 */
final class Fleet {

  /** Number of the host whose profile no other host fulfils. */
  static final int ALONE = 0;

  private static final String ALONE_PROFILE = "alone";

  /** Copies every run that waits, with its jobs and cells. */
  private static final String COPY =
      """
      WITH run_copy AS (
        SELECT r.*, n, uuidv7() AS copy
        FROM run r CROSS JOIN generate_series(1, :copies) n
        WHERE r.state = 'queued'),
      job_copy AS (
        SELECT j.*, r.copy AS copied_run, n, uuidv7() AS copy
        FROM job j JOIN run_copy r ON r.id = j.run_id),
      runs AS (
        INSERT INTO run (id, name, owner, spec, labels, priority, state, cells_total,
                         relative_half_width, min_rounds, max_rounds, time_budget_s,
                         judged_measures, created_at)
        SELECT copy, name, owner, spec, labels, priority, state, cells_total,
               relative_half_width, min_rounds, max_rounds, time_budget_s,
               judged_measures, created_at
        FROM run_copy),
      jobs AS (
        INSERT INTO job (id, run_id, profile, owner, priority, urgency, seed, state, not_before,
                         created_at)
        SELECT copy, copied_run, profile, owner, priority, urgency + n * 0.001, seed, state,
               not_before, created_at
        FROM job_copy)
      INSERT INTO cell (id, run_id, job_id, position, comparison_group, role, workload,
                        workload_sha256, parameters, tasks, parallelism, model, interpreter)
      SELECT uuidv7(), j.copied_run, j.copy, c.position, c.comparison_group, c.role, c.workload,
             c.workload_sha256, c.parameters, c.tasks, c.parallelism, c.model, c.interpreter
      FROM cell c JOIN job_copy j ON j.id = c.job_id
      """;

  private final List<String> profiles;
  private final List<String> workers = new ArrayList<>();
  private final List<String> owners = new ArrayList<>();

  private final List<Interpreter> interpreters;

  private Fleet(int profiles, List<Interpreter> interpreters) {
    this.interpreters = List.copyOf(interpreters);
    this.profiles = IntStream.range(0, profiles).mapToObj(i -> "queue-" + i).toList();
  }

  /** Makes tokens and profiles; the hosts have not been heard of yet. */
  static Fleet make(PrivateLanes lanes, int hosts, int owners, int profiles) throws IOException {
    return make(
        lanes, hosts, owners, profiles, List.of(interpreter("cpython-3.14", Source.CONFIGURED)));
  }

  /** Likewise of hosts that all have these interpreters. */
  static Fleet make(
      PrivateLanes lanes, int hosts, int owners, int profiles, List<Interpreter> interpreters)
      throws IOException {
    Fleet fleet = new Fleet(profiles, interpreters);
    for (String profile : fleet.profiles) {
      lanes.send("PUT", "/api/v1/profiles/" + profile, Map.of("labels", label(profile)));
    }
    lanes.send("PUT", "/api/v1/profiles/" + ALONE_PROFILE, Map.of("labels", label(ALONE_PROFILE)));
    for (int host = 0; host <= hosts; host++) {
      fleet.workers.add(
          token(lanes, Map.of("name", "w" + host, "role", "worker", "host", name(host))));
    }
    for (int owner = 0; owner < owners; owner++) {
      fleet.owners.add(token(lanes, Map.of("name", owner(owner), "role", "submitter")));
    }
    return fleet;
  }

  private static String token(PrivateLanes lanes, Map<String, Object> request) throws IOException {
    return lanes.send("POST", "/api/v1/tokens", request).path("token").asString();
  }

  private static Map<String, String> label(String profile) {
    return Map.of("bench", profile);
  }

  /** How many hosts there are beside the one that is alone; they are numbered from 1. */
  int hosts() {
    return workers.size() - 1;
  }

  /** Name of a host. */
  static String name(int host) {
    return "host-" + host;
  }

  /** Name of an owner of runs, who has a token under it. */
  static String owner(int owner) {
    return "owner-" + owner;
  }

  /** Random id of a worker's start, which here never starts again. */
  static String agent(int host) {
    return new UUID(0, host).toString();
  }

  /** Token of the worker of a host. */
  String worker(int host) {
    return workers.get(host);
  }

  /** Token of the first owner of runs. */
  String submitter() {
    return owners.getFirst();
  }

  /** What the worker of a host says about it. */
  HostReport report(int host) {
    String profile = host == ALONE ? ALONE_PROFILE : profiles.get((host - 1) % profiles.size());
    return new HostReport(
        4,
        8_000_000_000L,
        "x86_64",
        Map.of("cpu_model", "Simulated 3000"),
        label(profile),
        interpreters);
  }

  /** An interpreter that is found on simulated hosts. */
  static Interpreter interpreter(String line, Source source) {
    return new Interpreter(
        line + ".3-0badcafe",
        line,
        line.substring(line.indexOf('-') + 1) + ".3",
        "cpython",
        Gil.ALWAYS,
        Jit.UNAVAILABLE,
        true,
        true,
        "GCC 15",
        "0".repeat(64),
        "/opt/" + line,
        source,
        true,
        null);
  }

  /** A run of one cell that only the first host may measure. */
  static RunRequest single() {
    return run(List.of(ALONE_PROFILE));
  }

  private static RunRequest run(List<String> profiles) {
    Map<String, Object> matrix =
        Map.of(
            "workload",
            List.of("anchor"),
            "work",
            List.of(200),
            "tasks",
            List.of(2),
            "parallelism",
            List.of(2),
            "model",
            List.of("sequential"),
            "interpreter",
            List.of("cpython-3.14"));
    return new RunRequest("queued", matrix, null, profiles, null, null, null, null);
  }

  /**
   * Lets so many jobs wait: a run of one cell and all profiles for each owner, and copies of them,
   * which are made by SQL because that many submissions would take minutes.
   */
  void fill(ServedQueue queue, JdbcClient database, int jobs)
      throws IOException, InterruptedException {
    RunRequest run = run(profiles);
    for (String owner : owners) {
      queue.submit(run, owner);
    }
    int first = owners.size() * profiles.size();
    database.sql(COPY).param("copies", Math.ceilDiv(Math.max(0, jobs - first), first)).update();
  }

  /** Puts all jobs back into the queue, as if nobody had begun them, and takes the garbage away. */
  static void putBack(JdbcClient database) {
    database
        .sql(
            """
            UPDATE job
            SET state = 'queued', attempts = 0, current_fence = NULL, cells_done = 0,
                cells_failed = 0, cells_unsupported = 0, reason = NULL
            WHERE state <> 'queued' AND profile LIKE 'queue-%'
            """)
        .update();
    database
        .sql(
            """
            UPDATE run SET state = 'queued', started_at = NULL, finished_at = NULL
            WHERE state <> 'queued'
              AND EXISTS (SELECT FROM job WHERE run_id = run.id AND state = 'queued')
            """)
        .update();
    database.sql("DELETE FROM owner_usage").update();
    // By hand before each turn, so that none is hit by what autovacuum does for the one before.
    database.sql("VACUUM (ANALYZE)").update();
  }

  /** How many jobs wait. */
  static int waiting(JdbcClient database) {
    return database
        .sql("SELECT count(*) FROM job WHERE state = 'queued'")
        .query(Integer.class)
        .single();
  }
}
