package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a cell stands: in the attempt that counts, or without one.
 *
 * @param fence the attempt; null when there is none
 * @param host name of the attempt's host
 * @param outcome null while the cell has not ended
 * @param preliminary whether the attempt is still open, so that another one may replace it
 * @param measures what the samples say, by measure
 */
public record CellStanding(
    UUID cell,
    @Nullable Long fence,
    @Nullable String host,
    @Nullable Outcome outcome,
    @Nullable String reason,
    @Nullable Evidence evidence,
    @Nullable String build,
    int rounds,
    int loops,
    @Nullable String imprecise,
    boolean preliminary,
    Map<String, Object> environment,
    Map<Measure, Summary> measures) {

  /**
   * The median over rounds of each round's median, in the unit of the measure.
   *
   * @param ciLow lower end of its 95 % interval; null with too few rounds for one
   * @param ciHigh upper end; null with too few rounds for one
   * @param n rounds
   */
  public record Summary(double median, @Nullable Double ciLow, @Nullable Double ciHigh, int n) {}

  public CellStanding {
    Map<Measure, Summary> sorted = new EnumMap<>(Measure.class);
    sorted.putAll(measures);
    measures = Collections.unmodifiableMap(sorted);
  }
}
