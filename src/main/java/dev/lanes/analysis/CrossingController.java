package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.MeasureView;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CrossingController {

  private final Crossings crossings;

  CrossingController(Crossings crossings) {
    this.crossings = crossings;
  }

  /**
   * Every work of a run that both do.
   *
   * @param confidence of every interval
   */
  record CrossingList(
      UUID run,
      String x,
      String pivot,
      String a,
      String b,
      MeasureView measure,
      double confidence,
      List<Crossing> items) {}

  @Operation(
      operationId = "listCrossovers",
      summary = "The size of the work from which one is better than another")
  @GetMapping("/api/v1/crossovers")
  CrossingList list(
      @RequestParam UUID run,
      @RequestParam String x,
      @RequestParam String a,
      @RequestParam String b,
      @RequestParam(defaultValue = "model") String pivot,
      @RequestParam(defaultValue = "total_seconds") String measure) {
    Measure figure = ComparisonController.measure(measure);
    Crossings.Asked asked = new Crossings.Asked(x, pivot, a, b, figure);
    return new CrossingList(
        run, x, pivot, a, b, MeasureView.of(figure), 0.95, crossings.of(run, asked));
  }
}
