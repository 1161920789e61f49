package dev.lanes.run;

import dev.lanes.catalog.Catalog;
import dev.lanes.host.Hosts;
import dev.lanes.run.JobRows.JobRow;
import dev.lanes.run.RunView.Progress;
import dev.lanes.run.RunView.Waiting;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Submitted runs and the cells they expand to. */
@Service
@Transactional(readOnly = true)
public class Runs {

  private final RunRepository runs;
  private final CellRepository cells;
  private final JobRepository jobRepository;
  private final JobRows jobs;
  private final JobQueue queue;
  private final SizeSearches searches;
  private final Hosts hosts;
  private final Catalog catalog;

  Runs(
      RunRepository runs,
      CellRepository cells,
      JobRepository jobRepository,
      JobRows jobs,
      JobQueue queue,
      SizeSearches searches,
      Hosts hosts,
      Catalog catalog) {
    this.runs = runs;
    this.cells = cells;
    this.jobRepository = jobRepository;
    this.jobs = jobs;
    this.queue = queue;
    this.searches = searches;
    this.hosts = hosts;
    this.catalog = catalog;
  }

  /** Whether any run was ever submitted. */
  public boolean any() {
    return runs.existsBy();
  }

  /**
   * A run with everything that is told about it.
   *
   * @throws ApiException with {@link ErrorCode#NOT_FOUND}
   */
  public RunView get(UUID id) {
    Run run =
        runs.findById(id)
            .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no run " + id));
    return view(
        run,
        jobs.ofRuns(List.of(id)).getOrDefault(id, List.of()),
        queueOf(List.of(run)),
        searches.ofRuns(List.of(id)).get(id));
  }

  /** Whether the run has ended; unlike {@link #get} it does not ask where in the queue it is. */
  boolean finished(UUID id) {
    return runs.existsByIdAndFinishedAtIsNotNull(id);
  }

  /**
   * The newest completed runs of some suites, the newest first.
   *
   * @param suites names, as the label {@code suite} of their runs has them; at least one
   * @param each how many of each suite at most
   */
  public List<CompletedRun> completed(Collection<String> suites, int each) {
    return runs.completed(suites, each).stream()
        .map(run -> new CompletedRun(run.getId(), run.getSuite(), run.getFinished()))
        .toList();
  }

  /** The newest runs before the given one, or the newest of all. */
  List<RunView> page(@Nullable UUID before, int limit) {
    List<Run> page =
        before == null
            ? runs.findAllByOrderByIdDesc(Limit.of(limit))
            : runs.findByIdLessThanOrderByIdDesc(before, Limit.of(limit));
    List<UUID> ids = page.stream().map(Run::id).toList();
    Map<UUID, List<JobRow>> rows = jobs.ofRuns(ids);
    Map<UUID, RunView.Search> looking = searches.ofRuns(ids);
    List<WaitingJob> waiting = queueOf(page);
    return page.stream()
        .map(run ->
            view(run, rows.getOrDefault(run.id(), List.of()), waiting, looking.get(run.id()))
                .summary())
        .toList();
  }

  /** The subjects of a run whose position is greater than the given one, in their order. */
  public List<CellView> cells(UUID run, int after, int limit) {
    Limit most = Limit.of(limit);
    return views(
        run,
        cells.findByRunIdAndRoleAndPositionGreaterThanOrderByPosition(run, "subject", after, most));
  }

  /** Likewise with the controls, which come after all subjects. */
  public List<CellView> cellsAndControls(UUID run, int after, int limit) {
    return views(
        run, cells.findByRunIdAndPositionGreaterThanOrderByPosition(run, after, Limit.of(limit)));
  }

  private List<CellView> views(UUID run, List<Cell> found) {
    Map<UUID, String> profiles =
        jobRepository.findByRunId(run).stream().collect(Collectors.toMap(Job::id, Job::profile));
    return found.stream().map(cell -> cell.view(profiles.get(cell.jobId()))).toList();
  }

  /** The seed of each job of a run, from which everything drawn for it follows. */
  public Map<UUID, Long> seeds(UUID run) {
    return jobRepository.findByRunId(run).stream().collect(Collectors.toMap(Job::id, Job::seed));
  }

  /** One cell, or empty. */
  public Optional<CellView> cell(UUID id) {
    return cells
        .findById(id)
        .map(cell -> cell.view(jobRepository.findById(cell.jobId()).orElseThrow().profile()));
  }

  /**
   * What a request would become.
   *
   * @throws ApiException that names everything wrong with it
   */
  public PlannedRun plan(RunRequest request) {
    return PlannedRun.of(expand(request), hosts.support());
  }

  /** The expansion of a request, or the refusal that names everything wrong with it. */
  Expansion expand(RunRequest request) {
    return Expansion.of(request, catalog, hosts.interpreters(), hosts.profileNames());
  }

  /** The whole queue if one of the runs is in it. */
  private List<WaitingJob> queueOf(List<Run> some) {
    return some.stream().anyMatch(run -> run.state().equals("queued"))
        ? queue.waiting()
        : List.of();
  }

  private RunView view(
      Run run, List<JobRow> rows, List<WaitingJob> queue, RunView.@Nullable Search search) {
    boolean finished = run.finishedAt() != null;
    Progress progress =
        new Progress(
            run.cellsTotal(),
            rows.stream().mapToInt(JobRow::cellsDone).sum(),
            rows.stream().mapToInt(JobRow::cellsFailed).sum(),
            rows.stream().mapToInt(JobRow::cellsUnsupported).sum(),
            rows.stream().map(JobRow::current).filter(Objects::nonNull).findFirst().orElse(null),
            finished ? null : secondsLeft(rows));
    return new RunView(
        run.id(),
        run.name(),
        run.state(),
        run.priority(),
        run.labels(),
        run.createdAt(),
        run.startedAt(),
        run.finishedAt(),
        progress,
        run.state().equals("queued") ? waiting(run.id(), queue) : null,
        search,
        run.spec(),
        rows.stream().map(JobRow::view).toList());
  }

  /** Jobs of different profiles run side by side, so the slowest one tells. */
  private static @Nullable Double secondsLeft(List<JobRow> rows) {
    return rows.stream()
        .map(JobRow::secondsLeft)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }

  /** Of the job that should begin first. */
  private static @Nullable Waiting waiting(UUID run, List<WaitingJob> queue) {
    return queue.stream()
        .filter(job -> job.run().equals(run))
        .findFirst()
        .map(job -> new Waiting(job.position(), job.reason()))
        .orElse(null);
  }
}
