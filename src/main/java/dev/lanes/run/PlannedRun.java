package dev.lanes.run;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.ModelSupport.Verdict;
import dev.lanes.host.SupportView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a submission would become, without anything being queued.
 *
 * @param cells what was asked for, of all jobs together
 * @param controls placebos and anchors that are measured beside it
 * @param profiles hardware profiles; one job for each
 * @param groups of each job
 * @param unsupported what no host that was probed can run
 */
public record PlannedRun(
    int cells,
    int controls,
    List<String> profiles,
    Precision precision,
    List<Group> groups,
    List<Unsupported> unsupported) {

  /**
   * Cells that would share their rounds.
   *
   * @param parallelisms of its subjects, each once, ascending
   * @param arms processes of a round, controls included
   */
  public record Group(
      String workload,
      Map<String, Object> parameters,
      int tasks,
      List<Integer> parallelisms,
      int arms) {}

  /**
   * A model that an interpreter does not run.
   *
   * @param cells how many would end as {@code unsupported}
   */
  public record Unsupported(String model, String interpreter, String reason, int cells) {}

  private record Pair(String model, String interpreter) {}

  static PlannedRun of(Expansion expansion, List<SupportView> support) {
    int jobs = expansion.profiles().size();
    Map<Integer, List<PlannedCell>> byGroup = new LinkedHashMap<>();
    Stream.concat(expansion.subjects().stream(), expansion.controls().stream())
        .forEach(cell -> byGroup.computeIfAbsent(cell.group(), _ -> new ArrayList<>()).add(cell));
    return new PlannedRun(
        expansion.subjects().size() * jobs,
        expansion.controls().size() * jobs,
        expansion.profiles(),
        expansion.precision(),
        byGroup.values().stream().map(PlannedRun::group).toList(),
        unsupported(expansion, support));
  }

  private static Group group(List<PlannedCell> cells) {
    CellAxes first = cells.getFirst().axes();
    return new Group(
        first.workload().id(),
        first.parameters(),
        first.tasks(),
        cells.stream()
            .filter(cell -> cell.role() == ArmRole.SUBJECT)
            .map(cell -> cell.axes().parallelism())
            .distinct()
            .sorted()
            .toList(),
        cells.size());
  }

  private static List<Unsupported> unsupported(Expansion expansion, List<SupportView> support) {
    Map<Pair, Integer> cells = new LinkedHashMap<>();
    for (PlannedCell cell : expansion.subjects()) {
      cells.merge(new Pair(cell.axes().model(), cell.axes().interpreter()), 1, Integer::sum);
    }
    List<Unsupported> unsupported = new ArrayList<>();
    cells.forEach((pair, count) -> {
      List<SupportView> found =
          support.stream()
              .filter(one -> one.model().equals(pair.model()))
              .filter(one ->
                  one.line().equals(pair.interpreter())
                      || one.interpreter().equals(pair.interpreter()))
              .toList();
      if (!found.isEmpty() && found.stream().allMatch(PlannedRun::cannotRun)) {
        unsupported.add(
            new Unsupported(
                pair.model(),
                pair.interpreter(),
                String.valueOf(found.getFirst().reason()),
                count * expansion.profiles().size()));
      }
    });
    return List.copyOf(unsupported);
  }

  private static boolean cannotRun(SupportView found) {
    return found.verdict() == Verdict.UNSUPPORTED || found.verdict() == Verdict.IMPORT_ERROR;
  }
}
