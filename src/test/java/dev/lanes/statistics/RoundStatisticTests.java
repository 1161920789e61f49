package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundStatisticTests {
  private static final double[] ARM = {
    0.018844, 0.018472, 0.019381, 0.02054, 0.014939, 0.01782, 0.018647, 0.017219, 0.014739,
    0.016619, 0.016052, 0.018827
  };
  private static final double[] BASELINE = {
    0.015724, 0.021077, 0.018667, 0.018962, 0.02152, 0.020062, 0.022451, 0.01738, 0.018059,
    0.020795, 0.021084, 0.020101
  };

  /** NumPy 2.4.6: {@code median(log(a) - log(b))} and {@code log(a.sum() / b.sum())}. */
  @Test
  void medianAndTotalAgreeWithNumpy() {
    var statistic = RoundStatistic.of(ARM, BASELINE);

    assertThat(statistic.medianLogRatio()).isCloseTo(-0.12521619146067287, within(1e-14));
    assertThat(statistic.totalLogRatio()).isCloseTo(-0.10627853318159546, within(1e-14));
    assertThat(statistic.turns()).isEqualTo(12);
  }

  @Test
  void swappingTheArmsChangesExactlyTheSigns() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      double[] arm = random.doubles(12, 0.01, 0.03).toArray();
      double[] baseline = random.doubles(12, 0.01, 0.03).toArray();
      var statistic = RoundStatistic.of(arm, baseline);

      var swapped = RoundStatistic.of(baseline, arm);

      assertThat(swapped.medianLogRatio()).isEqualTo(-statistic.medianLogRatio());
      assertThat(swapped.totalLogRatio()).isEqualTo(-statistic.totalLogRatio());
    }
  }

  @Test
  void aFactorOnTheWholeRoundCancels() {
    var statistic = RoundStatistic.of(ARM, BASELINE);

    var doubled = RoundStatistic.of(scaled(ARM, 2), scaled(BASELINE, 2));
    var drifted = RoundStatistic.of(scaled(ARM, 1.37), scaled(BASELINE, 1.37));

    assertThat(doubled).isEqualTo(statistic);
    assertThat(drifted.medianLogRatio()).isCloseTo(statistic.medianLogRatio(), within(1e-14));
    assertThat(drifted.totalLogRatio()).isCloseTo(statistic.totalLogRatio(), within(1e-14));
  }

  @Test
  void aTurnSlowedForBothArmsCancelsInTheMedian() {
    double[] arm = ARM.clone();
    double[] baseline = BASELINE.clone();
    arm[4] *= 8;
    baseline[4] *= 8;

    assertThat(RoundStatistic.of(arm, baseline).medianLogRatio())
        .isEqualTo(RoundStatistic.of(ARM, BASELINE).medianLogRatio());
  }

  @Test
  void aRareLongPauseShowsInTheTotalOnly() {
    double[] steady = new double[10];
    Arrays.fill(steady, 0.02);
    double[] paused = steady.clone();
    paused[7] = 0.06;

    var statistic = RoundStatistic.of(paused, steady);

    assertThat(statistic.medianLogRatio()).isZero();
    assertThat(statistic.totalLogRatio()).isCloseTo(Math.log(1.2), within(1e-14));
    assertThat(statistic.tailHeavy(0.02)).isTrue();
    assertThat(statistic.tailHeavy(0.25)).isFalse();
  }

  @Test
  void brokenRoundsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoundStatistic.of(new double[] {1, 0}, new double[] {1, 1}))
        .withMessageContaining("arm slice of turn 1 took 0.0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoundStatistic.of(new double[] {1}, new double[] {1, 1}))
        .withMessageContaining("1 arm and 2 baseline slices");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoundStatistic.of(new double[0], new double[0]));
  }

  private static double[] scaled(double[] values, double by) {
    return Arrays.stream(values).map(x -> x * by).toArray();
  }
}
