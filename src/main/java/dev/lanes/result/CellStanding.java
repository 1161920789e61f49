package dev.lanes.result;

import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a cell stands: in the attempt that counts, or without one.
 *
 * @param fence the attempt; null when there is none
 * @param host name of the attempt's host
 * @param outcome null while the cell has not ended
 * @param turns turns of a round that count
 * @param warmups turns before them that are kept and flagged
 * @param quality how far the figures can be trusted; null without figures
 * @param qualityReasons what speaks against them, the weightiest first
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
    int turns,
    int warmups,
    @Nullable Quality quality,
    List<String> qualityReasons,
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
    qualityReasons = List.copyOf(qualityReasons);
    Map<Measure, Summary> sorted = new EnumMap<>(Measure.class);
    sorted.putAll(measures);
    measures = Collections.unmodifiableMap(sorted);
  }

  /** How the cell ended, in words that follow its name. */
  public String ending() {
    if (outcome == null) {
      return "has not been measured yet";
    }
    String how = "ended as " + outcome.name().toLowerCase(Locale.ROOT);
    return reason == null ? how : how + ": " + reason;
  }
}
