package dev.lanes.analysis;

import dev.lanes.catalog.Quality;
import dev.lanes.statistics.ScalingFit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one model with one interpreter scales: time of the same work by number of workers.
 *
 * @param axes what the cells have in common, without {@code parallelism}
 * @param reference what speed-ups are told against
 * @param referenceCell null when there is nothing to tell them against
 * @param points numbers of workers that have figures, ascending
 * @param leftOut numbers of workers that have none, or none that can be used
 * @param fit what a law of scaling says
 * @param warnings what speaks against the figures
 * @param preliminary whether a job of it is still being measured
 */
public record Scaling(
    @Schema(ref = "#/components/schemas/Axes") Map<String, Object> axes,
    Reference reference,
    @Nullable UUID referenceCell,
    List<Point> points,
    List<LeftOut> leftOut,
    Fit fit,
    List<String> warnings,
    boolean preliminary) {

  /** What a speed-up is told against. */
  public enum Reference {
    /** The plain program without workers, on the same interpreter, in the same rounds. */
    SEQUENTIAL,
    /** One worker of the same model: what starting and feeding workers costs is not in it. */
    ONE_WORKER,
    /** Neither was measured in the same rounds. */
    NONE
  }

  /**
   * A figure with its 95 % interval, dimensionless or a number of workers.
   *
   * @param ciLow null with too few rounds
   * @param ciHigh null with too few rounds
   */
  public record Estimate(double value, @Nullable Double ciLow, @Nullable Double ciHigh) {}

  /**
   * One number of workers.
   *
   * @param medianSeconds median over rounds of the round's median
   * @param speedUp time of the reference over this time; null without a reference
   * @param efficiency speed-up over number of workers
   * @param serialFraction that Karp and Flatt determine from one worker of the same model: constant
   *     where a serial share limits, growing where every worker adds to the cost; null for one
   *     worker, or where one was not measured
   * @param processors that the workers could use; null where it was not told
   * @param oversubscribed whether there were more workers than processors for them, so that the
   *     point says nothing of a law and is not fitted
   */
  public record Point(
      int parallelism,
      UUID cell,
      int rounds,
      double medianSeconds,
      @Nullable Estimate speedUp,
      @Nullable Estimate efficiency,
      @Nullable Estimate serialFraction,
      @Nullable Integer processors,
      boolean oversubscribed,
      @Nullable Quality quality,
      List<String> qualityReasons) {}

  /** A number of workers that has no figures, or none that can be used. */
  public record LeftOut(int parallelism, UUID cell, String reason) {}

  /**
   * What is fitted through the points that are not oversubscribed.
   *
   * @param reason why it is not more; null for the universal law
   * @param contention share of the work that only one worker does at a time
   * @param coherency what every worker costs every other one, as a share of the work; null unless
   *     told apart from none
   * @param peak number of workers with the greatest throughput; null unless coherency is told
   * @param worstMiss largest factor between a measured and its fitted time, either way, minus 1
   */
  public record Fit(
      ScalingFit.Law law,
      @Nullable String reason,
      @Nullable Estimate contention,
      @Nullable Estimate coherency,
      @Nullable Estimate peak,
      @Nullable Double worstMiss) {}
}
