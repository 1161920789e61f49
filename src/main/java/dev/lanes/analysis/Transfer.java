package dev.lanes.analysis;

import dev.lanes.catalog.Quality;
import dev.lanes.statistics.TransferFit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one mechanism costs with one payload: time of a round trip as a straight line over the size
 * of what is handed over, t(n) = α + n/β.
 *
 * @param axes what the cells have in common: mechanism, payload, model, interpreter and others
 * @param status whether latency and bandwidth, or latency alone, can be told
 * @param reason why there is no bandwidth, or nothing at all; null when fitted
 * @param unit of sizes
 * @param alphaSeconds latency α, the time of a round trip that carries nothing; null unless it can
 *     be told
 * @param betaPerSecond bandwidth β in units of size per second; null unless there is a line
 * @param worstMiss largest factor between a measured time and the line's, either way, minus 1; null
 *     without a line
 * @param margin relative difference between two sizes that is taken for the host's and not for
 *     latency or bandwidth: 2 %, or what the anchor's time differed by
 * @param sizes that were used, ascending
 * @param leftOut sizes that were not, with the reason
 * @param warnings what else speaks against the figures
 * @param preliminary whether a job of it is still being measured
 */
public record Transfer(
    @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
    TransferFit.Status status,
    @Nullable String reason,
    Unit unit,
    @Nullable Estimate alphaSeconds,
    @Nullable Estimate betaPerSecond,
    @Nullable Double worstMiss,
    double margin,
    List<Size> sizes,
    List<LeftOut> leftOut,
    List<String> warnings,
    boolean preliminary) {

  /** What a size counts. */
  public enum Unit {
    BYTES,
    ITEMS
  }

  /**
   * A fitted figure with its 95 % interval.
   *
   * @param value null for the bandwidth of a flat line, of which only the lower end is known
   * @param ciLow null where nothing bounds it
   * @param ciHigh null where nothing bounds it
   */
  public record Estimate(@Nullable Double value, @Nullable Double ciLow, @Nullable Double ciHigh) {}

  /**
   * One measured size.
   *
   * @param size in the unit; of an array, rounded up to whole doubles
   * @param medianSeconds of one round trip: median over rounds of the round's median
   * @param miss measured over fitted time, minus 1; null without a line
   * @param quality how far the cell's figures can be trusted
   * @param qualityReasons what speaks against them, the weightiest first
   */
  public record Size(
      long size,
      UUID cell,
      int rounds,
      double medianSeconds,
      @Nullable Double miss,
      @Nullable Quality quality,
      List<String> qualityReasons) {}

  /** A size that has no figures, or none that can be used. */
  public record LeftOut(long size, UUID cell, String reason) {}
}
