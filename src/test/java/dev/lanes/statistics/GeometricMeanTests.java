package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.GeometricMean.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeometricMeanTests {

  /** SciPy 1.17.1: {@code gmean(exp([.02, -.01, .05]))}. */
  @Test
  void theMeanIsTheGeometricOneOfTheRatios() {
    assertThat(mean(0, 1, 2).ratio()).isCloseTo(1.0202013400267558, within(1e-15));
    assertThat(mean(0, 1, 2).rounds()).isEqualTo(3);
  }

  /**
   * SciPy 1.17.1: {@code v = array([.004, .006, .01])**2; d = v.sum()**2 / (v**2 / [9, 11,
   * 7]).sum()}, 14.67; {@code .02 ± sqrt(v.sum()) / 3 * t.ppf(.975, d)}.
   */
  @Test
  void theErrorsOfCellsThatShareNoRoundAddUpAsSquares() {
    var interval = mean(0, 1, 2).logInterval().orElseThrow();

    assertThat(interval.lower()).isCloseTo(0.011223422123711056, within(1e-12));
    assertThat(interval.upper()).isCloseTo(0.028776577876288945, within(1e-12));
  }

  /** The same with {@code v = array([.004 + .006, .01])**2} and degrees {@code [9, 7]}. */
  @Test
  void theErrorsOfCellsThatShareRoundsAddUpAsTheyAre() {
    var interval = mean(0, 0, 1).logInterval().orElseThrow();

    assertThat(interval.lower()).isCloseTo(0.009993763246384495, within(1e-12));
    assertThat(interval.upper()).isCloseTo(0.030006236753615505, within(1e-12));
  }

  @Test
  void swappingContenderAndBaselineIsExactlyTheInverse() {
    var swapped =
        GeometricMean.of(
            List.of(
                new Part(0, -.02, .004, 9), new Part(1, .01, .006, 11), new Part(2, -.05, .01, 7)),
            0.95);

    assertThat(swapped).isEqualTo(mean(0, 1, 2).inverse());
    assertThat(swapped.inverse()).isEqualTo(mean(0, 1, 2));
  }

  /** Cells of one cluster have half of their noise in common, as cells of the same rounds may. */
  @Test
  void theIntervalCoversTheMeanOfTheseCells() {
    var random = new SplittableRandom(91);
    int covered = 0;
    int dependent = 0;
    int trials = 2_000;
    for (int trial = 0; trial < trials; trial++) {
      List<Part> apart = new ArrayList<>();
      List<Part> together = new ArrayList<>();
      double truth = 0;
      for (int cluster = 0; cluster < 4; cluster++) {
        double[] common = random.doubles(10).map(_ -> random.nextGaussian() * 0.03).toArray();
        for (int cell = 0; cell < 3; cell++) {
          double effect = random.nextGaussian() * 0.2;
          truth += effect / 12;
          double[] own = new double[10];
          Arrays.setAll(own, _ -> effect + random.nextGaussian() * 0.03);
          double[] shared = new double[10];
          Arrays.setAll(shared, i -> own[i] + common[i]);
          apart.add(part(3 * cluster + cell, own));
          together.add(part(cluster, shared));
        }
      }
      covered += covers(apart, truth);
      dependent += covers(together, truth);
    }
    assertThat((double) covered / trials).isBetween(0.935, 0.965);
    assertThat((double) dependent / trials).as("never too narrow").isBetween(0.95, 0.995);
  }

  @Test
  void aMeanOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GeometricMean.of(List.of(), 0.95))
        .withMessageContaining("no cells");
    assertThatIllegalArgumentException().isThrownBy(() -> new Part(0, Double.NaN, 0.1, 3));
  }

  private static int covers(List<Part> parts, double truth) {
    return GeometricMean.of(parts, 0.95).logInterval().orElseThrow().contains(truth) ? 1 : 0;
  }

  /** The mean stands in for the Hodges–Lehmann location, whose error it is an estimate of. */
  private static Part part(int cluster, double[] rounds) {
    return Part.paired(cluster, PairedRatio.of(rounds), rounds);
  }

  private static GeometricMean mean(int... clusters) {
    return GeometricMean.of(
        List.of(
            new Part(clusters[0], .02, .004, 9),
            new Part(clusters[1], -.01, .006, 11),
            new Part(clusters[2], .05, .01, 7)),
        0.95);
  }
}
