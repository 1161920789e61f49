package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ComparisonController {

  private final Comparisons comparisons;

  ComparisonController(Comparisons comparisons) {
    this.comparisons = comparisons;
  }

  @Operation(operationId = "compare", summary = "Cells of a run compared along one axis")
  @GetMapping("/api/v1/comparisons")
  Comparison compare(
      @RequestParam UUID run,
      @RequestParam(defaultValue = "model") String pivot,
      @RequestParam(defaultValue = "sequential") String baseline,
      @RequestParam(defaultValue = "total_seconds") String measure) {
    Measure known =
        Measure.of(measure)
            .filter(found -> found.kind() == Measure.Kind.FIGURE)
            .orElseThrow(() ->
                Comparisons.invalid(
                    "measure",
                    "there is no measure \"%s\"".formatted(measure),
                    Arrays.stream(Measure.values())
                        .filter(other -> other.kind() == Measure.Kind.FIGURE)
                        .map(Measure::id)
                        .toList()));
    return comparisons.compare(run, pivot, baseline, known);
  }
}
