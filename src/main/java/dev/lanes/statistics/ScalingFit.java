package dev.lanes.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * What time by number of workers says of a program: its serial share by Amdahl's law, or contention
 * and coherency by the Universal Scalability Law, through the median round of each number.
 *
 * <p>Whole rounds are resampled, as every number of workers shares them; ends are the 2.5 % and the
 * 97.5 % percentile of the resampled fits. The universal law is told only where its coherency is
 * told apart from none: otherwise three parameters describe noise, and the peak that they claim is
 * not there. Measured coverage: {@code src/docs/statistics.md}.
 *
 * @param law what can be told
 * @param reason why it is not more; absent for {@link Law#UNIVERSAL}
 * @param contention α with its interval; absent unless a law is told
 * @param coherency β with its interval; absent unless the universal law is told
 * @param peak number of workers of the greatest throughput; absent unless β is told
 * @param misses measured over fitted time, minus 1, by number of workers; empty without a law
 */
public record ScalingFit(
    Law law,
    Optional<String> reason,
    Optional<Estimate> contention,
    Optional<Estimate> coherency,
    Optional<Estimate> peak,
    List<Double> misses) {

  /** Two parameters and two points more, or nothing shows whether the law describes them. */
  public static final int FEWEST_NUMBERS = 4;

  /** As for every interval of 95 % here. */
  public static final int FEWEST_ROUNDS = SignedRank.smallestSize(0.05);

  /** A law that misses a number of workers by more than this does not describe it. */
  public static final double WORST_MISS = 0.1;

  private static final int RESAMPLES = 999;
  private static final double ALPHA = 0.05;

  public ScalingFit {
    misses = List.copyOf(misses);
  }

  /** What can be told. */
  public enum Law {
    /** Contention alone: the serial share. */
    AMDAHL,
    /** Contention, coherency and a peak. */
    UNIVERSAL,
    /** Nothing, from the numbers of workers and the rounds that there are. */
    NOT_IDENTIFIABLE
  }

  /** An estimate with its 95 % interval, dimensionless, or a number of workers. */
  public record Estimate(double value, Interval interval) {}

  /** The largest factor between a measured and its fitted time, either way, minus 1. */
  public double worstMiss() {
    return misses.stream()
        .mapToDouble(miss -> StrictMath.expm1(Math.abs(StrictMath.log1p(miss))))
        .max()
        .orElse(0);
  }

  /**
   * The experimentally determined serial fraction e = (1/S − 1/N) / (1 − 1/N): constant where a
   * serial share is what limits, growing where every worker adds to the cost.
   *
   * <p>Source: A. Karp, H. Flatt, Measuring parallel processor performance, CACM 33 (1990).
   *
   * @param speedUp S over one worker of the same model, positive
   * @param workers N, at least 2
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double serialFraction(double speedUp, int workers) {
    if (!(speedUp > 0) || workers < 2) {
      throw new IllegalArgumentException(
          "speed-up %s of %d workers: needs a positive one of 2 workers or more"
              .formatted(speedUp, workers));
    }
    return (1 / speedUp - 1.0 / workers) / (1 - 1.0 / workers);
  }

  /**
   * Fits the laws. The order of numbers and of rounds does not matter.
   *
   * @param workers distinct numbers of workers, each at least 1
   * @param logTimes natural logarithm of the time of the same work, by round and number of workers,
   *     in any one unit
   * @param seed of the resampling
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static ScalingFit of(double[] workers, double[][] logTimes, long seed) {
    return of(workers, logTimes, seed, RESAMPLES);
  }

  /** For simulations, which can do with fewer resamples than a result. */
  static ScalingFit of(double[] workers, double[][] logTimes, long seed, int resamples) {
    require(workers, logTimes);
    if (workers.length < FEWEST_NUMBERS) {
      return unknown(
          "%d of at least %d numbers of workers".formatted(workers.length, FEWEST_NUMBERS));
    }
    if (logTimes.length < FEWEST_ROUNDS) {
      return unknown("%d of at least %d rounds".formatted(logTimes.length, FEWEST_ROUNDS));
    }
    double[] throughput = throughput(logTimes, IntStream.range(0, logTimes.length).toArray());
    ScalabilityLaw universal = universal(workers, throughput);
    ScalabilityLaw amdahl = amdahl(workers, throughput);
    int[][] drawn = draws(logTimes.length, seed, resamples);
    double[][] resampled =
        Arrays.stream(drawn).map(rounds -> throughput(logTimes, rounds)).toArray(double[][]::new);
    if (universal.coherency() > 0) {
      ScalabilityLaw[] laws =
          Arrays.stream(resampled)
              .map(values -> universal(workers, values))
              .toArray(ScalabilityLaw[]::new);
      Estimate coherency = estimate(universal, laws, ScalabilityLaw::coherency);
      if (coherency.interval().lower() > 0) {
        return new ScalingFit(
            Law.UNIVERSAL,
            Optional.empty(),
            Optional.of(estimate(universal, laws, ScalabilityLaw::contention)),
            Optional.of(coherency),
            peak(universal, laws),
            misses(universal, workers, throughput));
      }
    }
    ScalabilityLaw[] laws =
        Arrays.stream(resampled)
            .map(values -> amdahl(workers, values))
            .toArray(ScalabilityLaw[]::new);
    return new ScalingFit(
        Law.AMDAHL,
        Optional.of("coherency is not told apart from none: no peak can be told"),
        Optional.of(estimate(amdahl, laws, ScalabilityLaw::contention)),
        Optional.empty(),
        Optional.empty(),
        misses(amdahl, workers, throughput));
  }

  private static ScalingFit unknown(String reason) {
    return new ScalingFit(
        Law.NOT_IDENTIFIABLE,
        Optional.of(reason),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static ScalabilityLaw universal(double[] workers, double[] throughput) {
    return ScalabilityLaw.universal(workers, throughput, ScalabilityLaw.Errors.RELATIVE);
  }

  private static ScalabilityLaw amdahl(double[] workers, double[] throughput) {
    return ScalabilityLaw.amdahl(workers, throughput, ScalabilityLaw.Errors.RELATIVE);
  }

  /** One over the median time of each number of workers, over the rounds drawn. */
  private static double[] throughput(double[][] logTimes, int[] rounds) {
    double[] throughput = new double[logTimes[0].length];
    double[] drawn = new double[rounds.length];
    for (int number = 0; number < throughput.length; number++) {
      for (int i = 0; i < rounds.length; i++) {
        drawn[i] = logTimes[rounds[i]][number];
      }
      Arrays.sort(drawn);
      throughput[number] = StrictMath.exp(-MedianInterval.middle(drawn));
    }
    return throughput;
  }

  private static int[][] draws(int rounds, long seed, int resamples) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    int[][] draws = new int[resamples][rounds];
    for (int[] draw : draws) {
      Arrays.setAll(draw, _ -> random.nextInt(rounds));
    }
    return draws;
  }

  private static Estimate estimate(
      ScalabilityLaw law, ScalabilityLaw[] laws, ToDoubleFunction<ScalabilityLaw> parameter) {
    return estimate(
        parameter.applyAsDouble(law),
        Arrays.stream(laws).mapToDouble(parameter).sorted().toArray());
  }

  /** Where some of the resampled laws have no peak, none is claimed. */
  private static Optional<Estimate> peak(ScalabilityLaw law, ScalabilityLaw[] laws) {
    double[] peaks =
        Arrays.stream(laws)
            .map(ScalabilityLaw::peak)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    return law.peak().isPresent() && peaks.length == laws.length
        ? Optional.of(estimate(law.peak().getAsDouble(), peaks))
        : Optional.empty();
  }

  /** The interval is made to hold its estimate, which resampling alone does not see to. */
  private static Estimate estimate(double value, double[] sorted) {
    int rank = (int) ((sorted.length + 1) * ALPHA / 2);
    double lower = Math.min(value, sorted[rank - 1]);
    double upper = Math.max(value, sorted[sorted.length - rank]);
    return new Estimate(value, new Interval(lower, upper));
  }

  private static List<Double> misses(ScalabilityLaw law, double[] workers, double[] throughput) {
    return IntStream.range(0, workers.length)
        .mapToObj(i -> law.throughput(workers[i]) / throughput[i] - 1)
        .toList();
  }

  private static void require(double[] workers, double[][] logTimes) {
    if (Arrays.stream(workers).distinct().count() != workers.length
        || !Arrays.stream(workers).allMatch(number -> number >= 1 && Double.isFinite(number))) {
      throw new IllegalArgumentException(
          "numbers of workers %s: each must be at least 1 and there once"
              .formatted(Arrays.toString(workers)));
    }
    for (double[] round : logTimes) {
      if (round.length != workers.length || !Arrays.stream(round).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "a round has %s for %d numbers of workers: leave it out unless it has them all"
                .formatted(Arrays.toString(round), workers.length));
      }
    }
  }
}
