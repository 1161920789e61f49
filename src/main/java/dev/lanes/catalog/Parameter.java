package dev.lanes.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A typed parameter of a workload.
 *
 * @param name axis name in a run's matrix
 * @param type how values are written
 * @param unit what one stands for, {@code digits}; empty when the value is a choice
 * @param standard value taken when a run does not name the axis
 * @param minimum smallest allowed integer, inclusive
 * @param maximum largest allowed integer, inclusive
 * @param choices all allowed texts; empty unless the type is {@link Type#TEXT}
 */
public record Parameter(
    String name,
    Type type,
    String unit,
    String description,
    @JsonProperty("default") @Schema(ref = "#/components/schemas/AxisValue") Object standard,
    @Nullable Long minimum,
    @Nullable Long maximum,
    List<String> choices) {

  /** How values of a parameter are written in JSON. */
  public enum Type {
    INTEGER,
    TEXT
  }

  public Parameter {
    choices = List.copyOf(choices);
  }

  /** What is allowed, in words for an error message. */
  public String allowed() {
    return switch (type) {
      case INTEGER ->
          "an integer from %d to %d%s"
              .formatted(minimum, maximum, unit.isEmpty() ? "" : " (" + unit + ")");
      case TEXT -> "one of " + String.join(", ", choices);
    };
  }

  /** The value in its stored form, or empty when it is not allowed. */
  public Optional<Object> accept(@Nullable Object value) {
    return switch (type) {
      case INTEGER -> integer(value);
      case TEXT ->
          value instanceof String text && choices.contains(text)
              ? Optional.of(text)
              : Optional.empty();
    };
  }

  private Optional<Object> integer(@Nullable Object value) {
    if (!(value instanceof Integer || value instanceof Long)) {
      return Optional.empty();
    }
    long number = ((Number) value).longValue();
    boolean within =
        (minimum == null || number >= minimum) && (maximum == null || number <= maximum);
    return within ? Optional.of(number) : Optional.empty();
  }
}
