package dev.lanes.analysis;

import dev.lanes.analysis.Forecast.Asked;
import dev.lanes.analysis.Preview.Estimate;
import dev.lanes.analysis.Preview.Past;
import dev.lanes.result.MeasuredGroups;
import dev.lanes.run.PlannedRun;
import dev.lanes.run.Precision;
import dev.lanes.run.RunRequest;
import dev.lanes.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PreviewController {

  private final Runs runs;
  private final MeasuredGroups measured;

  PreviewController(Runs runs, MeasuredGroups measured) {
    this.runs = runs;
    this.measured = measured;
  }

  @Operation(
      operationId = "previewRun",
      summary = "What a run would become and how long it would take; nothing is queued")
  @PostMapping("/api/v1/runs/preview")
  Preview preview(@RequestBody RunRequest request) {
    PlannedRun run = runs.plan(request);
    return new Preview(
        run.cells(),
        run.controls(),
        run.profiles().size(),
        run.groups().size(),
        run.unsupported(),
        estimate(run));
  }

  private Estimate estimate(PlannedRun run) {
    Precision precision = run.precision();
    List<Asked> asked =
        run.groups().stream()
            .map(group ->
                new Asked(
                    group.workload(),
                    group.parameters(),
                    group.tasks(),
                    group.parallelisms(),
                    group.arms(),
                    precision.relativeHalfWidth(),
                    precision.minRounds(),
                    precision.maxRounds()))
            .toList();
    Forecast forecast =
        new Forecast(
            measured.latest(asked.stream().map(Asked::workload).collect(Collectors.toSet())));
    OptionalDouble seconds = forecast.seconds(asked, precision.timeBudgetS(), Long.MAX_VALUE);
    long known =
        asked.stream().filter(group -> forecast.seconds(group, Long.MAX_VALUE).isPresent()).count();
    return new Estimate(
        seconds.isPresent() ? (Double) seconds.getAsDouble() : null,
        precision.timeBudgetS(),
        (int) known,
        past(forecast.pastRatios()));
  }

  private static @Nullable Past past(double[] ratios) {
    if (ratios.length == 0) {
      return null;
    }
    return new Past(
        ratios.length,
        Arrays.stream(ratios).min().orElseThrow(),
        Forecast.median(ratios),
        Arrays.stream(ratios).max().orElseThrow());
  }
}
