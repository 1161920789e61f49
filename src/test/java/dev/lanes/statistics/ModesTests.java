package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.statistics.Samples.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModesTests {

  @Test
  void twoClustersAreToldWithTheirSizes() {
    double[] rounds = {1.0, 1.5, 1.02, 1.5, 0.99, 1.01, 1.52, 1.0, 1.53, 0.98};

    assertThat(Modes.of(rounds)).contains(new Modes(6, 1.0, 4, 1.51));
  }

  @Test
  void oneOutlierIsNoCluster() {
    assertThat(Modes.of(new double[] {1.0, 1.01, 1.02, 0.99, 0.98, 1.03, 1.0, 1.01, 1.02, 2}))
        .isEmpty();
  }

  @Test
  void sevenValuesAreTooFewAndEqualOnesHaveNoGap() {
    assertThat(Modes.of(new double[] {1, 1, 1, 1, 2, 2, 2})).isEmpty();
    assertThat(Modes.of(new double[12])).isEmpty();
  }

  /**
   * About one of a hundred for uniform values, fewer for the others; three standard errors above.
   */
  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "OUTLIERS", "SKEWED_DIFFERENCE", "UNIFORM"})
  void oneModeIsSeldomTakenForTwo(Shape shape) {
    var random = new SplittableRandom(101);
    for (int size : new int[] {8, 10, 20, 60}) {
      int wrong = 0;
      for (int trial = 0; trial < 2_000; trial++) {
        wrong += Modes.of(shape.draw(size, random)).isPresent() ? 1 : 0;
      }
      assertThat(wrong / 2_000.0).as("%s, %d rounds", shape, size).isLessThan(0.017);
    }
  }

  @Test
  void modesThatAreFarApartAreSeen() {
    var random = new SplittableRandom(102);
    int seen = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      double[] rounds = new double[20];
      Arrays.setAll(rounds, i -> (i % 2) * 8 + random.nextGaussian());
      seen += Modes.of(rounds).isPresent() ? 1 : 0;
    }
    assertThat(seen / 1_000.0).isGreaterThan(0.9);
  }
}
