package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a cell ended in an attempt.
 *
 * @param build exact id of the interpreter that was used; null when none was
 * @param rounds whole rounds that count
 * @param loops batches per slice; 0 when no slice ran
 * @param imprecise why the asked precision was not reached; null when it was
 * @param environment what the measuring process said about itself
 */
public record CellEnding(
    UUID cell,
    Outcome outcome,
    @Nullable String reason,
    @Nullable Evidence evidence,
    @Nullable String build,
    int rounds,
    int loops,
    @Nullable String imprecise,
    Map<String, Object> environment) {

  public CellEnding {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    if (outcome != Outcome.SUCCEEDED && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(
          "cell %s ended as %s without a reason".formatted(cell, outcome));
    }
  }
}
