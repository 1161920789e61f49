package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says about its host.
 *
 * @param cores logical processors that the worker may use
 * @param memoryBytes physical memory; null where it cannot be read
 * @param facts further facts by name
 * @param labels what its owner says about it, by name
 * @param interpreters every Python found, usable or not
 */
public record HostFacts(
    int cores,
    @Nullable Long memoryBytes,
    String architecture,
    Map<String, Object> facts,
    Map<String, String> labels,
    List<Interpreter> interpreters) {

  public HostFacts {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    labels = Map.copyOf(labels);
    interpreters = List.copyOf(interpreters);
  }
}
