package dev.lanes.bench;

import dev.lanes.catalog.ArmRole;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.worker.LocalWorker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cell as it is written on the command line: {@code WORKLOAD[?NAME=NUMBER[&…]]:MODEL}, for
 * example {@code pi?digits=200:processes:fork}. The model {@code sequential} gets one worker, every
 * other two.
 */
record CellChoice(String text, String workload, Map<String, Object> parameters, String model) {

  static CellChoice parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new UsageException(
          "cell \"%s\": write WORKLOAD[?NAME=NUMBER]:MODEL, as pi?digits=200:threads"
              .formatted(text));
    }
    String[] parts = text.substring(0, colon).split("\\?", 2);
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&")) {
      String[] sides = pair.split("=", 2);
      parameters.put(sides[0], Integer.valueOf(sides[1]));
    }
    return new CellChoice(text, parts[0], parameters, text.substring(colon + 1));
  }

  CellSpec cell(LocalWorker worker, ArmRole role, int tasks, String interpreter) {
    int workers = model.equals("sequential") ? 1 : 2;
    return worker.cell(role, workload, parameters, tasks, workers, model, interpreter);
  }
}
