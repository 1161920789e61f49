package dev.lanes.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Comparison of several arms with one baseline at once: who compares ten equal arms finds one that
 * differs. If an arm equals the baseline, its log ratios are as likely with the other sign; the
 * signs of whole rounds are flipped, which keeps what the arms share through their baseline, and
 * the largest studentised mean over the arms is the yardstick for each.
 *
 * <p>P-values are exact under that symmetry: the chance that any of the equal arms gets one of at
 * most 5 % is at most 5 %. Intervals flip the deviations from the arms' means, and hold all
 * together in about 95 % of attempts (measured in {@code src/docs/statistics.md}).
 *
 * <p>Source: P. Westfall, S. Young, Resampling-Based Multiple Testing (1993), single-step max-T; R.
 * Fisher, The Design of Experiments (1935), section 21, on flipping signs.
 *
 * @param arms in the order given
 */
public record SignFlip(List<Arm> arms) {
  /** Sign vectors drawn when there are too many to go through all. */
  private static final int DRAWN = 9_999;

  /** 2^13 = 8 192 sign vectors are gone through one by one. */
  private static final int MAX_ENUMERATED_ROUNDS = 13;

  /** Sums of the same numbers in another order may differ by this much, relatively. */
  private static final double ROUNDING = 1e-12;

  private static final double ALPHA = 0.05;

  /**
   * One arm among the others.
   *
   * @param adjustedP two-sided p-value of "equals the baseline", adjusted for the number of arms
   * @param logInterval interval of the mean log ratio; all arms' intervals hold together at 95 %;
   *     absent below 6 rounds
   */
  public record Arm(double adjustedP, Optional<Interval> logInterval) {}

  public SignFlip {
    arms = List.copyOf(arms);
  }

  /**
   * Judges all arms of a comparison group. Changing all signs, as when contender and baseline are
   * swapped, changes exactly the signs of the intervals; the order of rounds does not matter.
   *
   * @param logRatios by arm and round, the same rounds for every arm; at least one of each
   * @param seed of the drawn sign vectors; without effect up to {@value #MAX_ENUMERATED_ROUNDS}
   *     rounds, where all are gone through
   * @throws IllegalArgumentException if there is no arm or no round, the arms differ in rounds, or
   *     a value is not finite
   */
  public static SignFlip of(double[][] logRatios, long seed) {
    return of(logRatios, seed, DRAWN);
  }

  /** For simulations, which can do with fewer drawn vectors than a result. */
  static SignFlip of(double[][] logRatios, long seed, int drawn) {
    double[][] arms = inOrder(logRatios);
    int rounds = arms[0].length;
    double[] means = Arrays.stream(arms).mapToDouble(arm -> sum(arm) / rounds).toArray();
    double[][] deviations =
        IntStream.range(0, arms.length)
            .mapToObj(arm -> deviations(arms[arm], means[arm]))
            .toArray(double[][]::new);
    double[][] signs = rounds > MAX_ENUMERATED_ROUNDS ? drawn(rounds, seed, drawn) : all(rounds);
    double[] largest = largest(arms, signs);
    double critical = quantile(largest(deviations, signs));
    boolean enumerated = rounds <= MAX_ENUMERATED_ROUNDS;
    List<Arm> judged = new ArrayList<>();
    for (int arm = 0; arm < arms.length; arm++) {
      double observed = Math.abs(sum(arms[arm])) / norm(arms[arm]);
      judged.add(
          new Arm(
              share(largest, observed, enumerated),
              interval(means[arm], deviations[arm], critical)));
    }
    return new SignFlip(judged);
  }

  /** The opposite of a vector gives the same statistics, so the first round keeps its sign. */
  private static double[][] all(int rounds) {
    double[][] signs = new double[1 << (rounds - 1)][rounds];
    for (int vector = 0; vector < signs.length; vector++) {
      for (int round = 0; round < rounds; round++) {
        signs[vector][round] = (vector << 1 >> round & 1) == 1 ? -1 : 1;
      }
    }
    return signs;
  }

