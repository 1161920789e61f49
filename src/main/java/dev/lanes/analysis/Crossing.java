package dev.lanes.analysis;

import dev.lanes.catalog.Quality;
import dev.lanes.statistics.Crossover;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The size of the work at which one of two overtakes the other.
 *
 * @param axes what the cells have in common: neither the size nor what is compared
 * @param sentence the answer in words
 * @param size where both are equal; null unless crossed
 * @param ciLow lower end of its 95 % interval; null where it is below the smallest size
 * @param ciHigh upper end; null where it is beyond the largest size
 * @param octaves width of the interval: 1 where its ends differ by a factor of 2; null where open
 * @param changes between which sizes the sides change, ascending
 * @param sizes that were used, ascending
 * @param leftOut sizes that were not, with the reason
 * @param warnings what speaks against the figures
 * @param preliminary whether a job of it is still being measured
 */
public record Crossing(
    @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
    Crossover.Status status,
    String sentence,
    @Nullable Double size,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double octaves,
    List<Change> changes,
    List<Size> sizes,
    List<LeftOut> leftOut,
    List<String> warnings,
    boolean preliminary) {

  /** Which of the two is better. */
  public enum Ahead {
    A,
    B,
    /** It is not decided. */
    NEITHER
  }

  /**
   * A change of sides.
   *
   * @param from largest decided size before it
   * @param to smallest decided size after it
   * @param ahead who is better after it
   */
  public record Change(double from, double to, Ahead ahead) {}

  /**
   * One size.
   *
   * @param ratio a over b, in the measure
   * @param ciLow lower end of its interval at the confidence of the answer; null with few rounds
   * @param ciHigh upper end
   * @param ahead decided together with all other sizes, so that it needs more than the interval
   * @param quality the worse of both
   */
  public record Size(
      double x,
      UUID a,
      UUID b,
      int rounds,
      double ratio,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      Ahead ahead,
      @Nullable Quality quality,
      List<String> qualityReasons) {}

  /** A size that has no ratio, or none that can be used. */
  public record LeftOut(double x, String reason) {}
}
