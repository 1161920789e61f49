package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.Samples.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pinned intervals were found without pairwise averages, by bisection of {@code m} on SciPy
 * 1.17.1's {@code wilcoxon(d - m, method='exact').pvalue > alpha}; the locations by bisection on
 * the statistic reaching n(n+1)/4. Seventy values use {@code method='asymptotic', correction=True}.
 */
class HodgesLehmannTests {

  @Test
  void theTextbookExampleIsReproduced() {
    var location = HodgesLehmann.of(Samples.DEPRESSION);

    assertThat(location.location()).isCloseTo(0.46, within(1e-12));
    assertInterval(location, 0.95, 0.010, 0.786);
    assertInterval(location, 0.90, 0.175, 0.726);
  }

  @ParameterizedTest
  @CsvSource({"0.90, 0.726, 0.8848", "0.95, 0.6563, 0.9623", "0.96, 0.6563, 0.9623"})
  void sixRoundsAgreeWithScipy(double confidence, double lower, double upper) {
    var location = HodgesLehmann.of(Samples.SIX);

    assertThat(location.location()).isCloseTo(0.8073, within(1e-12));
    assertInterval(location, confidence, lower, upper);
  }

  @ParameterizedTest
  @CsvSource({
    "0.90, -0.02655, 0.04145",
    "0.95, -0.033, 0.04305",
    "0.96, -0.0336, 0.04355",
    "0.99, -0.0446, 0.0489"
  })
  void twelveRoundsAgreeWithScipy(double confidence, double lower, double upper) {
    var location = HodgesLehmann.of(Samples.TWELVE);

    assertThat(location.location()).isCloseTo(0.00495, within(1e-12));
    assertInterval(location, confidence, lower, upper);
  }

  @ParameterizedTest
  @CsvSource({
    "0.90, -0.01637, 0.0355",
    "0.95, -0.023115, 0.04303",
    "0.96, -0.023765, 0.046715",
    "0.99, -0.03075, 0.05562"
  })
  void twentyFiveRoundsAgreeWithScipy(double confidence, double lower, double upper) {
    var location = HodgesLehmann.of(Samples.TWENTY_FIVE);

    assertThat(location.location()).isCloseTo(0.008555, within(1e-12));
    assertInterval(location, confidence, lower, upper);
  }

  @ParameterizedTest
  @CsvSource({
    "0.90, 0.010945, 0.044385",
    "0.95, 0.008205, 0.047215",
    "0.96, 0.007405, 0.04824",
    "0.99, 0.001935, 0.052645"
  })
  void seventyRoundsAgreeWithScipysApproximation(double confidence, double lower, double upper) {
    var location = HodgesLehmann.of(Samples.SEVENTY);

    assertThat(location.location()).isCloseTo(0.02767, within(1e-12));
    assertInterval(location, confidence, lower, upper);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void fewerThanSixRoundsHaveNoIntervalAtNinetyFivePercent(int size) {
    double[] few = new SplittableRandom(size).doubles(size).toArray();

    assertThat(HodgesLehmann.of(few).interval(0.95)).isEmpty();
  }

  @Test
  void aSingleOutlierHardlyMovesTheLocation() {
    double[] spoilt = Samples.TWENTY_FIVE.clone();
    spoilt[3] = 50;

    double moved = HodgesLehmann.of(spoilt).location() - 0.008555;

    assertThat(Math.abs(moved)).isLessThan(0.01);
  }

  @Test
  void hundredsOfRoundsAreFine() {
    var location = HodgesLehmann.of(Shape.NORMAL.draw(600, new SplittableRandom(1)));

    assertThat(location.interval(0.95).orElseThrow().halfWidth()).isCloseTo(0.08, within(0.02));
  }

  /** The gate allows for exact levels: at 6 rounds the true coverage is 1 − 2/64 = 96.9 %. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void theIntervalCoversTheTruthAsOftenAsItSays(Shape shape) {
    var random = new SplittableRandom(20_240_607);
    for (int rounds : new int[] {6, 10, 20, 40}) {
      int covered = 0;
      for (int replicate = 0; replicate < 2_000; replicate++) {
        var location = HodgesLehmann.of(shape.draw(rounds, random));
        covered += location.interval(0.95).orElseThrow().contains(0) ? 1 : 0;
      }
      assertThat(covered / 2_000.0).as("%s, %d rounds", shape, rounds).isBetween(0.935, 0.975);
    }
  }

  @Test
  void unusableValuesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HodgesLehmann.of(new double[] {1, Double.NaN}))
        .withMessageContaining("value 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HodgesLehmann.of(new double[0]))
        .withMessageContaining("0 differences");
  }

  private static void assertInterval(
      HodgesLehmann location, double confidence, double lower, double upper) {
    Interval interval = location.interval(confidence).orElseThrow();
    assertThat(interval.lower()).isCloseTo(lower, within(1e-12));
    assertThat(interval.upper()).isCloseTo(upper, within(1e-12));
  }
}
