package dev.lanes.analysis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.lanes.catalog.Measure;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tells how the models of a run scale with their workers. */
@Service
@Transactional(readOnly = true)
public class Scalings {

  private static final String SEQUENTIAL = "sequential";

  private final Runs runs;
  private final Materials materials;

  Scalings(Runs runs, Materials materials) {
    this.runs = runs;
    this.materials = materials;
  }

  /**
   * One answer for all cells of a run that differ in parallelism only, in the order of the run; the
   * plain program has no workers and is what the others are told against.
   *
   * @param time {@code steady_seconds} or {@code total_seconds}
   * @throws ApiException if there is no such run
   */
  public List<Scaling> of(UUID run, Measure time) {
    runs.get(run);
    List<CellView> all = runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
    List<CellView> subjects = all.stream().filter(Comparisons::subject).toList();
    Map<Map<String, Object>, List<CellView>> lines =
        subjects.stream()
            .filter(cell -> !cell.model().equals(SEQUENTIAL))
            .collect(
                groupingBy(
                    cell -> Comparisons.without(cell.axes(), ScalingLine.WORKERS),
                    LinkedHashMap::new,
                    toList()));
    if (lines.isEmpty()) {
      return List.of();
    }
    // What a worker costs of the processors is told while it is warm, whatever the time asked for.
    Map<Measure, Material> material =
        materials.of(
            List.of(run),
            all,
            Stream.of(time, Measure.STEADY_SECONDS, Measure.CPU_SECONDS).distinct().toList());
    Map<UUID, Long> seeds = runs.seeds(run);
    return lines.values().stream()
        .map(cells ->
            new ScalingLine(
                    cells,
                    sequential(cells.getFirst(), subjects),
                    time,
                    material,
                    seeds.get(cells.getFirst().job()))
                .told())
        .toList();
  }

  /**
   * The plain program that shares its rounds with a cell, does its work and has its interpreter.
   */
  private static @Nullable CellView sequential(CellView cell, List<CellView> subjects) {
    return subjects.stream()
        .filter(other -> other.model().equals(SEQUENTIAL))
        .filter(other -> other.interpreter().equals(cell.interpreter()))
        .filter(other -> other.workload().equals(cell.workload()) && other.tasks() == cell.tasks())
        .filter(other -> other.parameters().equals(cell.parameters()))
        .filter(other -> SharedRounds.together(other, cell))
        .min(Comparator.comparingInt(CellView::parallelism))
        .orElse(null);
  }
}
