package dev.lanes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Take the cells of a run away, with their figures.")
final class Export implements Callable<Integer> {

  private static final String JSON = "json";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Api api = new Api();

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private UUID run = new UUID(0, 0);

  @Option(
      names = "--format",
      defaultValue = JSON,
      description = "json, or another one that the server offers.")
  private String format = JSON;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it; else it is printed.")
  private @Nullable Path output;

  @Override
  public Integer call() {
    String path = "/api/v1/runs/%s/cells".formatted(run);
    boolean json = format.equals(JSON);
    HttpResponse<byte[]> answer =
        api.getBytes(
            json ? path : path + "?format=" + URLEncoder.encode(format, StandardCharsets.UTF_8));
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!json && type.startsWith("application/json")) {
      // A server that does not know the parameter answers as if nobody had asked for a format.
      throw new CallFailed("this server offers no cells as " + format, false);
    }
    if (output == null) {
      spec.commandLine().getOut().print(new String(answer.body(), StandardCharsets.UTF_8));
      return Commands.WELL;
    }
    try {
      Files.write(output, answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Commands.WELL;
  }
}
