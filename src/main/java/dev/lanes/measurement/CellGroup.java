package dev.lanes.measurement;

import dev.lanes.arm.ArmCommands;
import dev.lanes.arm.ArmFailure;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.JobSpec.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of a comparison group, which share every round, and what each is in it. */
final class CellGroup {

  private final int number;
  private final List<CellRecord> cells;

  private CellGroup(int number, List<CellRecord> cells) {
    this.number = number;
    this.cells = List.copyOf(cells);
  }

  /** The group as it can be started on this host; a cell that cannot has failed already. */
  static CellGroup of(Group group, ArmCommands commands) {
    List<CellRecord> cells =
        group.cells().stream().map(cell -> new CellRecord(cell, commands)).toList();
    CellGroup found = new CellGroup(group.number(), cells);
    found.dropUselessPlacebos();
    return found;
  }

  /** Number of the group in its job. */
  int number() {
    return number;
  }

  List<CellRecord> cells() {
    return cells;
  }

  List<CellRecord> alive() {
    return cells.stream().filter(CellRecord::alive).toList();
  }

  /** Subjects that have not failed. */
  List<CellRecord> subjects() {
    return alive(ArmRole.SUBJECT);
  }

  /** The subject to which the ratios are: the first that has not failed. */
  Optional<CellRecord> baseline() {
    return subjects().stream().findFirst();
  }

  /** The baseline once more under another name. */
  Optional<CellRecord> placebo() {
    return alive(ArmRole.PLACEBO).stream().findFirst();
  }

  private List<CellRecord> alive(ArmRole role) {
    return cells.stream().filter(cell -> cell.alive() && cell.role() == role).toList();
  }

  /**
   * A cell leaves, and with the subject that a placebo repeats leaves the placebo: it would be
   * compared with something that it is not equal to.
   *
   * @return all that leave
   */
  List<CellRecord> fail(CellRecord cell, ArmFailure failure) {
    cell.fail(failure);
    List<CellRecord> left = new ArrayList<>(List.of(cell));
    left.addAll(dropUselessPlacebos());
    return left;
  }

  private List<CellRecord> dropUselessPlacebos() {
    boolean repeats =
        cells.stream()
            .filter(cell -> cell.role() == ArmRole.SUBJECT)
            .findFirst()
            .map(CellRecord::alive)
            .orElse(false);
    List<CellRecord> useless = repeats ? List.of() : alive(ArmRole.PLACEBO);
    useless.forEach(placebo ->
        placebo.fail(
            new ArmFailure(
                Outcome.NOT_MEASURED,
                "the cell that this one repeats has failed, so there is nothing to be equal to",
                new Evidence(null, null, null, null))));
    return useless;
  }

  /**
   * Compares what every task must give, by each process's own account: cells of one workload with
   * the same parameters must agree with the first subject.
   *
   * @return all that leave because they do not
   */
  List<CellRecord> disagreeing() {
    List<CellRecord> told =
        cells.stream()
            .filter(cell -> cell.alive() && cell.role() != ArmRole.ANCHOR)
            .filter(cell -> cell.checksum() != null)
            .toList();
    List<CellRecord> left = new ArrayList<>();
    for (CellRecord cell : told) {
      String expected = String.valueOf(told.getFirst().checksum());
      if (cell.alive() && !expected.equals(cell.checksum())) {
        left.addAll(
            fail(
                cell,
                new ArmFailure(
                    Outcome.WRONG_RESULT,
                    "its tasks must give %.80s by its own account, but %.80s by that of %s"
                        .formatted(cell.checksum(), expected, told.getFirst().cell().model()),
                    new Evidence(null, null, null, null))));
      }
    }
    return left;
  }
}
