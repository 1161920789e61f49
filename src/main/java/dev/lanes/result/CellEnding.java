package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a cell ended in an attempt.
 *
 * @param build exact id of the interpreter that was used; null when none was
 * @param rounds whole rounds that count
 * @param loops batches per slice; 0 when no slice ran
 * @param turns turns of a round that count; 0 when no slice ran
 * @param warmups turns before them that are kept and flagged
 * @param imprecise why the asked precision was not reached; null when it was
 * @param quality how far its figures can be trusted; null without figures
 * @param qualityReasons what speaks against them, the weightiest first, in words
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
    int turns,
    int warmups,
    @Nullable String imprecise,
    @Nullable Quality quality,
    List<String> qualityReasons,
    Map<String, Object> environment) {

  public CellEnding {
    qualityReasons = List.copyOf(qualityReasons);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    if (outcome != Outcome.SUCCEEDED && (reason == null || reason.isBlank())) {
      throw new IllegalArgumentException(
          "cell %s ended as %s without a reason".formatted(cell, outcome));
    }
  }
}
