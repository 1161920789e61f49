package dev.lanes.arm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts one arm from a worker's own environment, whatever that is. */
public final class TellingArm {

  /** A task that writes down what reached it, into the file whose path takes the place of %s. */
  private static final String WORKLOAD =
      """
      import json
      import os
      import sys

      def prepare():
          pass

      def made_before(name, cached):
          if not os.path.exists(cached):
              return False
          if name.split("_")[0].split(".")[0] == "lanes":
              # Marked as Lanes does it; an import by an arm would have marked it by the time.
              with open(cached, "rb") as file:
                  return file.read(8)[4] == 1
          return os.stat(cached).st_mtime < os.stat(os.environ["HOME"]).st_mtime

      def task(state):
          compiled = {}
          for name, module in list(sys.modules.items()):
              cached = getattr(getattr(module, "__spec__", None), "cached", None)
              if cached and name != "lanes_workload_written":
                  compiled[name] = made_before(name, cached)
          report = {
              "environment": dict(os.environ),
              "optimize": sys.flags.optimize,
              "writes_bytecode": not sys.dont_write_bytecode,
              "prefix": sys.pycache_prefix,
              "path": sys.path,
              "compiled": [name for name in compiled if compiled[name]],
              "not_compiled": [name for name in compiled if not compiled[name]],
          }
          with open(%s, "w") as file:
              json.dump(report, file)
          return 1
      """;

  private TellingArm() {}

  /** Takes a folder, in which it leaves {@code report.json}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String report = "'%s'".formatted(Files.createDirectories(folder).resolve("report.json"));
    try (TestArms arms = new TestArms(folder)) {
      Arm arm = arms.start(WORKLOAD.formatted(report), Duration.ofSeconds(30));
      arm.prepare(null);
      arm.finish();
    }
  }
}
