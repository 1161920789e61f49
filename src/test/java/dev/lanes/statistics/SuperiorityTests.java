package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.catalog.Measure.Better;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SuperiorityTests {

  /**
   * NumPy 2.4.6, after the two samples of {@link UnpairedRatioTests}: {@code rng.lognormal(0, .2,
   * 14)} and {@code rng.lognormal(.1, .2, 11)} to 1 decimal, which has ties.
   */
  private static final double[] X = {
    1.1, 1.2, 1.1, 1.3, 1.0, 0.8, 1.4, 1.4, 0.7, 0.8, 0.8, 0.9, 0.9, 0.8
  };

  private static final double[] Y = {1.0, 1.3, 1.5, 0.9, 1.3, 1.1, 1.2, 1.1, 0.9, 1.1, 1.1};

  /** SciPy 1.17.1: {@code mannwhitneyu(X, Y).statistic / (14 * 11)}, U = 51. */
  @Test
  void theChanceIsMannAndWhitneysStatisticOverAllPairs() {
    assertThat(Superiority.of(X, Y, Better.HIGHER)).isCloseTo(51 / 154.0, within(1e-15));
    assertThat(Superiority.of(X, Y, Better.LOWER)).isCloseTo(103 / 154.0, within(1e-15));
  }

  @Test
  void theChancesOfBothSidesMakeOne() {
    var random = new SplittableRandom(81);
    for (int trial = 0; trial < 300; trial++) {
      double[] of = random.doubles(1 + random.nextInt(30)).map(v -> Math.rint(9 * v)).toArray();
      double[] over = random.doubles(1 + random.nextInt(30)).map(v -> Math.rint(9 * v)).toArray();
      for (Better better : Better.values()) {
        double forth = Superiority.of(of, over, better);
        assertThat(forth + Superiority.of(over, of, better)).isCloseTo(1, within(1e-15));
        assertThat(forth).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void equalSamplesBeatEachOtherHalfOfTheTime() {
    assertThat(Superiority.of(new double[] {1, 1}, new double[] {1}, Better.LOWER)).isEqualTo(0.5);
    assertThat(Superiority.of(new double[] {1, 2}, new double[] {3, 4}, Better.LOWER)).isEqualTo(1);
    assertThat(Superiority.of(new double[] {1, 2}, new double[] {3, 4}, Better.HIGHER)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Superiority.of(new double[] {}, Y, Better.LOWER));
  }
}
