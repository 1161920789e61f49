package dev.lanes.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "watch",
    description = "Follow a run until it ends; 1 if it was cancelled or a job failed.")
final class Watch implements Callable<Integer> {

  private static final int PAUSE_SECONDS = 1;
  private static final int BAR = 30;

  /** For so many seconds a server may be away: long enough to be started again. */
  private static final int PATIENCE = 300;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Api api = new Api();

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private UUID run = new UUID(0, 0);

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = System.console() != null && System.console().isTerminal();
    String before = "";
    int silent = 0;
    while (true) {
      try {
        JsonNode view = api.get("/api/v1/runs/" + run);
        silent = 0;
        String line = line(view);
        if (terminal) {
          out.print("\r\033[K" + bar(view) + " " + line);
          out.flush();
        } else if (!line.equals(before)) {
          out.println(line);
        }
        before = line;
        if (!view.path("finished_at").isNull()) {
          out.print(terminal ? System.lineSeparator() : "");
          return ended(view, out);
        }
      } catch (CallFailed e) {
        if (!e.passing() || ++silent * PAUSE_SECONDS >= PATIENCE) {
          throw e;
        }
      }
      TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
    }
  }

  private static int ended(JsonNode view, PrintWriter out) {
    boolean well = view.path("state").asString().equals("completed");
    for (JsonNode job : view.path("jobs")) {
      if (job.path("state").asString().equals("failed")) {
        out.println(
            "the job for %s failed: %s"
                .formatted(job.path("profile").asString(), job.path("reason").asString("")));
        well = false;
      }
    }
    return well ? Commands.WELL : Commands.NOT_WELL;
  }

  /** One line that changes only when there is something new. */
  static String line(JsonNode view) {
    JsonNode progress = view.path("progress");
    StringBuilder line =
        new StringBuilder(
            "%s %d/%d cells"
                .formatted(
                    view.path("state").asString(),
                    progress.path("cells_done").asInt(),
                    progress.path("cells_total").asInt()));
    int failed = progress.path("cells_failed").asInt();
    if (failed > 0) {
      line.append(", %d without figures".formatted(failed));
    }
    String waits = view.path("queue").path("reason").asString("");
    String current = progress.path("current").asString("");
    String now = waits.isEmpty() ? current : waits;
    return now.isEmpty() ? line.toString() : line.append(": ").append(now).toString();
  }

  /** A bar of finished cells, with the time that is left where there is an estimate. */
  static String bar(JsonNode view) {
    JsonNode progress = view.path("progress");
    int total = Math.max(1, progress.path("cells_total").asInt());
    int full = BAR * progress.path("cells_done").asInt() / total;
    JsonNode left = progress.path("seconds_left");
    String time =
        left.isNumber() ? String.format(Locale.ROOT, " %.0f s left", left.asDouble()) : "";
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]" + time;
  }
}
