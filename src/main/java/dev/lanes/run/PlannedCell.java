package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cell that a job is going to have.
 *
 * @param group number of its comparison group
 */
record PlannedCell(CellAxes axes, int group, ArmRole role) {

  /** What was asked for, in the order given. */
  static List<PlannedCell> subjects(List<CellAxes> cells) {
    List<Integer> groups = ComparisonGroups.of(cells);
    List<PlannedCell> subjects = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      subjects.add(new PlannedCell(cells.get(i), groups.get(i), ArmRole.SUBJECT));
    }
    return List.copyOf(subjects);
  }

  /**
   * What every group is measured beside: its first subject once more, and the anchor.
   *
   * @param anchor empty when it cannot be measured; groups are then without one
   */
  static List<PlannedCell> controls(List<PlannedCell> subjects, Optional<CellAxes> anchor) {
    Map<Integer, CellAxes> first = new LinkedHashMap<>();
    subjects.forEach(subject -> first.putIfAbsent(subject.group(), subject.axes()));
    List<PlannedCell> controls = new ArrayList<>();
    first.forEach((group, axes) -> {
      controls.add(new PlannedCell(axes, group, ArmRole.PLACEBO));
      anchor.ifPresent(frozen -> controls.add(new PlannedCell(frozen, group, ArmRole.ANCHOR)));
    });
    return List.copyOf(controls);
  }
}
