package dev.lanes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the documentation has a worker started, so that what is measured is what is advised.
 *
 * @param javaOptions what stands between the Java and the jar
 * @param environment variables of the process
 */
record WorkerUnit(List<String> javaOptions, Map<String, String> environment) {

  WorkerUnit {
    javaOptions = List.copyOf(javaOptions);
    environment = Map.copyOf(environment);
  }

  /** Of the unit in src/docs. */
  static WorkerUnit read() throws IOException {
    Path unit =
        Path.of(
            System.getProperty("lanes.bench.folder", "src/bench"), "../docs/lanes-worker.service");
    String text = Files.readString(unit).replace("\\\n", " ");
    List<String> options = new ArrayList<>();
    Map<String, String> environment = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("ExecStart=")) {
        List<String> words = List.of(line.substring("ExecStart=".length()).split("\\s+"));
        options.addAll(words.subList(1, words.indexOf("-jar")));
      } else if (line.matches("Environment=[A-Z_]+=.*")) {
        String[] variable = line.substring("Environment=".length()).split("=", 2);
        environment.put(variable[0], variable[1]);
      }
    }
    return new WorkerUnit(options, environment);
  }
}
