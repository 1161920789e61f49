package dev.lanes.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The geometric mean of the ratios of certain cells. Its interval is about the true mean of these
 * cells, not of others that might have been chosen, so it grows with the noise of their rounds and
 * not with how much they differ.
 *
 * <p>The variance of a mean of independent estimates is Σ se²/n². Cells of the same cluster share
 * rounds, and with them noise: they are taken as wholly dependent, whose mean has the mean of their
 * standard errors and never more. The degrees of freedom are Satterthwaite's.
 *
 * <p>Source: F. Satterthwaite, An approximate distribution of estimates of variance components,
 * Biometrics Bulletin 2 (1946).
 *
 * @param logRatio mean of the cells' log ratios
 * @param rounds number of cells
 */
public record GeometricMean(
    double logRatio,
    Optional<Interval> logInterval,
    Optional<Interval> logEquivalenceInterval,
    double confidence,
    int rounds)
    implements Ratio {

  /**
   * The log ratio of one cell.
   *
   * @param cluster cells with the same number share rounds
   * @param standardError of the log ratio, not negative
   * @param degrees of freedom of that error, positive
   */
  public record Part(int cluster, double logRatio, double standardError, double degrees) {

    /**
     * A cell that was paired with its baseline.
     *
     * @param logRatios of the rounds, at least two
     */
    public static Part paired(int cluster, Ratio ratio, double[] logRatios) {
      Spread spread = Spread.of(logRatios);
      return new Part(
          cluster, ratio.logRatio(), StrictMath.sqrt(spread.squaredError()), spread.degrees());
    }

    /**
     * A cell whose baseline was measured in other rounds.
     *
     * @param contender logarithms of its rounds, at least two
     * @param baseline likewise
     */
    public static Part unpaired(int cluster, Ratio ratio, double[] contender, double[] baseline) {
      Spread of = Spread.of(contender);
      Spread over = Spread.of(baseline);
      return new Part(
          cluster,
          ratio.logRatio(),
          StrictMath.sqrt(of.squaredError() + over.squaredError()),
          Math.min(of.degrees(), over.degrees()));
    }

    public Part {
      if (!Double.isFinite(logRatio) || !(standardError >= 0) || !(degrees > 0)) {
        throw new IllegalArgumentException(
            "log ratio %s with standard error %s and %s degrees: must be finite, not negative, positive"
                .formatted(logRatio, standardError, degrees));
      }
    }
  }

  /**
   * The mean over all cells given.
   *
   * @param confidence between 0.5 and 1
   * @throws IllegalArgumentException if there is no cell or the confidence is out of range
   */
  public static GeometricMean of(List<Part> parts, double confidence) {
    Ratio.requireConfidence(confidence);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no cells: a mean needs at least one; leave it out");
    }
    double sum = 0;
    Map<Integer, List<Part>> clusters = new TreeMap<>();
    for (Part part : parts) {
      sum += part.logRatio();
      clusters.computeIfAbsent(part.cluster(), _ -> new ArrayList<>()).add(part);
    }
    double mean = sum / parts.size() + 0.0;
    double squares = 0;
    double squaresOverDegrees = 0;
    for (List<Part> cluster : clusters.values()) {
      double error = cluster.stream().mapToDouble(Part::standardError).sum();
      double degrees = cluster.stream().mapToDouble(Part::degrees).min().orElseThrow();
      squares += error * error;
      squaresOverDegrees += error * error * error * error / degrees;
    }
    double degrees =
        squaresOverDegrees == 0
            ? parts.stream().mapToDouble(Part::degrees).min().orElseThrow()
            : squares * squares / squaresOverDegrees;
    double error = StrictMath.sqrt(squares) / parts.size();
    return new GeometricMean(
        mean,
        Optional.of(UnpairedRatio.around(mean, error, degrees, confidence)),
        Optional.of(UnpairedRatio.around(mean, error, degrees, 2 * confidence - 1)),
        confidence,
        parts.size());
  }

  @Override
  public GeometricMean inverse() {
    return new GeometricMean(
        0.0 - logRatio,
        logInterval.map(Interval::negated),
        logEquivalenceInterval.map(Interval::negated),
        confidence,
        rounds);
  }
}
