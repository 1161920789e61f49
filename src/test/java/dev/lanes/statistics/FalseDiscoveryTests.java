package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FalseDiscoveryTests {

  /** The example of Benjamini and Hochberg (1995), section 4.1. */
  private static final double[] P = {
    .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528,
    .7590, 1.0
  };

  /** SciPy 1.17.1: {@code stats.false_discovery_control(P)}. The paper rejects the first four. */
  @Test
  void theQValuesAreThoseOfBenjaminiAndHochberg() {
    double[] q = {
      0.0015,
      0.003,
      0.0095,
      0.035625,
      0.0603,
      0.06385714285714286,
      0.06385714285714286,
      0.0645,
      0.07650000000000001,
      0.486,
      0.5811818181818181,
      0.7148749999999999,
      0.7532307692307693,
      0.8132142857142857,
      1.0
    };

    assertThat(FalseDiscovery.qValues(P)).containsExactly(q, within(1e-15));
    assertThat(FalseDiscovery.qValues(Samples.reversed(P)))
        .containsExactly(Samples.reversed(q), within(1e-15));
    assertThat(Arrays.stream(q).filter(one -> one <= FalseDiscovery.LEVEL).count()).isEqualTo(4);
  }

  @Test
  void equalPValuesHaveEqualQValues() {
    assertThat(FalseDiscovery.qValues(new double[] {0.02, 0.02, 0.5, 0.02}))
        .containsExactly(new double[] {0.08 / 3, 0.08 / 3, 0.5, 0.08 / 3}, within(1e-15));
    assertThat(FalseDiscovery.qValues(new double[] {})).isEmpty();
    assertThat(FalseDiscovery.qValues(new double[] {0.03})).containsExactly(0.03);
  }

  @Test
  void ofTheDiscoveriesAtMostTheLevelIsFalse() {
    var random = new SplittableRandom(71);
    double share = 0;
    int trials = 2_000;
    for (int trial = 0; trial < trials; trial++) {
      // 80 of 100 are equal; the others have small p-values.
      double[] p = new double[100];
      Arrays.setAll(p, i -> i < 80 ? random.nextDouble() : random.nextDouble() / 200);
      double[] q = FalseDiscovery.qValues(p);
      long wrong = Arrays.stream(q, 0, 80).filter(one -> one <= 0.05).count();
      long all = Arrays.stream(q).filter(one -> one <= 0.05).count();
      share += all == 0 ? 0 : (double) wrong / all;
    }
    // The expected share is the level times that of the equal ones, 4 %.
    assertThat(share / trials).isBetween(0.035, 0.045);
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FalseDiscovery.qValues(new double[] {0.1, 1.2}))
        .withMessageContaining("1.2");
  }
}