  private static double[][] drawn(int rounds, long seed, int vectors) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    double[][] signs = new double[vectors][rounds];
    for (double[] vector : signs) {
      long bits = 0;
      for (int round = 0; round < rounds; round++) {
        bits = round % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
        vector[round] = (bits & 1) == 1 ? -1 : 1;
      }
    }
    return signs;
  }

  /**
   * Largest statistic over the arms for each sign vector, in ascending order. The statistic is
   * |sum| / root of the sum of squares: a growing function of the absolute t statistic, the same
   * for all arms, and signs do not change its denominator.
   */
  private static double[] largest(double[][] arms, double[][] signs) {
    double[] largest = new double[signs.length];
    for (double[] arm : arms) {
      double norm = norm(arm);
      for (int vector = 0; vector < signs.length; vector++) {
        double sum = 0;
        for (int round = 0; round < arm.length; round++) {
          sum += signs[vector][round] * arm[round];
        }
        largest[vector] = Math.max(largest[vector], Math.abs(sum) / norm);
      }
    }
    Arrays.sort(largest);
    return largest;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Share of sign vectors that do at least as well; what was observed counts as one drawn. */
  private static double share(double[] largest, double observed, boolean enumerated) {
    long better =
        Arrays.stream(largest).filter(statistic -> statistic >= observed * (1 - ROUNDING)).count();
    return enumerated ? (double) better / largest.length : (better + 1.0) / (largest.length + 1);
  }

  private static double quantile(double[] sorted) {
    return sorted[(int) Math.ceil((1 - ALPHA) * sorted.length) - 1];
  }

  /** All means whose statistic would not exceed the critical one; as mean ± t · standard error. */
  private static Optional<Interval> interval(double mean, double[] deviations, double critical) {
    int rounds = deviations.length;
    double room = rounds - critical * critical;
    if (rounds < SignedRank.smallestSize(ALPHA) || room <= rounds * ROUNDING) {
      return Optional.empty();
    }
    double squares = Arrays.stream(deviations).map(d -> d * d).sum();
    double halfWidth = critical * StrictMath.sqrt(squares / (rounds * room));
    return Optional.of(new Interval(mean - halfWidth + 0.0, mean + halfWidth + 0.0));
  }

  private static double[] deviations(double[] values, double mean) {
    return Arrays.stream(values)
        .map(value -> Math.abs(value - mean) <= ROUNDING * Math.abs(mean) ? 0 : value - mean)
        .toArray();
  }

  /** Root of the sum of squares; 1 for zeros, whose statistic is then 0. */
  private static double norm(double[] values) {
    double squares = Arrays.stream(values).map(value -> value * value).sum();
    return squares == 0 ? 1 : StrictMath.sqrt(squares);
  }

  /** Puts rounds in an order that depends on neither their own nor their signs. */
  private static double[][] inOrder(double[][] logRatios) {
    if (logRatios.length == 0 || logRatios[0].length == 0) {
      throw new IllegalArgumentException(
          "no log ratios: at least one arm with one round is needed; leave the test out");
    }
    int rounds = logRatios[0].length;
    for (int arm = 0; arm < logRatios.length; arm++) {
      if (logRatios[arm].length != rounds) {
        throw new IllegalArgumentException(
            "arm %d has %d rounds, arm 0 has %d: keep the rounds that all arms have"
                .formatted(arm, logRatios[arm].length, rounds));
      }
      for (double logRatio : logRatios[arm]) {
        if (!Double.isFinite(logRatio)) {
          throw new IllegalArgumentException(
              "arm %d has log ratio %s: must be finite; leave the failed round out"
                  .formatted(arm, logRatio));
        }
      }
    }
    Comparator<Integer> order = Comparator.comparingInt(round -> 0);
    for (double[] arm : logRatios) {
      order = order.thenComparingDouble(round -> Math.abs(arm[round]));
    }
    List<Integer> sorted = IntStream.range(0, rounds).boxed().sorted(order).toList();
    return Arrays.stream(logRatios)
        .map(arm -> sorted.stream().mapToDouble(round -> arm[round]).toArray())
        .toArray(double[][]::new);
  }
}
