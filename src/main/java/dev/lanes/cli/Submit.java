package dev.lanes.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(name = "submit", description = "Queue a run and print its id.")
final class Submit implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Api api = new Api();

  @Parameters(
      paramLabel = "FILE|SUITE",
      description = "File with a run as the API takes it, or the name of a suite.")
  private String what = "";

  @Override
  public Integer call() throws IOException {
    JsonNode run;
    if (Files.isRegularFile(Path.of(what))) {
      run = api.post("/api/v1/runs", Files.readString(Path.of(what)));
    } else if (what.contains("/") || what.endsWith(".json")) {
      throw new CallFailed("there is no file " + what, false);
    } else {
      String name = URLEncoder.encode(what, StandardCharsets.UTF_8);
      run = api.post("/api/v1/suites/%s/runs".formatted(name), "");
    }
    String id = run.path("id").asString();
    var command = spec.commandLine();
    command.getErr().println("queued as " + api.page(id));
    command.getOut().println(id);
    return Commands.WELL;
  }
}
