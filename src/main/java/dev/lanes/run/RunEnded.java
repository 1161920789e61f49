package dev.lanes.run;

import java.util.Map;
import java.util.UUID;

/**
 * Told inside the transaction in which a run ends, so that whoever hears it writes with it or not
 * at all.
 *
 * @param state {@code completed} or {@code cancelled}
 */
public record RunEnded(UUID run, String name, String state, Map<String, String> labels) {

  public RunEnded {
    labels = Map.copyOf(labels);
  }
}
