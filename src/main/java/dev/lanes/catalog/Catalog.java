package dev.lanes.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be measured: every workload and every execution model, sorted by id. */
public record Catalog(List<Workload> workloads, List<ExecutionModel> models) {

  public Catalog {
    workloads = workloads.stream().sorted(Comparator.comparing(Workload::id)).toList();
    models = List.copyOf(models);
  }

  /** The workload with this id, or empty. */
  public Optional<Workload> workload(String id) {
    return workloads.stream().filter(workload -> workload.id().equals(id)).findFirst();
  }

  /** The execution model with this id, or empty. */
  public Optional<ExecutionModel> model(String id) {
    return models.stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
