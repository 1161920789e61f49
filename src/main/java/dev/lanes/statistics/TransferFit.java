package dev.lanes.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * What a transfer costs: latency α and bandwidth β of t(n) = α + n/β, n being the size of what is
 * handed over. The line is {@link TransferLine}'s through the median round of each size.
 *
 * <p>Intervals come from resampling whole rounds, those of each size by themselves: sizes are
 * different work and are never measured in the same rounds, so there is nothing to resample
 * together. What the host did between the rounds of two sizes is therefore in no interval; the
 * margin is for that.
 *
 * <p>Ends are the 2.5 % and the 97.5 % percentile of the resampled fits. Resampled medians of few
 * rounds spread wider than medians do, so that the interval covers the truth at least as often as
 * it says from {@link #FEWEST_ROUNDS} rounds on; measured coverage: {@code src/docs/statistics.md}.
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 *
 * @param status what can be told
 * @param reason why it is not {@link Status#FITTED}
 * @param line what was fitted; absent when nothing was
 */
public record TransferFit(Status status, Optional<String> reason, Optional<Line> line) {

  /** Fewer than three points leave nothing to see whether a line describes them. */
  public static final int FEWEST_SIZES = 3;

  /** As for every interval of 95 % here. */
  public static final int FEWEST_ROUNDS = SignedRank.smallestSize(0.05);

  /** A line that misses a size by more than this does not describe it. */
  public static final double WORST_MISS = 0.25;

  private static final int RESAMPLES = 999;
  private static final double ALPHA = 0.05;

  /** What a fit can tell. */
  public enum Status {
    /** Time grows with size: there is a bandwidth. */
    FITTED,
    /** Time is not shown to grow with size: there is a latency, and no bandwidth can be told. */
    FLAT,
    /** Neither can be told from the sizes and rounds that there are. */
    NOT_IDENTIFIABLE
  }

  /**
   * An estimate with its 95 % interval.
   *
   * @param value at least 0
   */
  public record Estimate(double value, Interval interval) {}

  /**
   * A fitted line.
   *
   * @param latency α: time of a transfer of nothing, in seconds
   * @param cost 1/β: time per unit of size, in seconds
   * @param latencyTold whether latency is told apart from none
   * @param costTold whether cost is told apart from none, and with it a bandwidth
   * @param medians median round of each size, in seconds, in the order given
   * @param misses measured over fitted time, minus 1, of each size: 0.1 where a transfer took 10 %
   *     longer than the line says
   */
  public record Line(
      Estimate latency,
      Estimate cost,
      boolean latencyTold,
      boolean costTold,
      List<Double> medians,
      List<Double> misses) {

    public Line {
      medians = List.copyOf(medians);
      misses = List.copyOf(misses);
    }

    /** β in units of size per second; empty where there is no cost at all. */
    public OptionalDouble bandwidth() {
      return inverse(cost.value());
    }

    /** Lower end of β's interval; empty where no cost is among those that the rounds allow. */
    public OptionalDouble leastBandwidth() {
      return inverse(cost.interval().upper());
    }

    /** Upper end of β's interval; empty where it has none, since there may be no cost at all. */
    public OptionalDouble mostBandwidth() {
      return costTold ? inverse(cost.interval().lower()) : OptionalDouble.empty();
    }

    /** The largest factor between a measured and its fitted time, either way, minus 1. */
    public double worstMiss() {
      return misses.stream()
          .mapToDouble(miss -> StrictMath.expm1(Math.abs(StrictMath.log1p(miss))))
          .max()
          .orElse(0);
    }

    private static OptionalDouble inverse(double cost) {
      return cost > 0 ? OptionalDouble.of(1 / cost) : OptionalDouble.empty();
    }
  }

  /**
   * Fits the line. The order of sizes and of rounds does not matter.
   *
   * @param sizes positive, in bytes or items
   * @param seconds of one transfer, by size and round: positive, at least {@link #FEWEST_ROUNDS} of
   *     each size, in as many rounds as there were
   * @param margin relative difference between two sizes that is taken for the host's, as 0.02:
   *     latency and cost count as told when more than that of the smallest size's time, or of what
   *     is added to it up to the largest size, is theirs
   * @param seed of the resampling
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static TransferFit of(double[] sizes, double[][] seconds, double margin, long seed) {
    return of(sizes, seconds, margin, seed, RESAMPLES);
  }

  /** For simulations, which can do with fewer resamples than a result. */
  static TransferFit of(
      double[] sizes, double[][] seconds, double margin, long seed, int resamples) {
    Decision.requireThreshold(margin);
    requireSizes(sizes, seconds);
    long different = Arrays.stream(sizes).distinct().count();
    if (different < FEWEST_SIZES) {
      String reason = "%d of at least %d different sizes".formatted(different, FEWEST_SIZES);
      return new TransferFit(Status.NOT_IDENTIFIABLE, Optional.of(reason), Optional.empty());
    }
    int[] order =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(Comparator.comparingDouble(size -> sizes[size]))
            .mapToInt(size -> size)
            .toArray();
    double[] ascending = Arrays.stream(order).mapToDouble(size -> sizes[size]).toArray();
    double[][] rounds =
        Arrays.stream(order)
            .mapToObj(size -> MedianInterval.sorted(seconds[size]))
            .toArray(double[][]::new);
    TransferLine[] resampled = resampled(ascending, rounds, seed, resamples);
    TransferLine fitted = TransferLine.of(ascending, logMedians(rounds));
    Estimate latency = estimate(fitted.latency(), latencies(resampled));
    Estimate cost = estimate(fitted.cost(), costs(resampled));
    double room = margin * fitted.seconds(ascending[0]);
    double span = ascending[ascending.length - 1] - ascending[0];
    return judged(
        new Line(
            latency,
            cost,
            latency.interval().lower() > room,
            cost.interval().lower() * span > room,
            Arrays.stream(seconds).map(TransferFit::median).toList(),
            IntStream.range(0, sizes.length)
                .mapToObj(i -> median(seconds[i]) / fitted.seconds(sizes[i]) - 1)
                .toList()));
  }

  private static TransferFit judged(Line line) {
    if (line.costTold()) {
      return new TransferFit(Status.FITTED, Optional.empty(), Optional.of(line));
    }
    return line.latencyTold()
        ? new TransferFit(
            Status.FLAT,
            Optional.of("time is not shown to grow with size: no bandwidth can be told"),
            Optional.of(line))
        : new TransferFit(
            Status.NOT_IDENTIFIABLE,
            Optional.of("the rounds do not tell latency from bandwidth: take sizes further apart"),
            Optional.of(line));
  }

  private static TransferLine[] resampled(
      double[] sizes, double[][] rounds, long seed, int resamples) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    TransferLine[] lines = new TransferLine[resamples];
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
      lines[i] = TransferLine.of(sizes, logMedians(drawn));
    }
    return lines;
  }

  private static double[] logMedians(double[][] sortedRounds) {
    return Arrays.stream(sortedRounds)
        .mapToDouble(values -> StrictMath.log(MedianInterval.middle(values)))
        .toArray();
  }

  private static double median(double[] values) {
    return MedianInterval.middle(MedianInterval.sorted(values));
  }

  private static double[] latencies(TransferLine[] lines) {
    return Arrays.stream(lines).mapToDouble(TransferLine::latency).sorted().toArray();
  }

  private static double[] costs(TransferLine[] lines) {
    return Arrays.stream(lines).mapToDouble(TransferLine::cost).sorted().toArray();
  }

  /** The interval is made to hold its estimate, which resampling alone does not see to. */
  private static Estimate estimate(double value, double[] sorted) {
    int rank = (int) ((sorted.length + 1) * ALPHA / 2);
    double lower = Math.min(value, sorted[rank - 1]);
    double upper = Math.max(value, sorted[sorted.length - rank]);
    return new Estimate(value, new Interval(lower, upper));
  }

  private static void requireSizes(double[] sizes, double[][] seconds) {
    if (sizes.length != seconds.length) {
      throw new IllegalArgumentException(
          "%d sizes with times of %d: give each size its own rounds"
              .formatted(sizes.length, seconds.length));
    }
    for (int i = 0; i < sizes.length; i++) {
      requirePositive("size", sizes[i]);
      if (seconds[i].length < FEWEST_ROUNDS) {
        throw new IllegalArgumentException(
            "size %s has %d rounds: at least %d are needed; leave it out"
                .formatted(sizes[i], seconds[i].length, FEWEST_ROUNDS));
      }
      for (double value : seconds[i]) {
        requirePositive("time of size %s".formatted(sizes[i]), value);
      }
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s is %s: must be positive and finite; leave it out".formatted(name, value));
    }
  }
}
