package dev.lanes.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * Whether slices change in the course of their round.
 *
 * <p>Each round gives Kendall's score, the number of pairs of turns in which the later slice is the
 * slower one minus those in which it is the faster one, and the Theil–Sen slope. Both are then
 * judged over the rounds. Kendall's own variance would take the slices of one process for
 * independent; they are not, and a busy host would seem to drift.
 *
 * <p>Source: M. Kendall, Rank Correlation Methods (1948); P. Sen, J. Amer. Statist. Assoc. 63
 * (1968).
 *
 * @param change location over the rounds of slope · (turns − 1), on the log scale: 0.02 when the
 *     last slice takes about 2 % longer than the first
 * @param pValue two-sided signed-rank p-value over the rounds of Kendall's score; below 0.01 only
 *     from 8 rounds on
 */
record Trend(double change, double pValue) {

  /**
   * The trend within rounds; empty when no round has 3 turns, the fewest that can show one.
   *
   * @param slices seconds by round and turn
   * @throws IllegalArgumentException if a time is not positive and finite
   */
  static Optional<Trend> of(double[][] slices) {
    double[][] rounds =
        Arrays.stream(slices)
            .filter(r -> r.length >= 3)
            .map(Trend::logarithms)
            .toArray(double[][]::new);
    if (rounds.length == 0) {
      return Optional.empty();
    }
    double[] scores = Arrays.stream(rounds).mapToDouble(Trend::score).toArray();
    double[] changes = Arrays.stream(rounds).mapToDouble(Trend::change).toArray();
    return Optional.of(new Trend(HodgesLehmann.of(changes).location(), SignedRank.pValue(scores)));
  }

  /**
   * How much larger the second sample is, in its unit: the median of all differences between them
   * (Hodges and Lehmann's estimate of a shift).
   */
  static double shift(double[] first, double[] second) {
    double[] differences =
        Arrays.stream(second).flatMap(b -> Arrays.stream(first).map(a -> b - a)).toArray();
    return MedianInterval.middle(MedianInterval.sorted(differences));
  }

  private static double score(double[] round) {
    double score = 0;
    for (int i = 0; i < round.length; i++) {
      for (int j = i + 1; j < round.length; j++) {
        score += Math.signum(round[j] - round[i]);
      }
    }
    return score;
  }

  private static double change(double[] round) {
    double[] slopes = new double[round.length * (round.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < round.length; i++) {
      for (int j = i + 1; j < round.length; j++) {
        slopes[next++] = (round[j] - round[i]) / (j - i);
      }
    }
    return MedianInterval.middle(MedianInterval.sorted(slopes)) * (round.length - 1);
  }

  private static double[] logarithms(double[] seconds) {
    return Arrays.stream(seconds).map(Trend::logarithm).toArray();
  }

  static double logarithm(double seconds) {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "slice of %s s: must be positive and finite; use a finer clock or longer slices"
              .formatted(seconds));
    }
    return StrictMath.log(seconds);
  }
}
