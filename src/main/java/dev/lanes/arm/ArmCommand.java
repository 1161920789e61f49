package dev.lanes.arm;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Outcome;
import dev.lanes.interpreter.BuildFiles;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.interpreter.PackageFolder;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one cell is started: everything that is the same in each of its rounds.
 *
 * @param build files of the interpreter as they were when it was found
 * @param variant of the model, null when it has none
 * @param requires packages that the workload needs beyond the standard library
 * @param packages where they lie; null when it needs none
 * @param services variables that tell the workload how to reach what runs beside it
 */
public record ArmCommand(
    CellSpec cell,
    Interpreter interpreter,
    BuildFiles build,
    Path harness,
    Path workload,
    Path model,
    @Nullable String variant,
    List<String> requires,
    @Nullable PackageFolder packages,
    Map<String, String> services) {

  /**
   * Refuses to take another program for the interpreter that was found under this name.
   *
   * @throws ArmFailure if its files are not those any more
   */
  void requireSameBuild() throws ArmFailure {
    var replacement = build.replacement();
    if (replacement.isPresent()) {
      throw new ArmFailure(
          Outcome.NOT_MEASURED,
          "%s is not %s any more: the digest of its files was %.12s and is %.12s now; start the"
                  .formatted(
                      interpreter.executable(), interpreter.id(), build.sha256(), replacement.get())
              + " worker again, so that it is found as what it is",
          new Evidence(null, null, null, null));
    }
  }

  /**
   * Program and arguments: isolated from the user's site and folders; not by {@code -I}, which
   * would ignore the hash seed too.
   *
   * @param nonce with which the process marks its events
   */
  List<String> arguments(String nonce) {
    List<String> arguments = new ArrayList<>(List.of(interpreter.executable(), "-s"));
    if (knowsSafePath()) {
      arguments.add("-P");
    }
    arguments.addAll(List.of("-X", "utf8"));
    arguments.addAll(Interpreters.options(interpreter));
    arguments.addAll(List.of(harness.toString(), nonce));
    return arguments;
  }

  /** Before 3.11 the harness takes its folder off the path by itself. */
  private boolean knowsSafePath() {
    String[] version = interpreter.version().split("\\.");
    return Integer.parseInt(version[0]) > 3 || Integer.parseInt(version[1]) >= 11;
  }

  /**
   * The whole environment of the process. Nothing is inherited, since a variable such as {@code
   * PYTHONDONTWRITEBYTECODE} changes what is measured.
   *
   * @param hashSeed PYTHONHASHSEED: where dictionaries and sets put what they hold
   * @param padding bytes by which this process's stack is moved, so that no layout is favoured
   */
  Map<String, String> environment(Path home, long hashSeed, int padding) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    environment.put("PYTHONHASHSEED", String.valueOf(hashSeed));
    environment.put("LANES_PADDING", "x".repeat(padding));
    // One each: a library's own threads would take the processors from the model's.
    List.of("OMP", "OPENBLAS", "MKL").forEach(name -> environment.put(name + "_NUM_THREADS", "1"));
    if (packages != null && packages.folder() != null) {
      environment.put("PYTHONPATH", packages.folder().toString());
    }
    environment.putAll(services);
    return environment;
  }

  /**
   * The first line that the harness reads.
   *
   * @param expected what every task must give, where it is known
   */
  Map<String, Object> order(@Nullable JsonNode expected) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("workload", workload.toString());
    order.put("model", model.toString());
    order.put("variant", variant);
    order.put("parameters", cell.parameters());
    order.put("tasks", cell.tasks());
    order.put("parallelism", cell.parallelism());
    order.put("expected", expected);
    if (packages != null && packages.reason() != null) {
      order.put("missing", Map.of("modules", requires, "reason", packages.reason()));
    }
    order.put("expect", Map.of("gil_enabled", interpreter.gil() != Gil.OFF));
    return order;
  }
}
