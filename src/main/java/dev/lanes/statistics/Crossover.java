package dev.lanes.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * The size of the work at which a contender overtakes its baseline, or falls behind it.
 *
 * <p>Whether it does at all is decided size by size: by the exact signed-rank interval of each, at
 * a confidence of 1 − 5 %/sizes, so that all of them together are right in 95 % of answers. Where
 * the decided sizes change sides once, the medians of the rounds' log ratios are made monotone in
 * that direction (pool adjacent violators) and the place where they pass zero is interpolated on
 * the logarithm of the size. Its interval is the 2.5 % to the 97.5 % percentile of the same with
 * the rounds of every size resampled. Measured coverage: {@code src/docs/statistics.md}.
 *
 * <p>Sources: M. Ayer and others, An empirical distribution function for sampling with incomplete
 * information, Ann. Math. Statist. 26 (1955); B. Efron, R. Tibshirani, An Introduction to the
 * Bootstrap (1993), chapter 13.
 *
 * @param status what can be told
 * @param size where the two take the same; absent unless {@link Status#CROSSED}
 * @param lower lower end of its 95 % interval; absent where it is below the smallest size
 * @param upper upper end; absent where it is beyond the largest size
 * @param changes between which neighbouring decided sizes the sides change, ascending
 * @param sides of every size, in ascending order of the sizes
 */
public record Crossover(
    Status status,
    OptionalDouble size,
    OptionalDouble lower,
    OptionalDouble upper,
    List<Change> changes,
    List<Side> sides) {

  /** With fewer there is nothing to interpolate between. */
  public static final int FEWEST_SIZES = 3;

  private static final int RESAMPLES = 1_999;
  private static final double ALPHA = 0.05;

  public Crossover {
    changes = List.copyOf(changes);
    sides = List.copyOf(sides);
  }

  /** What can be told. */
  public enum Status {
    /** The sides change once. */
    CROSSED,
    /** They change several times: there is no single size, only the intervals between. */
    SEVERAL,
    /** One is ahead wherever it is decided who is. */
    NONE,
    /** At no size is it decided who is ahead, or there are too few sizes or rounds. */
    NOT_IDENTIFIABLE
  }

  /** Who takes less time. */
  public enum Side {
    CONTENDER,
    BASELINE,
    /** The interval of this size holds no difference at all. */
    UNDECIDED
  }

  /**
   * A change of sides.
   *
   * @param from the largest decided size before it
   * @param to the smallest decided size after it
   * @param ahead who is ahead after it
   */
  public record Change(double from, double to, Side ahead) {}

  /** The rounds that every size needs, so that any can be decided among so many. */
  public static int fewestRounds(int sizes) {
    return SignedRank.smallestSize(ALPHA / sizes);
  }

  /**
   * Width of the interval in octaves, log₂(upper/lower): 1 where the ends differ by a factor of 2;
   * absent where it is open.
   */
  public OptionalDouble octaves() {
    return lower.isPresent() && upper.isPresent()
        ? OptionalDouble.of(
            StrictMath.log(upper.getAsDouble() / lower.getAsDouble()) / StrictMath.log(2))
        : OptionalDouble.empty();
  }

  /**
   * Whole sizes strictly inside an interval, evenly spaced on the logarithm of the size: where a
   * further look tells most, as long as nobody knows where inside it the size is.
   *
   * @param low positive, below {@code high}
   * @param most how many at most; fewer where the interval holds fewer
   */
  public static List<Long> between(double low, double high, int most) {
    return IntStream.rangeClosed(1, most)
        .mapToObj(i -> StrictMath.round(low * StrictMath.pow(high / low, i / (most + 1.0))))
        .filter(size -> size > low && size < high)
        .distinct()
        .toList();
  }

  /**
   * Finds it. The order of sizes and of rounds does not matter.
   *
   * @param sizes positive and distinct
   * @param logRatios natural log ratios of times, contender over baseline, by size and round: below
   *     0 the contender takes less; at least one of each size
   * @param seed of the resampling
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static Crossover of(double[] sizes, double[][] logRatios, long seed) {
    return of(sizes, logRatios, seed, RESAMPLES);
  }

  /** For simulations, which can do with fewer resamples than a result. */
  static Crossover of(double[] sizes, double[][] logRatios, long seed, int resamples) {
    require(sizes, logRatios);
    int[] order =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> sizes[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ascending = Arrays.stream(order).mapToDouble(i -> sizes[i]).toArray();
    double[][] rounds =
        Arrays.stream(order)
            .mapToObj(i -> MedianInterval.sorted(logRatios[i]))
            .toArray(double[][]::new);
    List<Side> sides = Arrays.stream(rounds).map(values -> side(values, sizes.length)).toList();
    List<Change> changes = changes(ascending, sides);
    boolean decided = sides.stream().anyMatch(side -> side != Side.UNDECIDED);
    if (sizes.length < FEWEST_SIZES || !decided) {
      return without(Status.NOT_IDENTIFIABLE, List.of(), sides);
    }
    if (changes.size() != 1) {
      return without(changes.isEmpty() ? Status.NONE : Status.SEVERAL, changes, sides);
    }
    // Where the contender is ahead at last, its log ratio falls; turned around it rises.
    int sign = changes.getFirst().ahead() == Side.CONTENDER ? -1 : 1;
    double[][] rising =
        Arrays.stream(rounds)
            .map(values ->
                MedianInterval.sorted(Arrays.stream(values).map(log -> sign * log).toArray()))
            .toArray(double[][]::new);
    double[] logSizes = Arrays.stream(ascending).map(StrictMath::log).toArray();
    double found = root(logSizes, medians(rising), weights(rising));
    double[] resampled = resampled(logSizes, rising, seed, resamples);
    int rank = (int) ((resamples + 1) * ALPHA / 2);
    return new Crossover(
        Status.CROSSED,
        bounded(found),
        bounded(Math.min(found, resampled[rank - 1])),
        bounded(Math.max(found, resampled[resamples - rank])),
        changes,
        sides);
  }

  private static Crossover without(Status status, List<Change> changes, List<Side> sides) {
    return new Crossover(
        status,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        changes,
        sides);
  }

  private static Side side(double[] rounds, int sizes) {
    Optional<Interval> interval = HodgesLehmann.of(rounds).interval(1 - ALPHA / sizes);
    if (interval.isEmpty() || interval.get().contains(0)) {
      return Side.UNDECIDED;
    }
    return interval.get().upper() < 0 ? Side.CONTENDER : Side.BASELINE;
  }

  private static List<Change> changes(double[] sizes, List<Side> sides) {
    List<Change> changes = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < sizes.length; i++) {
      if (sides.get(i) == Side.UNDECIDED) {
        continue;
      }
      if (last >= 0 && sides.get(last) != sides.get(i)) {
        changes.add(new Change(sizes[last], sizes[i], sides.get(i)));
      }
      last = i;
    }
    return changes;
  }

  private static double[] medians(double[][] sortedRounds) {
    return Arrays.stream(sortedRounds).mapToDouble(MedianInterval::middle).toArray();
  }

  private static double[] resampled(
      double[] logSizes, double[][] rounds, long seed, int resamples) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    double[] roots = new double[resamples];
    double[] weights = weights(rounds);
    double[][] drawn =
        Arrays.stream(rounds).map(values -> new double[values.length]).toArray(double[][]::new);
    for (int i = 0; i < resamples; i++) {
      for (int size = 0; size < rounds.length; size++) {
        int count = rounds[size].length;
        for (int round = 0; round < count; round++) {
          drawn[size][round] = rounds[size][random.nextInt(count)];
        }
        Arrays.sort(drawn[size]);
      }
      roots[i] = root(logSizes, medians(drawn), weights);
    }
    Arrays.sort(roots);
    return roots;
  }

  private static double[] weights(double[][] rounds) {
    return Arrays.stream(rounds).mapToDouble(values -> values.length).toArray();
  }

  /** Logarithm of the size at which the monotone curve passes zero; infinite outside the sizes. */
  private static double root(double[] logSizes, double[] medians, double[] weights) {
    double[] curve = monotone(medians, weights);
    if (curve[0] > 0) {
      return Double.NEGATIVE_INFINITY;
    }
    for (int i = 1; i < curve.length; i++) {
      if (curve[i] > 0) {
        double part = curve[i - 1] / (curve[i - 1] - curve[i]);
        return logSizes[i - 1] + part * (logSizes[i] - logSizes[i - 1]);
      }
    }
    return curve[curve.length - 1] == 0 ? logSizes[logSizes.length - 1] : Double.POSITIVE_INFINITY;
  }

  /** The nearest rising values by weighted squares: neighbours out of order become their mean. */
  static double[] monotone(double[] values, double[] weights) {
    int[] lengths = new int[values.length];
    double[] means = new double[values.length];
    double[] sums = new double[values.length];
    int blocks = 0;
    for (int i = 0; i < values.length; i++) {
      means[blocks] = values[i];
      sums[blocks] = weights[i];
      lengths[blocks] = 1;
      blocks++;
      while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
        double weight = sums[blocks - 2] + sums[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * sums[blocks - 2] + means[blocks - 1] * sums[blocks - 1]) / weight;
        sums[blocks - 2] = weight;
        lengths[blocks - 2] += lengths[blocks - 1];
        blocks--;
      }
    }
    double[] monotone = new double[values.length];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(monotone, next, next + lengths[block], means[block]);
      next += lengths[block];
    }
    return monotone;
  }

  private static OptionalDouble bounded(double logSize) {
    return Double.isInfinite(logSize)
        ? OptionalDouble.empty()
        : OptionalDouble.of(StrictMath.exp(logSize));
  }

  private static void require(double[] sizes, double[][] logRatios) {
    if (sizes.length != logRatios.length
        || Arrays.stream(sizes).distinct().count() != sizes.length
        || !Arrays.stream(sizes).allMatch(size -> size > 0 && Double.isFinite(size))) {
      throw new IllegalArgumentException(
          "sizes %s with rounds of %d: each must be positive, there once and have its own rounds"
              .formatted(Arrays.toString(sizes), logRatios.length));
    }
  }
}
