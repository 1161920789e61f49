package dev.lanes.catalog;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class CatalogController {

  private final Catalog catalog;

  CatalogController(Catalog catalog) {
    this.catalog = catalog;
  }

  @Operation(operationId = "listWorkloads", summary = "Programs that can be measured")
  @GetMapping("/workloads")
  WorkloadList workloads() {
    return new WorkloadList(catalog.workloads(), null);
  }

  @Operation(operationId = "listModels", summary = "Ways of spreading the tasks of a workload")
  @GetMapping("/models")
  ModelList models() {
    return new ModelList(catalog.models(), null);
  }

  @Operation(operationId = "listMeasures", summary = "What is counted")
  @GetMapping("/measures")
  MeasureList measures() {
    return new MeasureList(
        Stream.of(Measure.values())
            .filter(measure -> measure.kind() == Measure.Kind.FIGURE)
            .map(MeasureView::of)
            .toList(),
        null);
  }

  record WorkloadList(List<Workload> items, @Nullable String next) {}

  record ModelList(List<ExecutionModel> items, @Nullable String next) {}

  record MeasureList(List<MeasureView> items, @Nullable String next) {}
}
