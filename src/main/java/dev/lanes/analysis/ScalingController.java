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
class ScalingController {

  /** Times of the whole work; what is a part of it, or grows with the workers, has no law. */
  private static final List<Measure> TIMES = List.of(Measure.STEADY_SECONDS, Measure.TOTAL_SECONDS);

  private final Scalings scalings;

  ScalingController(Scalings scalings) {
    this.scalings = scalings;
  }

  /**
   * Every model and interpreter of a run with its work; none where the run has nothing but plain
   * programs.
   *
   * @param x the axis that is scaled along
   * @param confidence of every interval
   */
  record ScalingList(
      UUID run, String x, MeasureView measure, double confidence, List<Scaling> items) {}

  @Operation(
      operationId = "listScaling",
      summary = "Speed-up, efficiency and laws of scaling by number of workers")
  @GetMapping("/api/v1/scaling")
  ScalingList list(
      @RequestParam UUID run,
      @RequestParam(defaultValue = ScalingLine.WORKERS) String x,
      @RequestParam(defaultValue = "steady_seconds") String measure) {
    if (!x.equals(ScalingLine.WORKERS)) {
      throw Comparisons.invalid(
          "x", "nothing scales along \"%s\"".formatted(x), List.of(ScalingLine.WORKERS));
    }
    Measure time =
        TIMES.stream()
            .filter(known -> known.id().equals(measure))
            .findFirst()
            .orElseThrow(() ->
                Comparisons.invalid(
                    "measure",
                    "\"%s\" has no law of scaling".formatted(measure),
                    TIMES.stream().map(Measure::id).toList()));
    return new ScalingList(run, x, MeasureView.of(time), 0.95, scalings.of(run, time));
  }
}
