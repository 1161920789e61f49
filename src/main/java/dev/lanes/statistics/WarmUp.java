package dev.lanes.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;

/**
 * How many slices at the start of a process are warm-up. It is decided once, from pilot processes,
 * and then holds for all arms and rounds: a number found anew in each process would compare
 * differently warmed arms.
 *
 * <p>Each process's slices are taken relative to the median of its second half, the tail. A
 * position is warm-up when the median of its deviations over the processes exceeds both half the
 * difference that matters and what chance makes of the tail's values. Warm-up ends after the last
 * such position. If that lies in the tail, or the tail itself has a trend, there is no steady state
 * to be seen.
 *
 * <p>What chance makes is found by drawing whole pilots from the tail's values, which holds for
 * skewed and for heavy-tailed noise too. With fewer than three processes a single disturbed slice
 * may pass for warm-up.
 *
 * <p>A ramp that fewer than half of the processes have is not seen. To find one that a single arm
 * has, judge the processes of each arm by themselves and take the largest number.
 *
 * @param slices warm-up slices, at least 1; the whole pilot when it was not steady
 * @param steady whether the tail shows neither warm-up nor a trend
 */
public record WarmUp(int slices, boolean steady) {
  /** Fewest slices from which a process's tail can be told. */
  private static final int FEWEST = 4;

  private static final int DRAWN_PILOTS = 200;

  /** Share of the drawn pilots that stay within the limit at every position. */
  private static final double CONFIDENCE = 0.99;

  /**
   * The tail's values are few and resemble their neighbours, so that real pilots wander further
   * than drawn ones; by simulation, see the tests.
   */
  private static final double MARGIN = 1.5;

  private static final double TREND_LEVEL = 0.01;

  /** Equal pilots shall give equal numbers. */
  private static final long SEED = 1;

  /**
   * Decides from pilot processes; those with fewer than {@value #FEWEST} slices are left out.
   *
   * @param slices positive seconds by process and position, of any arms of a group; lengths may
   *     differ
   * @param threshold smallest relative difference that matters, as 0.02
   * @throws IllegalArgumentException if no process has {@value #FEWEST} slices, the threshold is
   *     not positive, or a time is not positive and finite
   */
  public static WarmUp of(double[][] slices, double threshold) {
    Decision.requireThreshold(threshold);
    double[][] processes =
        Arrays.stream(slices).filter(process -> process.length >= FEWEST).toArray(double[][]::new);
    if (processes.length == 0) {
      throw new IllegalArgumentException(
          "no pilot process has %d slices: warm-up cannot be told from fewer; run longer pilots"
              .formatted(FEWEST));
    }
    double[][] deviations =
        Arrays.stream(processes)
            .map(process -> centred(Arrays.stream(process).map(Trend::logarithm).toArray()))
            .toArray(double[][]::new);
    double smallest = StrictMath.log1p(threshold) / 2;
    double limit = Math.max(smallest, MARGIN * chance(deviations));
    double[] pooled = pooled(deviations);
    int end = 0;
    for (int position = 0; position < pooled.length; position++) {
      end = Math.abs(pooled[position]) > limit ? position + 1 : end;
    }
    int head = Arrays.stream(processes).mapToInt(p -> p.length - p.length / 2).min().orElseThrow();
    return end > head || trends(processes, smallest)
        ? new WarmUp(pooled.length, false)
        : new WarmUp(Math.max(1, end), true);
  }

  /** Median over the processes by position; positions that few processes reached have few. */
  private static double[] pooled(double[][] deviations) {
    int longest = Arrays.stream(deviations).mapToInt(d -> d.length).max().orElseThrow();
    double[] pooled = new double[longest];
    double[] at = new double[deviations.length];
    for (int position = 0; position < longest; position++) {
      int reached = 0;
      for (double[] process : deviations) {
        if (position < process.length) {
          at[reached++] = process[position];
        }
      }
      pooled[position] = MedianInterval.middle(MedianInterval.sorted(Arrays.copyOf(at, reached)));
    }
    return pooled;
  }

  /** The largest pooled deviation that pilots of nothing but the tail's values rarely exceed. */
  private static double chance(double[][] deviations) {
    double[] tails = Arrays.stream(deviations).flatMapToDouble(d -> widened(tail(d))).toArray();
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(SEED);
    double[] largest = new double[DRAWN_PILOTS];
    double[][] drawn = new double[deviations.length][];
    for (int pilot = 0; pilot < DRAWN_PILOTS; pilot++) {
      for (int process = 0; process < drawn.length; process++) {
        double[] values = new double[deviations[process].length];
        for (int position = 0; position < values.length; position++) {
          values[position] = tails[random.nextInt(tails.length)];
        }
        drawn[process] = centred(values);
      }
      for (double deviation : pooled(drawn)) {
        largest[pilot] = Math.max(largest[pilot], Math.abs(deviation));
      }
    }
    Arrays.sort(largest);
    return largest[(int) Math.ceil(CONFIDENCE * DRAWN_PILOTS) - 1];
  }

  /** Values spread less around their own middle than around the true one; Bessel's correction. */
  private static DoubleStream widened(double[] tail) {
    double factor = StrictMath.sqrt(tail.length / (tail.length - 1.0));
    return Arrays.stream(tail).map(deviation -> factor * deviation);
  }

  private static boolean trends(double[][] processes, double smallest) {
    return Trend.of(Arrays.stream(processes).map(WarmUp::tail).toArray(double[][]::new))
        .filter(trend -> trend.pValue() < TREND_LEVEL)
        .filter(trend -> Math.abs(trend.change()) > smallest)
        .isPresent();
  }

  private static double[] centred(double[] logs) {
    double middle = MedianInterval.middle(MedianInterval.sorted(tail(logs)));
    return Arrays.stream(logs).map(log -> log - middle).toArray();
  }

  private static double[] tail(double[] values) {
    return Arrays.copyOfRange(values, values.length - values.length / 2, values.length);
  }
}
