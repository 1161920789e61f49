package dev.lanes.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.catalog.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonGroupsTests {

  private static final Workload PI =
      new Workload(
          "pi", "Pi", "Pi", "Lanes", "ab", Workload.Kind.TASKS, List.of(), List.of(), List.of());

  @Test
  void whatDoesTheSameWorkIsMeasuredTogether() {
    var cells =
        List.of(
            cell(20, 1, "3.14", "sequential"),
            cell(20, 1, "3.14", "threads"),
            cell(20, 1, "3.14t", "threads"),
            cell(20, 2, "3.14", "threads"),
            cell(30, 1, "3.14", "threads"));

    assertThat(ComparisonGroups.of(cells)).containsExactly(0, 0, 0, 0, 1);
  }

  @Test
  void whereTheyAreTooManyEveryParallelismGetsRoundsOfItsOwn() {
    var cells = new ArrayList<>(cells(9));
    for (CellAxes one : cells(9)) {
      cells.add(cell(20, 2, one.interpreter(), one.model()));
    }

    var groups = ComparisonGroups.of(cells);

    assertThat(groups.subList(0, 9)).containsOnly(0);
    assertThat(groups.subList(9, 18)).containsOnly(1);
  }

  @Test
  void sixteenArmsStayTogether() {
    var cells = cells(16);

    assertThat(ComparisonGroups.of(cells)).containsOnly(0);
  }

  @Test
  void beyondThemEveryInterpreterGetsRoundsOfItsOwn() {
    var cells = cells(17);

    var groups = ComparisonGroups.of(cells);

    assertThat(groups).startsWith(0, 1, 0, 1).containsOnly(0, 1);
    assertThat(groups.stream().filter(group -> group == 0)).hasSize(9);
  }

  @Test
  void oneCrowdedGroupDoesNotSplitAnother() {
    var cells = new ArrayList<>(cells(17));
    cells.add(cell(99, 1, "3.14", "threads"));
    cells.add(cell(99, 1, "3.14t", "threads"));

    var groups = ComparisonGroups.of(cells);

    assertThat(groups.subList(17, 19)).containsExactly(2, 2);
  }

  /** Cells of the same work, in turns for two interpreters. */
  private static List<CellAxes> cells(int count) {
    var cells = new ArrayList<CellAxes>();
    for (int i = 0; i < count; i++) {
      cells.add(cell(20, 1, i % 2 == 0 ? "3.14" : "3.14t", "model " + i));
    }
    return cells;
  }

  private static CellAxes cell(long digits, int parallelism, String interpreter, String model) {
    return new CellAxes(PI, Map.of("digits", digits), 1, parallelism, model, interpreter);
  }
}
