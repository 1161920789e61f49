package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Workload;
import dev.lanes.host.Hosts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Runs that look for a size, and the jobs that they get while they do. */
@Service
@Transactional
public class SizeSearches {

  private static final Logger log = LoggerFactory.getLogger(SizeSearches.class);

  private final RunRepository runs;
  private final JobRepository jobs;
  private final CellRepository cells;
  private final RunEnds ends;
  private final JobBell bell;
  private final Catalog catalog;
  private final Hosts hosts;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final RandomGenerator seeds;

  SizeSearches(
      RunRepository runs,
      JobRepository jobs,
      CellRepository cells,
      RunEnds ends,
      JobBell bell,
      Catalog catalog,
      Hosts hosts,
      JdbcClient jdbc,
      Clock clock,
      RandomGenerator seeds) {
    this.runs = runs;
    this.jobs = jobs;
    this.cells = cells;
    this.ends = ends;
    this.bell = bell;
    this.catalog = catalog;
    this.hosts = hosts;
    this.jdbc = jdbc;
    this.clock = clock;
    this.seeds = seeds;
  }

  /**
   * A search whose jobs have all ended, so that somebody has to decide how it goes on.
   *
   * @param steps jobs that were added to the first one
   * @param unmeasured how many of its jobs ended without figures
   */
  public record Due(UUID run, SizeSearch search, int steps, int unmeasured) {}

  void begin(UUID run, SizeSearch search) {
    jdbc.sql(
            """
            INSERT INTO size_search (run_id, x, pivot, a, b, measure, octaves, state)
            VALUES (:run, :x, :pivot, :a, :b, :measure, :octaves, 'searching')
            """)
        .param("run", run)
        .param("x", search.x())
        .param("pivot", search.pivot())
        .param("a", search.a())
        .param("b", search.b())
        .param("measure", search.measure())
        .param("octaves", search.octaves())
        .update();
  }

  /** What is to be decided; another server may decide it meanwhile. */
  @Transactional(readOnly = true)
  public List<Due> due() {
    return jdbc.sql(
            """
            SELECT s.*, (SELECT count(*) FROM job
                         WHERE run_id = s.run_id AND state <> 'finished') AS unmeasured
            FROM size_search s
            WHERE s.state = 'searching'
              AND NOT EXISTS (SELECT FROM job
                              WHERE run_id = s.run_id AND state IN ('queued', 'leased'))
            ORDER BY s.run_id
            """)
        .query((row, _) ->
            new Due(
                row.getObject("run_id", UUID.class),
                new SizeSearch(
                    row.getString("x"),
                    row.getString("pivot"),
                    row.getString("a"),
                    row.getString("b"),
                    row.getString("measure"),
                    row.getDouble("octaves")),
                row.getInt("steps"),
                row.getInt("unmeasured")))
        .list();
  }

  /**
   * Gives the run another job with the two at further sizes, on the host that measured the others.
   * Nothing happens if it was decided meanwhile.
   *
   * @param sizes that were not measured yet, at least one
   */
  public void extend(Due due, List<Long> sizes) {
    if (!lock(due)) {
      return;
    }
    Run run = runs.findById(due.run()).orElseThrow();
    List<Cell> measured =
        cells.findByRunIdAndPositionGreaterThanOrderByPosition(run.id(), -1, Limit.unlimited());
    List<CellAxes> subjects = new ArrayList<>();
    for (Cell cell : measured) {
      CellView view = cell.view("");
      Optional<Workload> workload =
          catalog
              .workload(view.workload())
              .filter(now -> now.sha256().equals(view.workloadSha256()));
      if (workload.isEmpty()) {
        finish(due, "ended", "the program of %s has changed meanwhile".formatted(view.workload()));
        return;
      }
      if (view.role() == ArmRole.SUBJECT) {
        subjects.add(CellAxes.of(view, workload.get()));
      }
    }
    Job first = jobs.findByRunId(run.id()).getFirst();
    Job job = jobs.save(first.next(run, seeds.nextLong(), clock.instant(), host(first)));
    List<PlannedCell> planned = PlannedCell.subjects(due.search().at(sizes, subjects));
    List<PlannedCell> controls =
        PlannedCell.controls(planned, CellAxes.anchor(catalog, hosts.interpreters()));
    List<Cell> rows = new ArrayList<>();
    int position = measured.size();
    for (PlannedCell cell : Stream.concat(planned.stream(), controls.stream()).toList()) {
      rows.add(new Cell(run.id(), job, position++, cell));
    }
    cells.saveAll(rows);
    runs.flush();
    jdbc.sql("UPDATE run SET cells_total = cells_total + :more WHERE id = :run")
        .param("more", planned.size())
        .param("run", run.id())
        .update();
    jdbc.sql("UPDATE size_search SET steps = steps + 1 WHERE run_id = :run")
        .param("run", run.id())
        .update();
    bell.ring(first.profile());
    log.info("run={} search goes on at {}={}", run.id(), due.search().x(), sizes);
  }

  /** Ends the search with its answer. */
  public void found(Due due) {
    if (lock(due)) {
      finish(due, "found", null);
    }
  }

  /** Ends the search without one. */
  public void end(Due due, String reason) {
    if (lock(due)) {
      finish(due, "ended", reason);
    }
  }

  private void finish(Due due, String state, @Nullable String reason) {
    jdbc.sql("UPDATE size_search SET state = :state, reason = :reason WHERE run_id = :run")
        .param("state", state)
        .param("reason", reason)
        .param("run", due.run())
        .update();
    ends.settle(due.run());
    log.info("run={} search {} reason={}", due.run(), state, reason);
  }

  /** The run first, as everything does that ends something; false if it was decided meanwhile. */
  private boolean lock(Due due) {
    jdbc.sql("SELECT id FROM run WHERE id = :run FOR UPDATE")
        .param("run", due.run())
        .query(UUID.class)
        .single();
    return jdbc.sql(
            """
            SELECT state = 'searching' AND steps = :steps FROM size_search WHERE run_id = :run
            """)
        .param("steps", due.steps())
        .param("run", due.run())
        .query(Boolean.class)
        .single();
  }

  private UUID host(Job job) {
    return jdbc.sql(
            """
            SELECT a.host_id FROM job j JOIN attempt a ON a.fence = j.current_fence WHERE j.id = :job
            """)
        .param("job", job.id())
        .query(UUID.class)
        .single();
  }

  /** How the searches of some runs stand, by run. */
  @Transactional(readOnly = true)
  Map<UUID, RunView.Search> ofRuns(List<UUID> some) {
    if (some.isEmpty()) {
      return Map.of();
    }
    Map<UUID, RunView.Search> searches = new HashMap<>();
    jdbc.sql("SELECT * FROM size_search WHERE run_id IN (:runs)")
        .param("runs", some)
        .query(row -> {
          searches.put(
              row.getObject("run_id", UUID.class),
              new RunView.Search(
                  row.getString("x"),
                  row.getString("pivot"),
                  row.getString("a"),
                  row.getString("b"),
                  row.getString("measure"),
                  row.getDouble("octaves"),
                  row.getString("state"),
                  row.getInt("steps"),
                  row.getString("reason")));
        });
    return searches;
  }
}
