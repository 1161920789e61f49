package dev.lanes.claim;

import dev.lanes.catalog.Measure;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a claim says of cells of its run: where a ratio of two of them lies, or, without a
 * baseline, that the contender's tasks succeed.
 *
 * @param says the condition in words
 * @param measure id of what the ratio is of; null without a baseline
 * @param contender axes that its cell has; where it names no interpreter, the one that is judged. A
 *     {@code *} in the name of an interpreter stands for that one: {@code *t} is its free-threaded
 *     line
 * @param baseline likewise
 * @param scale what the ratio is multiplied by; 1 unless given
 * @param band where the scaled ratio must lie; null where it is shown and decides nothing
 */
record Condition(
    String says,
    @Nullable String measure,
    @Schema(ref = "#/components/schemas/Axes") Map<String, Object> contender,
    @Schema(ref = "#/components/schemas/Axes") @Nullable Map<String, Object> baseline,
    @Nullable Double scale,
    @Nullable Band band) {

  private static final String INTERPRETER = "interpreter";

  Condition {
    if (contender == null || says == null) {
      throw new IllegalArgumentException("a condition says something of a contender");
    }
    if ((baseline == null) != (measure == null) || (baseline == null && band != null)) {
      throw new IllegalArgumentException(
          "\"%s\": a baseline and a measure make a ratio, which may have a band".formatted(says));
    }
    if (measure != null
        && Measure.of(measure).map(Measure::kind).orElse(null) != Measure.Kind.FIGURE) {
      throw new IllegalArgumentException(
          "\"%s\": %s is no measure that is compared".formatted(says, measure));
    }
    if (scale != null && !(scale > 0)) {
      throw new IllegalArgumentException("\"%s\": scale %s is not positive".formatted(says, scale));
    }
  }

  /** What the ratio is of; empty without a baseline. */
  Optional<Measure> figure() {
    return Optional.ofNullable(measure).flatMap(Measure::of);
  }

  /** Whether a verdict depends on it; what does not is only shown. */
  boolean decides() {
    return baseline == null || band != null;
  }

  double factor() {
    return scale == null ? 1 : scale;
  }

  /** The axes of a selection for the interpreter that is judged. */
  static Map<String, Object> at(Map<String, Object> selection, String line) {
    Map<String, Object> axes = new LinkedHashMap<>(selection);
    axes.put(INTERPRETER, line(selection, line));
    return axes;
  }

  /** The line of interpreters that a selection names, for the one that is judged. */
  static String line(Map<String, Object> selection, String line) {
    return String.valueOf(selection.getOrDefault(INTERPRETER, "*")).replace("*", line);
  }
}
