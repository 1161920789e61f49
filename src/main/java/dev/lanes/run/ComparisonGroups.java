package dev.lanes.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cells are measured in the same rounds. All that do the same work belong together, whatever
 * their model and interpreter, because only what shares its rounds can be compared as pairs. Where
 * that would be too many processes for one round, every interpreter gets rounds of its own.
 */
final class ComparisonGroups {

  /** Beyond this many processes a round takes so long that its two ends are no longer a pair. */
  static final int MAX_ARMS = 16;

  private ComparisonGroups() {}

  private record Work(String workload, Map<String, Object> parameters, int tasks, int parallelism) {
    static Work of(CellAxes cell) {
      return new Work(cell.workload().id(), cell.parameters(), cell.tasks(), cell.parallelism());
    }
  }

  private record Key(Work work, String interpreter) {}

  /** The number of each cell's group, in the order of the cells; numbers begin at 0. */
  static List<Integer> of(List<CellAxes> cells) {
    Map<Work, Integer> sizes = new HashMap<>();
    cells.forEach(cell -> sizes.merge(Work.of(cell), 1, Integer::sum));
    Map<Key, Integer> numbers = new HashMap<>();
    return cells.stream()
        .map(cell -> {
          Work work = Work.of(cell);
          boolean together = sizes.getOrDefault(work, 0) <= MAX_ARMS;
          Key key = new Key(work, together ? "" : cell.interpreter());
          Integer next = numbers.size();
          Integer known = numbers.putIfAbsent(key, next);
          return known == null ? next : known;
        })
        .toList();
  }
}
