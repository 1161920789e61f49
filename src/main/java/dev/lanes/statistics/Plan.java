package dev.lanes.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How many rounds and turns a measurement will need, from the spread that a pilot shows. */
public final class Plan {
  /** Fewest turns: their median must bear a disturbed one. */
  public static final int MIN_TURNS = 5;

  /** Most turns: more leave the noise between processes as it is. */
  public static final int MAX_TURNS = 40;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Chance to find a difference of the threshold. */
  private static final double POWER = 0.80;

  private Plan() {}

  /**
   * Rounds after which the interval of {@link StopRule#CONFIDENCE} is about as narrow as asked:
   * (z·s / ln(1+h))², rounded up, but not below the fewest that have an interval.
   *
   * @param spread standard deviation s of the rounds' log ratios, at least 0
   * @param relativeHalfWidth asked precision h, above 0: 0.01 for ±1 %
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int roundsForHalfWidth(double spread, double relativeHalfWidth) {
    double z = NORMAL.inverseSurvivalProbability((1 - StopRule.CONFIDENCE) / 2);
    return rounds(z, spread, relativeHalfWidth);
  }

  /**
   * Rounds of which 80 % of measurements find a difference of the threshold at 5 %: (z₀.₉₇₅ +
   * z₀.₈)²·s² / ln²(1+δ) = 7.85·s² / ln²(1+δ), rounded up, but not below the fewest that have an
   * interval. It takes the mean of normal log ratios for the test; ranks need about 5 % more.
   *
   * @param spread standard deviation s of the rounds' log ratios, at least 0
   * @param threshold difference δ to be found, above 0, as 0.02
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int roundsForPower(double spread, double threshold) {
    double z =
        NORMAL.inverseSurvivalProbability((1 - PairedRatio.CONFIDENCE) / 2)
            + NORMAL.inverseCumulativeProbability(POWER);
    return rounds(z, spread, threshold);
  }

  /**
   * Turns per round that make the most of the time: √((c_process / c_slice) · (σ²_slice /
   * σ²_round)), rounded up, from {@value #MIN_TURNS} to {@value #MAX_TURNS}.
   *
   * <p>Source: T. Kalibera, R. Jones, Rigorous Benchmarking in Reasonable Time, ISMM 2013: optimal
   * repetitions of a level from the costs and variances of it and the next; as {@code optimalreps}
   * of libkalibera computes them.
   *
   * @param processCost seconds to start, warm up and end the processes of a round, above 0
   * @param sliceCost seconds of a turn, above 0
   * @param sliceVariance variance of the log ratios of turns within a round, at least 0
   * @param roundVariance variance that rounds would have with endless turns, at least 0; 0 when the
   *     pilot's rounds differ by no more than their turns explain
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static int turns(
      double processCost, double sliceCost, double sliceVariance, double roundVariance) {
    requirePositive("cost of a process", processCost);
    requirePositive("cost of a slice", sliceCost);
    requireSpread("variance of slices", sliceVariance);
    requireSpread("variance of rounds", roundVariance);
    if (sliceVariance == 0) {
      return MIN_TURNS;
    }
    double turns =
        StrictMath.sqrt(processCost / sliceCost) * StrictMath.sqrt(sliceVariance / roundVariance);
    return (int) Math.clamp(Math.ceil(turns), MIN_TURNS, MAX_TURNS);
  }

  private static int rounds(double z, double spread, double difference) {
    requireSpread("spread", spread);
    requirePositive("difference", difference);
    double root = z * spread / StrictMath.log1p(difference);
    int fewest = SignedRank.smallestSize(1 - StopRule.CONFIDENCE);
    return (int) Math.clamp(Math.ceil(root * root), fewest, Integer.MAX_VALUE);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s %s: must be positive and finite; take it from a pilot".formatted(name, value));
    }
  }

  private static void requireSpread(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s %s: must be at least 0 and finite; take it from a pilot".formatted(name, value));
    }
  }
}
