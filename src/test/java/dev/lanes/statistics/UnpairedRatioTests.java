package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.catalog.Measure.Better;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpairedRatioTests {

  /**
   * NumPy 2.4.6: {@code rng = default_rng(20261126); rng.normal(.05, .03, 12); rng.normal(0, .08,
   * 9)} to 4 decimals.
   */
  private static final double[] A = {
    0.0388, 0.0423, 0.0782, 0.0918, 0.0075, 0.0522, 0.1064, 0.0765, -0.0013, 0.0834, 0.0315, 0.0217
  };

  private static final double[] B = {
    0.0318, 0.0068, -0.0271, 0.1121, 0.0527, -0.0169, 0.0153, -0.0747, -0.0189
  };

  /** SciPy 1.17.1: {@code r = ttest_ind(A, B, equal_var=False); r.confidence_interval(c)}. */
  @ParameterizedTest
  @CsvSource({
    "0.95, -0.0007841791178801183, 0.08759529022899123, 0.007187554140062766, 0.07962355697104834",
    "0.96, -0.003266587680564717, 0.09007769879167583, 0.004568986601342452, 0.08224212450976864"
  })
  void theIntervalIsWelchs(
      double confidence, double lower, double upper, double lowerEqual, double upperEqual) {
    var ratio = UnpairedRatio.of(A, B, confidence);

    assertThat(ratio.logRatio()).isCloseTo(0.04340555555555556, within(1e-15));
    assertThat(ratio.logInterval().orElseThrow().lower()).isCloseTo(lower, within(1e-12));
    assertThat(ratio.logInterval().orElseThrow().upper()).isCloseTo(upper, within(1e-12));
    var equivalence = ratio.logEquivalenceInterval().orElseThrow();
    assertThat(equivalence.lower()).isCloseTo(lowerEqual, within(1e-12));
    assertThat(equivalence.upper()).isCloseTo(upperEqual, within(1e-12));
    assertThat(ratio.rounds()).isEqualTo(9);
  }

  /** SciPy 1.17.1: {@code t.isf(.02, [1, 4, 5.5, 12, 300])}. */
  @ParameterizedTest
  @CsvSource({
    "1, 15.894544843865305",
    "4, 2.9985278732065868",
    "5.5, 2.6762305260695247",
    "12, 2.3027216838060847",
    "300, 2.0627171200273633"
  })
  void theQuantileIsStudents(double degrees, double quantile) {
    Interval interval = UnpairedRatio.around(0, 1, degrees, 0.96);

    assertThat(interval.upper() / quantile).isCloseTo(1, within(1e-12));
    assertThat(interval.lower()).isEqualTo(-interval.upper());
  }

  /** SciPy 1.17.1: {@code ttest_ind(A, B, equal_var=False).pvalue}. */
  @Test
  void thePValueIsWelchs() {
    assertThat(UnpairedRatio.of(A, B, 0.95).pValue().orElseThrow())
        .isCloseTo(0.05361836998169116, within(1e-12));
  }

  @Test
  void swappingTheTwoIsExactlyTheInverseAndMirrorsTheVerdict() {
    var random = new SplittableRandom(61);
    for (int trial = 0; trial < 500; trial++) {
      double[] of = rounds(6 + random.nextInt(10), random.nextDouble(-0.1, 0.1), 0.05, random);
      double[] over = rounds(6 + random.nextInt(10), 0, 0.03, random);

      var forth = UnpairedRatio.of(of, over, 0.96);
      var back = UnpairedRatio.of(over, of, 0.96);

      assertThat(back).isEqualTo(forth.inverse());
      assertThat(forth.inverse().inverse()).isEqualTo(forth);
      for (Better better : Better.values()) {
        var decision = Decision.of(forth, better, 0.02);
        var mirrored = Decision.of(back, better, 0.02);
        assertThat(mirrored.verdict()).isEqualTo(decision.verdict().mirrored());
        assertThat(mirrored.matters()).isEqualTo(decision.matters());
        assertThat(mirrored.roundsNeeded()).isEqualTo(decision.roundsNeeded());
      }
    }
  }

  @Test
  void aFactorOnOneSideIsTheSameFactorOnTheRatio() {
    var ratio = UnpairedRatio.of(A, B, 0.95);

    var tripled = UnpairedRatio.of(Samples.shifted(A, Math.log(3)), B, 0.95);

    assertThat(tripled.ratio()).isCloseTo(3 * ratio.ratio(), within(1e-14));
    assertThat(tripled.halfWidth().orElseThrow())
        .isCloseTo(ratio.halfWidth().orElseThrow(), within(1e-14));
  }

  @Test
  void fewerThanSixRoundsOnEitherSideHaveARatioButNoInterval() {
    var ratio = UnpairedRatio.of(Arrays.copyOf(A, 5), B, 0.95);

    assertThat(ratio.ratio()).isPositive();
    assertThat(ratio.interval()).isEmpty();
    assertThat(ratio.pValue()).isEmpty();
    assertThat(UnpairedRatio.of(B, Arrays.copyOf(A, 5), 0.95).interval()).isEmpty();
    assertThat(Decision.of(ratio, Better.LOWER, 0.02).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void withoutAnySpreadTheDifferenceIsCertain() {
    double[] ones = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};

    var equal = UnpairedRatio.of(ones, ones, 0.95);
    var twice = UnpairedRatio.of(Samples.shifted(ones, 0.5), ones, 0.95);

    assertThat(equal.interval()).contains(new Interval(1, 1));
    assertThat(equal.pValue()).hasValue(1);
    assertThat(twice.logInterval()).contains(new Interval(0.5, 0.5));
    assertThat(twice.pValue()).hasValue(0);
  }

  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    var random = new SplittableRandom(62);
    int covered = 0;
    int trials = 4_000;
    for (int trial = 0; trial < trials; trial++) {
      double[] of = rounds(10, 0.1, 0.05, random);
      double[] over = rounds(14, 0, 0.02, random);
      covered += UnpairedRatio.of(of, over, 0.95).logInterval().orElseThrow().contains(0.1) ? 1 : 0;
    }
    assertThat((double) covered / trials).isBetween(0.94, 0.96);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnpairedRatio.of(new double[] {}, B, 0.95))
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnpairedRatio.of(A, new double[] {Double.NaN}, 0.95))
        .withMessageContaining("finite");
    assertThatIllegalArgumentException().isThrownBy(() -> UnpairedRatio.of(A, B, 0.4));
  }

  private static double[] rounds(int size, double mean, double spread, RandomGenerator random) {
    double[] rounds = new double[size];
    Arrays.setAll(rounds, _ -> mean + spread * random.nextGaussian());
    return rounds;
  }
}
