package dev.lanes.cli;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "compare",
    description = {
      "Compare a run with an earlier one, as Markdown.",
      "Exit code 1: a regression is confirmed. 0: none is. 2: it cannot be said."
    })
final class Compare implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Api api = new Api();

  @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run to be judged.")
  private UUID run = new UUID(0, 0);

  @Parameters(index = "1", paramLabel = "BASE", description = "Id of the run it is compared with.")
  private UUID base = new UUID(0, 0);

  @Option(
      names = "--measure",
      split = ",",
      defaultValue = "total_seconds",
      description = "Ids of measures, judged as one family. Default: ${DEFAULT-VALUE}")
  private List<String> measures = List.of();

  @Option(
      names = "--across",
      split = ",",
      description = "What may differ between the two: host, environment, protocol, workload.")
  private List<String> across = List.of();

  @Override
  public Integer call() {
    JsonNode judged = finished(run);
    JsonNode before = finished(base);
    JsonNode comparisons =
        api.get(
            "/api/v1/comparisons/measures?run=%s&against=%s&measure=%s&across=%s"
                .formatted(run, base, query(measures), query(across)));
    Regressions found = Regressions.of(comparisons.path("items"));
    spec.commandLine().getOut().print(found.markdown(judged, before));
    return found.exitCode();
  }

  private static String query(List<String> values) {
    return java.net.URLEncoder.encode(
        String.join(",", values), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** What is still measured would be judged by rounds that happened to be there. */
  private JsonNode finished(UUID id) {
    JsonNode view = api.get("/api/v1/runs/" + id);
    if (view.path("finished_at").isNull()) {
      throw new CallFailed(
          "run %s is %s; wait for it with: lanes watch %s"
              .formatted(id, view.path("state").asString(), id),
          false);
    }
    return view;
  }
}
