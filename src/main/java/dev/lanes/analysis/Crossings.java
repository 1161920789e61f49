package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import dev.lanes.run.CellView;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the sizes of the work at which one overtakes another. */
@Service
@Transactional(readOnly = true)
public class Crossings {

  private final Runs runs;
  private final Materials materials;

  Crossings(Runs runs, Materials materials) {
    this.runs = runs;
    this.materials = materials;
  }

  /**
   * What is asked.
   *
   * @param x axis of the size, which has numbers
   * @param pivot axis of what is compared
   * @param a value of the pivot, as text; {@code b} likewise
   */
  public record Asked(String x, String pivot, String a, String b, Measure measure) {}

  /**
   * One answer for all cells of a run that differ in size and in what is compared only.
   *
   * @throws ApiException if there is no such run, or it has no such axis or value
   */
  public List<Crossing> of(UUID run, Asked asked) {
    runs.get(run);
    List<CellView> all = runs.cellsAndControls(run, -1, Integer.MAX_VALUE);
    List<CellView> subjects = all.stream().filter(Comparisons::subject).toList();
    refuse(asked, subjects);
    Map<Map<String, Object>, List<CellView>> groups = new LinkedHashMap<>();
    for (CellView cell : subjects) {
      if (cell.axes().containsKey(asked.x())
          && (is(cell, asked, asked.a()) || is(cell, asked, asked.b()))) {
        Map<String, Object> common =
            Comparisons.without(Comparisons.without(cell.axes(), asked.x()), asked.pivot());
        groups.computeIfAbsent(common, _ -> new ArrayList<>()).add(cell);
      }
    }
    Material material =
        materials.of(List.of(run), all, List.of(asked.measure())).get(asked.measure());
    Map<UUID, Long> seeds = runs.seeds(run);
    return groups.entrySet().stream()
        .map(group -> {
          List<CellView> cells = group.getValue();
          return new CrossingSizes(
                  asked.x(),
                  asked.a(),
                  asked.b(),
                  asked.measure(),
                  material,
                  seeds.get(cells.getFirst().job()))
              .told(
                  group.getKey(),
                  cells.stream().filter(cell -> is(cell, asked, asked.a())).toList(),
                  cells.stream().filter(cell -> is(cell, asked, asked.b())).toList());
        })
        .toList();
  }

  private static boolean is(CellView cell, Asked asked, String value) {
    return value.equals(String.valueOf(cell.axes().get(asked.pivot())));
  }

  private static void refuse(Asked asked, List<CellView> cells) {
    List<String> numeric =
        cells.stream()
            .flatMap(cell -> cell.axes().entrySet().stream())
            .filter(axis -> axis.getValue() instanceof Number)
            .map(Map.Entry::getKey)
            .distinct()
            .toList();
    if (!numeric.contains(asked.x())) {
      throw Comparisons.invalid(
          "x", "the run has no axis of numbers \"%s\"".formatted(asked.x()), numeric);
    }
    List<String> axes =
        cells.stream().flatMap(cell -> cell.axes().keySet().stream()).distinct().toList();
    if (!axes.contains(asked.pivot()) || asked.pivot().equals(asked.x())) {
      throw Comparisons.invalid(
          "pivot",
          "the run has no axis \"%s\" beside the size".formatted(asked.pivot()),
          axes.stream().filter(axis -> !axis.equals(asked.x())).toList());
    }
    List<String> values =
        cells.stream()
            .map(cell -> cell.axes().get(asked.pivot()))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .distinct()
            .toList();
    for (Map.Entry<String, String> side : Map.of("a", asked.a(), "b", asked.b()).entrySet()) {
      if (!values.contains(side.getValue())) {
        throw Comparisons.invalid(
            side.getKey(),
            "no cell of the run has %s = \"%s\"".formatted(asked.pivot(), side.getValue()),
            values);
      }
    }
    if (asked.a().equals(asked.b())) {
      throw Comparisons.invalid(
          "b",
          "is \"%s\", as a is".formatted(asked.b()),
          values.stream().filter(value -> !value.equals(asked.a())).toList());
    }
  }
}
