package dev.lanes.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which cells are measured in the same rounds, because only what shares its rounds can be compared
 * as pairs. All that do the same work belong together, whatever their model, interpreter and
 * parallelism. Where that would be too many processes for one round, every parallelism gets rounds
 * of its own, and where that is still too many, every interpreter of it.
 */
final class ComparisonGroups {

  /** Beyond this many processes a round takes so long that its two ends are no longer a pair. */
  static final int MAX_ARMS = 16;

  private ComparisonGroups() {}

  /** What cells that share rounds have in common; the last two are left open where all fit. */
  private record Key(
      String workload,
      Map<String, Object> parameters,
      int tasks,
      Optional<Integer> parallelism,
      Optional<String> interpreter) {

    static Key ofWork(CellAxes cell) {
      return new Key(
          cell.workload().id(),
          cell.parameters(),
          cell.tasks(),
          Optional.empty(),
          Optional.empty());
    }

    static Key ofParallelism(CellAxes cell) {
      Key work = ofWork(cell);
      return new Key(
          work.workload,
          work.parameters,
          work.tasks,
          Optional.of(cell.parallelism()),
          Optional.empty());
    }

    static Key ofInterpreter(CellAxes cell) {
      Key own = ofParallelism(cell);
      return new Key(
          own.workload,
          own.parameters,
          own.tasks,
          own.parallelism,
          Optional.of(cell.interpreter()));
    }
  }

  /** The number of each cell's group, in the order of the cells; numbers begin at 0. */
  static List<Integer> of(List<CellAxes> cells) {
    Map<Key, Integer> sizes = new HashMap<>();
    for (CellAxes cell : cells) {
      sizes.merge(Key.ofWork(cell), 1, Integer::sum);
      sizes.merge(Key.ofParallelism(cell), 1, Integer::sum);
    }
    Map<Key, Integer> numbers = new HashMap<>();
    return cells.stream()
        .map(cell -> {
          Key key =
              Stream.of(Key.ofWork(cell), Key.ofParallelism(cell))
                  .filter(wide -> sizes.getOrDefault(wide, 0) <= MAX_ARMS)
                  .findFirst()
                  .orElseGet(() -> Key.ofInterpreter(cell));
          Integer next = numbers.size();
          Integer known = numbers.putIfAbsent(key, next);
          return known == null ? next : known;
        })
        .toList();
  }
}
