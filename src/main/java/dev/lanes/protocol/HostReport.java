package dev.lanes.protocol;

import dev.lanes.catalog.Interpreter;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a host.
 *
 * @param cores logical processors that the worker may use
 * @param memoryBytes physical memory; null where it cannot be read
 * @param facts further facts by name; what a host does not tell is absent
 * @param interpreters every Python found, usable or not
 */
public record HostReport(
    @Min(1) int cores,
    @Nullable Long memoryBytes,
    @NotNull String architecture,
    @NotNull Map<String, Object> facts,
    @NotNull List<Interpreter> interpreters) {

  public HostReport {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    interpreters = List.copyOf(interpreters);
  }
}
