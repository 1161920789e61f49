package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Quality;
import dev.lanes.result.CellStanding;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.statistics.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ratios of any two cells of a run, whatever they differ in: as pairs of the rounds that they
 * share, else unpaired, and marked so.
 */
@Service
@Transactional(readOnly = true)
public class CellRatios {

  private final Runs runs;
  private final Materials materials;

  CellRatios(Runs runs, Materials materials) {
    this.runs = runs;
    this.materials = materials;
  }

  /** A ratio that is asked for, of two cells of the run by their ids. */
  public record Asked(UUID contender, UUID baseline, Measure measure) {}

  /** The ratios of cells of a run; each cell that is asked for must be one of it. */
  public Map<Asked, CellRatio> of(UUID run, Set<Asked> asked) {
    List<CellView> all = runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
    Map<UUID, CellView> cells =
        all.stream().collect(Collectors.toMap(CellView::id, Function.identity()));
    List<Measure> measures = asked.stream().map(Asked::measure).distinct().toList();
    Map<Measure, Material> material =
        measures.isEmpty() ? Map.of() : materials.of(List.of(run), all, measures);
    Map<Asked, CellRatio> ratios = new HashMap<>();
    for (Asked one : asked) {
      CellView contender = Objects.requireNonNull(cells.get(one.contender()));
      CellView baseline = Objects.requireNonNull(cells.get(one.baseline()));
      ratios.put(
          one,
          ratio(
              contender,
              baseline,
              one.measure(),
              Objects.requireNonNull(material.get(one.measure()))));
    }
    return ratios;
  }

  private static CellRatio ratio(
      CellView contender, CellView baseline, Measure measure, Material material) {
    for (CellView cell : List.of(contender, baseline)) {
      CellStanding standing = material.standing(cell);
      if (!CellComparison.hasFigures(standing)) {
        return CellRatio.without(named(cell) + " " + standing.ending());
      }
    }
    Entry entry = entry(contender, baseline, measure, material);
    Quality worst =
        Stream.of(contender, baseline)
            .map(material::standing)
            .map(CellStanding::quality)
            .filter(Objects::nonNull)
            .max(Quality::compareTo)
            .orElse(null);
    return new CellRatio(
        entry.ratio(),
        entry.ciLow(),
        entry.ciHigh(),
        entry.paired(),
        entry.rounds(),
        worst,
        reason(entry, worst),
        entry.warnings());
  }

  private static Entry entry(
      CellView contender, CellView baseline, Measure measure, Material material) {
    String pivot = pivot(contender, baseline);
    Question question = new Question(pivot, baseline.axes().get(pivot), measure, true, Set.of());
    SharedRounds shared = material.shared();
    double threshold =
        Math.max(
            Decision.threshold(shared.placebo(contender)),
            Decision.threshold(shared.placebo(baseline)));
    CellComparison comparison =
        new CellComparison(question, material, baseline, threshold, shared.number(baseline));
    if (!SharedRounds.together(contender, baseline)) {
      return comparison.unpaired(contender).entry();
    }
    Contenders judged = shared.against(baseline, List.of(contender));
    return judged.has(contender.id())
        ? comparison.paired(contender, judged).entry()
        : Entries.withoutValues(question, material, contender);
  }

  /** What the two are told apart by in words. */
  private static String pivot(CellView contender, CellView baseline) {
    return Stream.concat(
            Stream.of("model", "interpreter", "workload"), baseline.axes().keySet().stream())
        .filter(axis ->
            !Objects.equals(contender.axes().get(axis), baseline.axes().get(axis))
                && baseline.axes().containsKey(axis))
        .findFirst()
        .orElse("model");
  }

  private static String named(CellView cell) {
    return "%s on %s".formatted(cell.model(), cell.interpreter());
  }

  private static @Nullable String reason(Entry entry, @Nullable Quality worst) {
    if (worst == Quality.INVALID) {
      return entry.sentence();
    }
    if (entry.ratio() != null && entry.ciLow() == null) {
      return "too few rounds for an interval: " + entry.rounds();
    }
    return entry.reason();
  }
}
