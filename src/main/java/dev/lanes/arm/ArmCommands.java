package dev.lanes.arm;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Workload;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds on this host what a cell asks for. */
public final class ArmCommands {

  private final Catalog catalog;
  private final Interpreters interpreters;
  private final Map<String, Map<String, String>> services;

  /**
   * @param services by name the variables that tell how a service is reached; a workload gets those
   *     of the services that it names, and of no others
   */
  public ArmCommands(
      Catalog catalog, Interpreters interpreters, Map<String, Map<String, String>> services) {
    this.catalog = catalog;
    this.interpreters = interpreters;
    this.services = services;
  }

  /**
   * How the cell is started here.
   *
   * @throws ArmFailure if something that it asks for is not here, or is not what the server means
   */
  public ArmCommand of(CellSpec cell) throws ArmFailure {
    Interpreter interpreter = cell.role() == ArmRole.ANCHOR ? frozen(cell) : asked(cell);
    ExecutionModel model =
        catalog
            .model(cell.model())
            .orElseThrow(() ->
                failure(
                    Outcome.NOT_MEASURED,
                    "this worker does not know the model \"%s\"; update it"
                        .formatted(cell.model())));
    Optional<Workload> workload = catalog.workload(cell.workload());
    List<String> requires = workload.map(Workload::requires).orElse(List.of());
    Map<String, String> reached = new HashMap<>();
    workload.map(Workload::services).orElse(List.of()).stream()
        .map(service -> services.getOrDefault(service, Map.of()))
        .forEach(reached::putAll);
    return new ArmCommand(
        cell,
        interpreter,
        interpreters.files(interpreter),
        interpreters.harness(),
        workload(cell),
        interpreters.model(model.file()).orElseThrow(),
        model.variant(),
        requires,
        requires.isEmpty() ? null : interpreters.packages(interpreter, requires),
        reached);
  }

  private Interpreter asked(CellSpec cell) throws ArmFailure {
    return interpreters
        .resolve(cell.interpreter())
        .orElseThrow(() ->
            failure(
                Outcome.UNSUPPORTED,
                "this host has no usable interpreter \"%s\"".formatted(cell.interpreter())));
  }

  /** An anchor runs on the bundled build only: any other of its line may be replaced one day. */
  private Interpreter frozen(CellSpec cell) throws ArmFailure {
    return interpreters.all().stream()
        .filter(found -> found.source() == Source.BUNDLED && found.usable())
        .filter(found ->
            found.line().equals(cell.interpreter()) || found.id().equals(cell.interpreter()))
        .findFirst()
        .orElseThrow(() ->
            failure(
                Outcome.UNSUPPORTED,
                "this host has no bundled \"%s\", which an anchor is frozen on"
                    .formatted(cell.interpreter())));
  }

  /** Figures of one version of a workload must never be told as those of another. */
  private Path workload(CellSpec cell) throws ArmFailure {
    String sha256 = catalog.workload(cell.workload()).map(Workload::sha256).orElse("none");
    if (!sha256.equals(cell.workloadSha256())) {
      throw failure(
          Outcome.NOT_MEASURED,
          "this worker's file of the workload \"%s\" has the digest %.12s, the server's %.12s;"
                  .formatted(cell.workload(), sha256, cell.workloadSha256())
              + " give both the same version");
    }
    return interpreters.workload(cell.workload()).orElseThrow();
  }

  private static ArmFailure failure(Outcome outcome, String reason) {
    return new ArmFailure(outcome, reason, new Evidence(null, null, null, null));
  }
}
