package dev.lanes.result;

import dev.lanes.catalog.Measure;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The values of one measure of one cell in one round.
 *
 * @param round number of the round, from 0
 * @param warmups how many of the first values are warm-up
 * @param values in the unit of the measure, in the order of turns; at least one more than warm-ups
 */
public record RoundSamples(UUID cell, Measure measure, int round, int warmups, double[] values) {

  public RoundSamples {
    values = values.clone();
    if (warmups < 0 || values.length <= warmups || warmups > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "round %d of cell %s has %d values of which %d are warm-up; at least one must count"
              .formatted(round, cell, values.length, warmups));
    }
    for (double value : values) {
      if (!(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "round %d of cell %s has %s = %s; a value must be finite and not negative"
                .formatted(round, cell, measure.id(), value));
      }
    }
  }

  /** The values that count, in the order of turns. */
  public double[] counted() {
    return Arrays.copyOfRange(values, warmups, values.length);
  }

  /**
   * Tasks per second, of seconds per batch; empty where a value is zero, because the clock was too
   * coarse.
   *
   * @param tasks of a batch
   */
  Optional<RoundSamples> throughput(int tasks) {
    if (Arrays.stream(values).anyMatch(seconds -> seconds == 0)) {
      return Optional.empty();
    }
    double[] perSecond = Arrays.stream(values).map(seconds -> tasks / seconds).toArray();
    return Optional.of(
        new RoundSamples(cell, Measure.THROUGHPUT_PER_SECOND, round, warmups, perSecond));
  }
}
