package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.Samples.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignFlipTests {
  private static final double[][] THREE_ARMS = {
    {0.031, 0.012, -0.004, 0.022, 0.041, 0.008, 0.017, 0.029},
    {0.005, -0.011, 0.013, -0.002, 0.009, 0.001, -0.006, 0.004},
    {-0.052, -0.047, -0.061, -0.039, -0.055, -0.050, -0.012, -0.058}
  };

  /** NumPy 2.5.5: {@code default_rng(5).normal(.01, .03, (4, 30))} to 4 decimals. */
  private static final double[][] THIRTY_ROUNDS = {
    {
      -0.0141, -0.0297, 0.0025, 0.0226, 0.0441, 0.0133, -0.0066, -0.0135, 0.0325, 0.059, 0.0182,
      -0.027, -0.0187, 0.058, 0.0161, -0.042, 0.0075, -0.0249, -0.0089, -0.0046, -0.0114, 0.0266,
      0.0081, -0.0077, 0.0223, 0.0349, -0.0393, 0.0023, -0.0194, 0.0048
    },
    {
      -0.0287, 0.0106, 0.0089, 0.0009, -0.0214, -0.0019, -0.0227, -0.0307, 0.0167, -0.0233, 0.0451,
      0.0315, -0.0499, 0.0182, -0.0231, 0.011, 0.0113, -0.0497, 0.003, 0.0023, 0.0389, -0.0254,
      0.0321, -0.023, 0.0001, -0.0152, 0.0535, 0.027, 0.083, 0.0293
    },
    {
      0.0353, 0.0352, -0.0082, 0.0079, 0.0505, -0.0019, 0.0157, 0.0094, 0.0283, -0.0009, 0.0054,
      0.0173, 0.0131, -0.0159, 0.0369, -0.029, -0.026, -0.0285, 0.039, -0.0008, -0.0191, -0.0241,
      0.0226, -0.0216, -0.0282, 0.0284, -0.0259, 0.0003, 0.0098, -0.0034
    },
    {
      0.0084, 0.0502, -0.0055, -0.0278, -0.0451, 0.0039, -0.0006, 0.018, -0.0039, -0.0044, -0.0116,
      -0.0056, 0.0148, -0.0014, 0.013, 0.067, 0.0244, -0.0373, 0.062, 0.0204, -0.0182, 0.0372,
      0.0105, -0.0085, -0.009, -0.0198, 0.0114, 0.0421, 0.0002, 0.0226
    }
  };

  /**
   * SciPy 1.18.1: {@code permutation_test((d,), lambda x, axis: abs(x.mean(axis)),
   * permutation_type='samples', alternative='greater', n_resamples=inf).pvalue}.
   */
  @Test
  void aSingleArmHasTheSignTestOfItsMean() {
    var flip = SignFlip.of(new double[][] {THREE_ARMS[0]}, 1);

    assertThat(flip.arms().getFirst().adjustedP()).isEqualTo(0.015625);
  }

  /**
   * NumPy 2.5.5, all 256 rows E of {@code itertools.product([1, -1], repeat=8)}: m = E·D/8, t = |m|
   * / sqrt((ΣD² − 8m²)/7/8); p the share of rows whose largest t over the arms reaches the observed
   * one; half width the 244th smallest of the largest t of D − mean(D), times std(D, ddof=1)/√8.
   */
  @Test
  void allSignsGiveTheValuesOfNumpy() {
    var arms = SignFlip.of(THREE_ARMS, 1).arms();

    assertThat(arms)
        .extracting(SignFlip.Arm::adjustedP)
        .containsExactly(0.03125, 0.890625, 0.0078125);
    assertInterval(arms.get(0), 0.004486944030951581, 0.03451305596904842, 1e-14);
    assertInterval(arms.get(1), -0.0066025151941271065, 0.009852515194127106, 1e-14);
    assertInterval(arms.get(2), -0.0630903264836562, -0.0304096735163438, 1e-14);
  }

  /** NumPy as above, but 400 000 rows {@code default_rng(1).choice([1, -1], (400_000, 30))}. */
  @Test
  void drawnSignsComeCloseToTheValuesOfNumpy() {
    var arms = SignFlip.of(THIRTY_ROUNDS, 1).arms();

    double[] pValues = {0.9245, 0.9507, 0.8263, 0.5157};
    for (int arm = 0; arm < pValues.length; arm++) {
      assertThat(arms.get(arm).adjustedP()).isCloseTo(pValues[arm], within(0.015));
    }
    assertInterval(arms.get(0), -0.00936173, 0.01636173, 0.0006);
    assertInterval(arms.get(3), -0.00598876, 0.01981542, 0.0006);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 30})
  void swappingContenderAndBaselineIsAnExactChangeOfSign(int rounds) {
    double[][] arms = rounds == 8 ? THREE_ARMS : THIRTY_ROUNDS;
    double[][] negated = Arrays.stream(arms).map(Samples::negated).toArray(double[][]::new);

    var flip = SignFlip.of(arms, 7);

    assertThat(SignFlip.of(negated, 7).arms())
        .isEqualTo(
            flip.arms().stream()
                .map(arm ->
                    new SignFlip.Arm(arm.adjustedP(), arm.logInterval().map(Interval::negated)))
                .toList());
  }

  @Test
  void equalDataAndSeedGiveEqualRecords() {
    assertThat(SignFlip.of(THIRTY_ROUNDS, 7)).isEqualTo(SignFlip.of(THIRTY_ROUNDS, 7));
    assertThat(SignFlip.of(THIRTY_ROUNDS, 7)).isNotEqualTo(SignFlip.of(THIRTY_ROUNDS, 8));
    assertThat(SignFlip.of(THREE_ARMS, 7)).isEqualTo(SignFlip.of(THREE_ARMS, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 30})
  void theOrderOfRoundsDoesNotMatter(int rounds) {
    double[][] arms = rounds == 8 ? THREE_ARMS : THIRTY_ROUNDS;
    double[][] reversed = Arrays.stream(arms).map(Samples::reversed).toArray(double[][]::new);

    assertThat(SignFlip.of(reversed, 7)).isEqualTo(SignFlip.of(arms, 7));
  }

  @Test
  void moreArmsNeverMakeAnArmMoreCertain() {
    double alone = SignFlip.of(new double[][] {THREE_ARMS[0]}, 1).arms().getFirst().adjustedP();
    double among = SignFlip.of(THREE_ARMS, 1).arms().getFirst().adjustedP();

    assertThat(among).isGreaterThanOrEqualTo(alone);
  }

  /** Six rounds of a clear difference suffice, also beside an arm that has none. */
  @Test
  void aNoisyArmDoesNotHideAClearOne() {
    double[] clear = {0.7, 0.71, 0.69, 0.72, 0.7, 0.68};
    double[] none = {0.01, -0.02, 0.03, -0.01, 0.02, -0.03};

    var arms = SignFlip.of(new double[][] {clear, none}, 1).arms();

    assertThat(arms.get(0).adjustedP()).isEqualTo(2.0 / 64);
    assertThat(arms.get(1).adjustedP()).isGreaterThan(0.5);
  }

  @Test
  void zerosAndConstantsHaveNoSpreadAndNoNaN() {
    double[] constant = new double[10];
    Arrays.fill(constant, 0.1);

    var arms = SignFlip.of(new double[][] {new double[10], constant}, 1).arms();

    assertThat(arms.get(0)).isEqualTo(new SignFlip.Arm(1, arms.get(0).logInterval()));
    assertThat(arms.get(0).logInterval()).contains(new Interval(0, 0));
    assertThat(arms.get(1).adjustedP()).isEqualTo(2.0 / 1024);
    assertInterval(arms.get(1), 0.1, 0.1, 1e-15);
  }

  @Test
  void fiveRoundsDecideNothing() {
    double[] five = {0.7, 0.71, 0.69, 0.72, 0.7};

    var arm = SignFlip.of(new double[][] {five}, 1).arms().getFirst();

    assertThat(arm.adjustedP()).isEqualTo(2.0 / 32);
    assertThat(arm.logInterval()).isEmpty();
  }

  /** Three arms that share a noisy baseline: one equal to it, one near, one far. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void allIntervalsTogetherCoverAsOftenAsTheySay(Shape shape) {
    var random = new SplittableRandom(20_240_611);
    double[] truth = {0, 0.5, 3};
    for (int rounds : new int[] {6, 10, 20, 40}) {
      int covered = 0;
      for (int replicate = 0; replicate < 2_000; replicate++) {
        var flip = SignFlip.of(arms(shape, rounds, truth, random), replicate, 399);
        boolean all = true;
        for (int arm = 0; arm < truth.length; arm++) {
          all &= flip.arms().get(arm).logInterval().orElseThrow().contains(truth[arm]);
        }
        covered += all ? 1 : 0;
      }
      assertThat(covered / 2_000.0).as("%s, %d rounds", shape, rounds).isBetween(0.935, 0.97);
    }
  }

  @Test
  void equalArmsAreFoundDifferentInOneOfTwentyGroups() {
    var random = new SplittableRandom(20_240_612);
    int found = 0;
    for (int replicate = 0; replicate < 2_000; replicate++) {
      var flip = SignFlip.of(arms(Shape.OUTLIERS, 10, new double[5], random), replicate);
      found += flip.arms().stream().anyMatch(arm -> arm.adjustedP() <= 0.05) ? 1 : 0;
    }
    assertThat(found / 2_000.0).isBetween(0.035, 0.065);
  }

  @Test
  void whatCannotBeJudgedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlip.of(new double[0][], 1))
        .withMessageContaining("at least one arm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlip.of(new double[][] {{1, 2}, {1}}, 1))
        .withMessageContaining("arm 1 has 1 rounds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignFlip.of(new double[][] {{1, Double.NaN}}, 1))
        .withMessageContaining("NaN");
  }

  private static double[][] arms(Shape shape, int rounds, double[] truth, RandomGenerator random) {
    double[] baseline = Samples.scaled(shape.draw(rounds, random), 0.7);
    double[][] arms = new double[truth.length][];
    for (int arm = 0; arm < truth.length; arm++) {
      arms[arm] = Samples.shifted(shape.draw(rounds, random), truth[arm]);
      for (int round = 0; round < rounds; round++) {
        arms[arm][round] -= baseline[round];
      }
    }
    return arms;
  }

  private static void assertInterval(
      SignFlip.Arm arm, double lower, double upper, double tolerance) {
    assertThat(arm.logInterval().orElseThrow().lower()).isCloseTo(lower, within(tolerance));
    assertThat(arm.logInterval().orElseThrow().upper()).isCloseTo(upper, within(tolerance));
  }
}
