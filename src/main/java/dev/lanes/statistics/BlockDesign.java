package dev.lanes.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * What "first all of A, then all of B" would say, the usual way to compare two programs. It is here
 * to be shown beside the paired design, never to judge: on a host whose speed wanders it takes the
 * time of day for a difference.
 *
 * @param pooledP two-sided p-value of Student's t-test on all values, as if those of one process
 *     were independent of each other
 * @param welchP two-sided p-value of Welch's t-test on the means of the processes
 */
public record BlockDesign(double pooledP, double welchP) {

  /**
   * Tests whether the means of the two programs differ. Without any spread, both p-values are 1 for
   * equal means and 0 for different ones.
   *
   * @param a finite values by process, in any one unit; at least two processes with a value each
   * @param b likewise, of the other program
   * @throws IllegalArgumentException if there are too few processes, one has no value, or a value
   *     is not finite
   */
  public static BlockDesign of(double[][] a, double[][] b) {
    double[] valuesA = values("A", a);
    double[] valuesB = values("B", b);
    return new BlockDesign(
        pValue(DataDispersion.HOMOSCEDASTIC, valuesA, valuesB),
        pValue(DataDispersion.HETEROSCEDASTIC, means(a), means(b)));
  }

  private static double pValue(DataDispersion dispersion, double[] a, double[] b) {
    if (constant(a) && constant(b)) {
      return a[0] == b[0] ? 1 : 0;
    }
    return TTest.withDefaults().with(dispersion).test(a, b).getPValue();
  }

  private static boolean constant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  private static double[] means(double[][] processes) {
    return Arrays.stream(processes)
        .mapToDouble(process -> Arrays.stream(process).average().orElseThrow())
        .toArray();
  }

  private static double[] values(String name, double[][] processes) {
    boolean empty = Arrays.stream(processes).anyMatch(process -> process.length == 0);
    if (processes.length < 2 || empty) {
      throw new IllegalArgumentException(
          "program %s has %d processes%s: at least 2 with a value each are needed; run more"
              .formatted(name, processes.length, empty ? ", one without a value" : ""));
    }
    double[] values = Arrays.stream(processes).flatMapToDouble(Arrays::stream).toArray();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "program %s has value %s: must be finite; leave the process out"
                .formatted(name, value));
      }
    }
    return values;
  }
}
