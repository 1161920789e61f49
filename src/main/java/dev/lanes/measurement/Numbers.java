package dev.lanes.measurement;

import java.util.Arrays;

/** Summaries of slices that steer the measuring; what is reported is computed by the statistics. */
final class Numbers {

  private Numbers() {}

  /** Of at least one value. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Of a sample; 0 for a single value. */
  static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / Math.max(1, values.length - 1);
  }

  /** By position, from the first that counts. */
  static double[] logRatios(double[] own, double[] other, int warmups) {
    double[] ratios = new double[Math.max(0, Math.min(own.length, other.length) - warmups)];
    Arrays.setAll(ratios, i -> Math.log(own[i + warmups] / other[i + warmups]));
    return ratios;
  }
}
