package dev.lanes.analysis;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.MeasureView;
import dev.lanes.result.CellStanding;
import dev.lanes.result.Results;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.statistics.Decision;
import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Compares the cells of a run with one another, as pairs of the rounds that they share. */
@Service
@Transactional(readOnly = true)
public class Comparisons {

  private final Runs runs;
  private final Results results;

  Comparisons(Runs runs, Results results) {
    this.runs = runs;
    this.results = results;
  }

  /**
   * Compares along one axis.
   *
   * @param pivot name of the axis
   * @param baseline value of the axis, as text
   * @throws ApiException if there is no such run, or no cell of it has that value of that axis
   */
  public Comparison compare(UUID run, String pivot, String baseline, Measure measure) {
    runs.get(run);
    List<CellView> all = runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
    List<CellView> cells = all.stream().filter(Comparisons::subject).toList();
    Map<UUID, CellStanding> standings = results.standings(run);
    SharedRounds shared =
        new SharedRounds(
            all,
            new PairedRounds(results.samplesOfRun(run, measure)),
            results.evidence(run),
            runs.seeds(run));
    Object value = baselineValue(cells, pivot, baseline);
    Map<Map<String, Object>, List<CellView>> groups = new LinkedHashMap<>();
    for (CellView cell : cells) {
      if (cell.axes().containsKey(pivot)) {
        groups.computeIfAbsent(without(cell.axes(), pivot), _ -> new ArrayList<>()).add(cell);
      }
    }
    GroupComparison comparison = new GroupComparison(pivot, value, measure, standings, shared);
    return new Comparison(
        run,
        pivot,
        value,
        MeasureView.of(measure),
        0.95,
        Decision.THRESHOLD,
        groups.entrySet().stream()
            .map(group -> comparison.of(group.getKey(), group.getValue()))
            .toList());
  }

  static boolean subject(CellView cell) {
    return cell.role() == ArmRole.SUBJECT;
  }

  private static Object baselineValue(List<CellView> cells, String pivot, String baseline) {
    List<Object> values =
        cells.stream()
            .map(cell -> cell.axes().get(pivot))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (values.isEmpty()) {
      List<String> axes =
          cells.stream().flatMap(cell -> cell.axes().keySet().stream()).distinct().toList();
      throw invalid("pivot", "the run has no axis \"%s\"".formatted(pivot), axes);
    }
    return values.stream()
        .filter(value -> String.valueOf(value).equals(baseline))
        .findFirst()
        .orElseThrow(() ->
            invalid(
                "baseline",
                "no cell of the run has %s = \"%s\"".formatted(pivot, baseline),
                values.stream().map(String::valueOf).toList()));
  }

  static ApiException invalid(String parameter, String detail, List<String> allowed) {
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        "%s: %s; there is %s".formatted(parameter, detail, String.join(", ", allowed)),
        List.of(new FieldProblem("/" + parameter, detail, allowed)));
  }

  static Map<String, Object> without(Map<String, Object> axes, String pivot) {
    Map<String, Object> common = new LinkedHashMap<>(axes);
    common.remove(pivot);
    return common;
  }
}
