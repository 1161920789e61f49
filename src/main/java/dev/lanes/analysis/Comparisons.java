package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.CommonWarning;
import dev.lanes.analysis.Comparison.Group;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.MeasureView;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.statistics.Decision;
import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares cells with one another: as pairs of the rounds that they share, or, where that was asked
 * for, by the means of rounds that they do not.
 */
@Service
@Transactional(readOnly = true)
public class Comparisons {

  private final Runs runs;
  private final Materials materials;

  Comparisons(Runs runs, Materials materials) {
    this.runs = runs;
    this.materials = materials;
  }

  /**
   * Compares the cells of a run along one axis.
   *
   * @param pivot name of the axis
   * @param baseline value of the axis, as text
   * @throws ApiException if there is no such run, or no cell of it has that value of that axis
   */
  public Comparison compare(UUID run, String pivot, String baseline, Measure measure) {
    return compare(run, pivot, baseline, List.of(measure), false, Set.of()).getFirst();
  }

  /**
   * Likewise by several measures, which are one family of comparisons.
   *
   * @param unpaired whether cells that did not share their rounds are compared too
   * @param across what may differ between such cells
   * @return in the order of the measures
   * @throws ApiException likewise
   */
  List<Comparison> compare(
      UUID run,
      String pivot,
      String baseline,
      List<Measure> measures,
      boolean unpaired,
      Set<Across> across) {
    runs.get(run);
    List<CellView> all = cells(run);
    List<CellView> cells = all.stream().filter(Comparisons::subject).toList();
    Object value = baselineValue(cells, pivot, baseline);
    Map<Map<String, Object>, List<CellView>> groups = new LinkedHashMap<>();
    for (CellView cell : cells) {
      if (cell.axes().containsKey(pivot)) {
        groups.computeIfAbsent(without(cell.axes(), pivot), _ -> new ArrayList<>()).add(cell);
      }
    }
    Scope scope = new Scope(run, null, pivot, value, unpaired, across, List.of());
    return answer(scope, measures, materials.of(List.of(run), all, measures), groups);
  }

  /**
   * Compares two runs: their cells whose axes are all equal. No round is shared, so every ratio is
   * unpaired.
   *
   * @param against the run that is the baseline
   * @param across what may differ between the two
   * @return in the order of the measures
   * @throws ApiException if there is no such run, or both are the same
   */
  List<Comparison> compareRuns(UUID run, UUID against, List<Measure> measures, Set<Across> across) {
    runs.get(run);
    runs.get(against);
    if (run.equals(against)) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "against: is the same run; name another one, or leave it out to compare cells of one run",
          List.of(new FieldProblem("/against", "is the same run", List.of())));
    }
    List<CellView> baseline = cells(against);
    List<CellView> contender = cells(run);
    MatchedCells matched = MatchedCells.of(contender, baseline);
    List<CellView> all = Stream.concat(baseline.stream(), contender.stream()).toList();
    Scope scope =
        new Scope(
            run,
            against,
            Question.RUN,
            against.toString(),
            true,
            across,
            matched.unmatched().stream().toList());
    return answer(
        scope, measures, materials.of(List.of(against, run), all, measures), matched.groups());
  }

  /** What an answer is about, whatever its measure. */
  private record Scope(
      UUID run,
      @Nullable UUID against,
      String pivot,
      Object baseline,
      boolean unpaired,
      Set<Across> across,
      List<CommonWarning> warnings) {

    Question question(Measure measure) {
      return new Question(pivot, baseline, measure, unpaired, across);
    }
  }

  private static List<Comparison> answer(
      Scope scope,
      List<Measure> measures,
      Map<Measure, Material> material,
      Map<Map<String, Object>, List<CellView>> groups) {
    Map<Measure, List<GroupComparison.Found>> found = new EnumMap<>(Measure.class);
    for (Measure measure : measures) {
      GroupComparison comparison =
          new GroupComparison(
              scope.question(measure), Objects.requireNonNull(material.get(measure)));
      found.put(
          measure,
          groups.entrySet().stream()
              .map(group -> comparison.of(group.getKey(), group.getValue()))
              .toList());
    }
    Family family = new Family(found);
    return measures.stream()
        .map(measure -> {
          List<GroupComparison.Found> compared = Objects.requireNonNull(found.get(measure));
          List<Group> judged = family.groups(measure, compared);
          List<CommonWarning> warnings = new ArrayList<>(scope.warnings());
          warnings.addAll(Family.warnings(judged));
          return new Comparison(
              scope.run(),
              scope.against(),
              scope.pivot(),
              scope.baseline(),
              MeasureView.of(measure),
              0.95,
              Decision.THRESHOLD,
              family.summary(measure, compared),
              warnings,
              judged);
        })
        .toList();
  }

  private List<CellView> cells(UUID run) {
    return runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
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
