package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From slices to a ratio: what must not change it, and what must turn it over. */
class InvarianceTests {
  private static final int ROUNDS = 12;
  private static final int TURNS = 7;

  private final double[][] arm = slices(1);
  private final double[][] baseline = slices(2);

  /** Powers of two, which scale without rounding. */
  @Test
  void theUnitOfTimeDoesNotMatter() {
    assertThat(ratio(times(arm, round -> 1024), times(baseline, round -> 1024)))
        .isEqualTo(ratio(arm, baseline));
  }

  @Test
  void aHostThatIsSlowerInSomeRoundsDoesNotMatter() {
    DoubleUnaryOperator drift = round -> Math.scalb(1, (int) round % 5);

    assertThat(ratio(times(arm, drift), times(baseline, drift))).isEqualTo(ratio(arm, baseline));
  }

  @Test
  void theOrderOfRoundsDoesNotMatter() {
    assertThat(ratio(reversed(arm), reversed(baseline))).isEqualTo(ratio(arm, baseline));
  }

  @Test
  void swappedArmsGiveExactlyTheReciprocal() {
    assertThat(ratio(baseline, arm)).isEqualTo(ratio(arm, baseline).inverse());
  }

  private static PairedRatio ratio(double[][] arm, double[][] baseline) {
    return PairedRatio.of(
        IntStream.range(0, ROUNDS)
            .mapToDouble(round -> RoundStatistic.of(arm[round], baseline[round]).medianLogRatio())
            .toArray());
  }

  private static double[][] times(double[][] slices, DoubleUnaryOperator factor) {
    return IntStream.range(0, ROUNDS)
        .mapToObj(round -> Samples.scaled(slices[round], factor.applyAsDouble(round)))
        .toArray(double[][]::new);
  }

  private static double[][] reversed(double[][] slices) {
    return IntStream.range(0, ROUNDS)
        .mapToObj(round -> slices[ROUNDS - 1 - round])
        .toArray(double[][]::new);
  }

  private static double[][] slices(long seed) {
    var random = new SplittableRandom(seed);
    double[][] slices = new double[ROUNDS][TURNS];
    for (double[] round : slices) {
      Arrays.setAll(round, turn -> 0.02 * Math.exp(0.1 * random.nextGaussian()));
    }
    return slices;
  }
}
