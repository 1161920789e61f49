package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.CommonWarning;
import dev.lanes.run.CellView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cells of two runs whose axes are all equal.
 *
 * @param groups by axes, in the order of the contender; the baseline's cell first
 * @param onlyContender cells without a counterpart
 * @param onlyBaseline likewise
 * @param foreign axes of them whose value the other run does not have
 */
record MatchedCells(
    Map<Map<String, Object>, List<CellView>> groups,
    List<CellView> onlyContender,
    List<CellView> onlyBaseline,
    Set<String> foreign) {

  static MatchedCells of(List<CellView> contender, List<CellView> baseline) {
    Map<Map<String, Object>, CellView> counterparts = new LinkedHashMap<>();
    baseline.stream()
        .filter(Comparisons::subject)
        .forEach(cell -> counterparts.putIfAbsent(cell.axes(), cell));
    Map<Map<String, Object>, List<CellView>> groups = new LinkedHashMap<>();
    List<CellView> alone = new ArrayList<>();
    for (CellView cell : contender) {
      if (Comparisons.subject(cell)) {
        CellView counterpart = counterparts.remove(cell.axes());
        if (counterpart == null) {
          alone.add(cell);
        } else {
          groups.put(cell.axes(), List.of(counterpart, cell));
        }
      }
    }
    List<CellView> onlyBaseline = List.copyOf(counterparts.values());
    Set<String> foreign = new LinkedHashSet<>(foreign(alone, baseline));
    foreign.addAll(foreign(onlyBaseline, contender));
    return new MatchedCells(groups, alone, onlyBaseline, foreign);
  }

  /** What has no counterpart, and why; empty when everything has one. */
  Optional<CommonWarning> unmatched() {
    if (onlyContender.isEmpty() && onlyBaseline.isEmpty()) {
      return Optional.empty();
    }
    String sentence =
        "%d cells of this run and %d of the other have no counterpart with equal axes%s"
            .formatted(
                onlyContender.size(),
                onlyBaseline.size(),
                foreign.isEmpty() ? "" : "; the runs differ in " + String.join(", ", foreign));
    return Optional.of(new CommonWarning(WarningCode.UNMATCHED, sentence, 0));
  }

  private static Set<String> foreign(List<CellView> some, List<CellView> others) {
    Map<String, Set<Object>> known = new HashMap<>();
    for (CellView other : others) {
      other
          .axes()
          .forEach((axis, value) -> known.computeIfAbsent(axis, _ -> new HashSet<>()).add(value));
    }
    Set<String> foreign = new LinkedHashSet<>();
    for (CellView cell : some) {
      cell.axes()
          .forEach((axis, value) -> {
            if (!known.getOrDefault(axis, Set.of()).contains(value)) {
              foreign.add(axis);
            }
          });
    }
    return foreign;
  }
}
