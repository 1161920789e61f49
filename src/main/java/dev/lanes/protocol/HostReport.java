package dev.lanes.protocol;

import dev.lanes.catalog.Interpreter;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
 * @param labels what the owner of the host says about it, by name; hardware profiles may ask for
 *     them
 * @param interpreters every Python found, usable or not
 */
public record HostReport(
    @Min(1) int cores,
    @Nullable Long memoryBytes,
    @NotNull String architecture,
    @NotNull Map<String, Object> facts,
    @NotNull @Size(max = 32)
        Map<
                @Pattern(regexp = HostReport.LABEL) String,
                @NotNull @Pattern(regexp = HostReport.LABEL) String>
            labels,
    @NotNull List<Interpreter> interpreters) {

  /** Names and values of labels. */
  public static final String LABEL = "[A-Za-z0-9._-]{1,63}";

  public HostReport {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    interpreters = List.copyOf(interpreters);
  }
}
