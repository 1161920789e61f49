package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/comparisons")
class ComparisonController {

  private static final String TOTAL = "total_seconds";

  private final Comparisons comparisons;

  ComparisonController(Comparisons comparisons) {
    this.comparisons = comparisons;
  }

  /**
   * The same cells compared by several measures.
   *
   * @param items in the order in which the measures were asked for
   */
  record ComparisonList(List<Comparison> items, @Nullable String next) {}

  @Operation(
      operationId = "compare",
      summary = "Cells of a run compared along one axis, or with those of another run")
  @GetMapping
  Comparison compare(
      @RequestParam UUID run,
      @RequestParam(required = false) @Nullable UUID against,
      @RequestParam(required = false) @Nullable String pivot,
      @RequestParam(required = false) @Nullable String baseline,
      @RequestParam(defaultValue = TOTAL) String measure,
      @RequestParam(defaultValue = "false") boolean unpaired,
      @RequestParam(defaultValue = "") List<String> across) {
    return compared(run, against, pivot, baseline, List.of(measure), unpaired, across).getFirst();
  }

  @Operation(
      operationId = "compareMeasures",
      summary = "The same by several measures, which are one family for the false discovery rate")
  @GetMapping("/measures")
  ComparisonList compareMeasures(
      @RequestParam UUID run,
      @RequestParam(required = false) @Nullable UUID against,
      @RequestParam(required = false) @Nullable String pivot,
      @RequestParam(required = false) @Nullable String baseline,
      @RequestParam(defaultValue = TOTAL) List<String> measure,
      @RequestParam(defaultValue = "false") boolean unpaired,
      @RequestParam(defaultValue = "") List<String> across) {
    return new ComparisonList(
        compared(run, against, pivot, baseline, measure, unpaired, across), null);
  }

  private List<Comparison> compared(
      UUID run,
      @Nullable UUID against,
      @Nullable String pivot,
      @Nullable String baseline,
      List<String> measures,
      boolean unpaired,
      List<String> across) {
    List<Measure> known = measures(measures);
    Set<Across> asked = across(across);
    if (against == null) {
      return comparisons.compare(
          run,
          pivot == null ? "model" : pivot,
          baseline == null ? "sequential" : baseline,
          known,
          unpaired,
          asked);
    }
    refuseAxis("pivot", pivot);
    refuseAxis("baseline", baseline);
    return comparisons.compareRuns(run, against, known, asked);
  }

  private static void refuseAxis(String parameter, @Nullable String value) {
    if (value != null) {
      String detail = "\"%s\" is of one run, and against names a second one".formatted(value);
      throw Comparisons.invalid(parameter, detail, List.of("either of them"));
    }
  }

  private static List<Measure> measures(List<String> ids) {
    return ids.stream().map(ComparisonController::measure).distinct().toList();
  }

  /** A measure that is compared, by its id. */
  static Measure measure(String id) {
    return Measure.of(id)
        .filter(found -> found.kind() == Measure.Kind.FIGURE)
        .orElseThrow(() ->
            Comparisons.invalid(
                "measure",
                "there is no measure \"%s\"".formatted(id),
                Arrays.stream(Measure.values())
                    .filter(other -> other.kind() == Measure.Kind.FIGURE)
                    .map(Measure::id)
                    .toList()));
  }

  private static Set<Across> across(List<String> ids) {
    Set<Across> across = EnumSet.noneOf(Across.class);
    for (String id : ids) {
      if (!id.isBlank()) {
        across.add(
            Across.of(id)
                .orElseThrow(() ->
                    Comparisons.invalid(
                        "across", "nothing is called \"%s\"".formatted(id), Across.ids())));
      }
    }
    return across;
  }
}
