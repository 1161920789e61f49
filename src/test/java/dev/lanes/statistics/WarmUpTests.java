package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTests {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.02, 0.05, 0.1, 0.2})
  void flatNoiseNeedsOneSlice(double noise) {
    var random = new SplittableRandom(1);

    assertThat(flatShare(9, 30, () -> noise * random.nextGaussian())).isGreaterThanOrEqualTo(0.95);
  }

  /** Also with three processes or few slices, skewed, or with one in ten five times as far off. */
  @ParameterizedTest
  @CsvSource({"3, 30", "9, 12", "9, 5"})
  void noiseNeedNotBeNormal(int processes, int length) {
    var random = new SplittableRandom(2);

    assertThat(flatShare(processes, length, () -> 0.05 * random.nextExponential()))
        .isGreaterThanOrEqualTo(0.95);
    assertThat(flatShare(processes, length, () -> spiked(random))).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aRampOfThreeSlicesIsFound() {
    var random = new SplittableRandom(3);
    double[] ramp = {0.2, 0.2, 0.2};
    double[] falling = {0.2, 0.15, 0.1};
    int found = 0;
    for (int replicate = 0; replicate < 100; replicate++) {
      found += WarmUp.of(ramped(ramp, 0.02, random), 0.02).equals(new WarmUp(3, true)) ? 1 : 0;
      found += WarmUp.of(ramped(falling, 0.02, random), 0.02).equals(new WarmUp(3, true)) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(190);
  }

  @Test
  void aRampBelowHalfTheThresholdDoesNotMatter() {
    double[][] quiet = pilots(9, 20, i -> i < 4 ? 0.009 : 0, () -> 0);

    assertThat(WarmUp.of(quiet, 0.02)).isEqualTo(new WarmUp(1, true));
    assertThat(WarmUp.of(quiet, 0.01)).isEqualTo(new WarmUp(4, true));
  }

  @Test
  void aPilotThatNeverGetsSteadyIsWarmUpAsAWhole() {
    var random = new SplittableRandom(4);
    DoubleSupplier noise = () -> 0.01 * random.nextGaussian();

    assertThat(WarmUp.of(pilots(9, 30, i -> 0.2 - 0.006 * i, noise), 0.02))
        .isEqualTo(new WarmUp(30, false));
    assertThat(WarmUp.of(pilots(9, 30, i -> i == 25 ? 0.3 : 0, noise), 0.02))
        .isEqualTo(new WarmUp(30, false));
  }

  @Test
  void processesOfDifferentLengthsArePooledByPosition() {
    double[][] pilots = pilots(3, 20, i -> i < 2 ? 0.5 : 0, () -> 0);
    pilots[1] = new double[] {1.6, 1.6, 1, 1, 1, 1};
    pilots[2] = new double[] {9, 1};

    assertThat(WarmUp.of(pilots, 0.02)).isEqualTo(new WarmUp(2, true));
  }

  @Test
  void equalPilotsGiveEqualNumbers() {
    var random = new SplittableRandom(5);
    double[][] pilots = pilots(3, 20, i -> 0, () -> 0.2 * random.nextExponential());

    assertThat(WarmUp.of(pilots, 0.02)).isEqualTo(WarmUp.of(pilots, 0.02));
  }

  @Test
  void pilotsTooShortToJudgeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WarmUp.of(new double[][] {{1, 1, 1}}, 0.02))
        .withMessageContaining("no pilot process has 4 slices");
  }

  private static double flatShare(int processes, int length, DoubleSupplier noise) {
    int flat = 0;
    for (int replicate = 0; replicate < 100; replicate++) {
      WarmUp warmUp = WarmUp.of(pilots(processes, length, i -> 0, noise), 0.02);
      flat += warmUp.equals(new WarmUp(1, true)) ? 1 : 0;
    }
    return flat / 100.0;
  }

  private static double[][] ramped(double[] ramp, double noise, RandomGenerator random) {
    return pilots(
        9, 30, i -> i < ramp.length ? Math.log1p(ramp[i]) : 0, () -> noise * random.nextGaussian());
  }

  /** Slices of processes at levels of their own. */
  private static double[][] pilots(
      int processes, int length, IntToDoubleFunction log, DoubleSupplier noise) {
    double[][] pilots = new double[processes][length];
    for (int process = 0; process < processes; process++) {
      for (int i = 0; i < length; i++) {
        pilots[process][i] =
            0.02 * (process + 1) * Math.exp(log.applyAsDouble(i) + noise.getAsDouble());
      }
    }
    return pilots;
  }

  private static double spiked(RandomGenerator random) {
    return 0.05 * random.nextGaussian() * (random.nextInt(10) == 0 ? 5 : 1);
  }
}
