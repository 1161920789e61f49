package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRankTests {

  /**
   * SciPy 1.17.1: {@code wilcoxon(d, alternative='less', method='exact').pvalue} of differences
   * ±1…±n whose positive ranks add up to the rank sum.
   */
  @ParameterizedTest
  @CsvSource({
    "6, 0, 0.015625",
    "10, 8, 0.0244140625",
    "20, 52, 0.02422046661376953",
    "40, 264, 0.024880283909624268",
    "60, 690, 0.04931442483830081"
  })
  void theDistributionIsExactUpToSixty(int size, int rankSum, double probability) {
    assertThat(SignedRank.cumulative(size, rankSum)).isCloseTo(probability, within(1e-14));
  }

  /** SciPy 1.17.1: {@code norm.cdf((v + .5 - n(n+1)/4) / sqrt(n(n+1)(2n+1)/24))}. */
  @ParameterizedTest
  @CsvSource({"61, 700, 0.03922255438686301", "100, 2000, 0.03566260049115161"})
  void theDistributionIsNormalBeyondSixty(int size, int rankSum, double probability) {
    assertThat(SignedRank.cumulative(size, rankSum)).isCloseTo(probability, within(1e-14));
  }

  @Test
  void theDistributionIsSymmetricAndEndsAtOne() {
    for (int size : new int[] {1, 2, 7, 60, 61, 300}) {
      int largest = size * (size + 1) / 2;
      assertThat(SignedRank.cumulative(size, -1)).isZero();
      assertThat(SignedRank.cumulative(size, largest)).isEqualTo(1);
      assertThat(SignedRank.cumulative(size, largest / 3))
          .isCloseTo(1 - SignedRank.cumulative(size, largest - largest / 3 - 1), within(1e-12));
    }
  }

  /**
   * One more than the published critical values T (F. Wilcoxon, R. Wilcox, Some Rapid Approximate
   * Statistical Procedures, 1964, two-sided 0.05: 0, 2, 3, 5, 8, 10, 25, 52, 89, 137, 264, 434).
   */
  @ParameterizedTest
  @CsvSource({
    "5, 0", "6, 1", "7, 3", "8, 4", "9, 6", "10, 9", "11, 11", "15, 26", "20, 53", "25, 90",
    "30, 138", "40, 265", "50, 435"
  })
  void criticalRanksAgreeWithThePublishedTable(int size, int rank) {
    assertThat(SignedRank.criticalRank(size, 0.05)).isEqualTo(rank);
  }

  /** Pragmastat (commit 0b10ab2), tests/signed-rank-margin: half of the published margin. */
  @ParameterizedTest
  @CsvSource({"6, 0.05, 1", "10, 0.05, 9", "20, 0.001, 22", "50, 0.01, 374"})
  void criticalRanksAgreeWithPragmastat(int size, double alpha, int rank) {
    assertThat(SignedRank.criticalRank(size, alpha)).isEqualTo(rank);
  }

  /** Exact ranks from subset counts in Python integers and fractions. */
  @ParameterizedTest
  @CsvSource({
    "61, 0.1, 716", "61, 0.05, 673", "61, 0.04, 660",
    "80, 0.1, 1277", "80, 0.05, 1212", "80, 0.04, 1193",
    "150, 0.1, 4786", "150, 0.05, 4619", "150, 0.04, 4569",
    "300, 0.1, 20101", "300, 0.05, 19629", "300, 0.04, 19489"
  })
  void approximateRanksAreWithinTwoOfTheExactOnes(int size, double alpha, int exact) {
    assertThat(SignedRank.criticalRank(size, alpha)).isBetween(exact - 2, exact + 1);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 5", "0.05, 6", "0.04, 6", "0.01, 8", "0.001, 11"})
  void theSmallestSizeIsTheFirstWithAnInterval(double alpha, int size) {
    assertThat(SignedRank.smallestSize(alpha)).isEqualTo(size);
  }

  /** SciPy 1.17.1: {@code wilcoxon(d, method='exact').pvalue}; 70 with {@code 'asymptotic'}. */
  @Test
  void pValuesAgreeWithScipy() {
    assertThat(SignedRank.pValue(Samples.DEPRESSION)).isCloseTo(0.0390625, within(1e-12));
    assertThat(SignedRank.pValue(Samples.SIX)).isCloseTo(0.03125, within(1e-12));
    assertThat(SignedRank.pValue(Samples.TWELVE)).isCloseTo(0.67724609375, within(1e-12));
    assertThat(SignedRank.pValue(Samples.TWENTY_FIVE)).isCloseTo(0.6338268518447876, within(1e-12));
    assertThat(SignedRank.pValue(Samples.SEVENTY)).isCloseTo(0.005342234195395339, within(1e-12));
  }

  /**
   * SciPy 1.17.1: {@code wilcoxon(d, zero_method='zsplit', method=PermutationMethod())} enumerates
   * all signs and gives 0.05859375.
   */
  @Test
  void tiesAndZerosErrUpwards() {
    double[] tied = {2, -1, 3, 0, 2, 5, -2, 4, 1, 3};

    assertThat(SignedRank.pValue(tied)).isBetween(0.05859375, 0.15);
    assertThat(SignedRank.pValue(new double[10])).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 8, 13, 30, 70})
  void thePValueAndTheIntervalAlwaysAgree(int size) {
    var random = new SplittableRandom(size);
    for (int replicate = 0; replicate < 300; replicate++) {
      double[] coarse = random.ints(size, -4, 8).asDoubleStream().toArray();

      boolean significant = SignedRank.pValue(coarse) <= 0.05;

      var interval = HodgesLehmann.of(coarse).interval(0.95);
      assertThat(interval.map(i -> !i.contains(0)).orElse(false)).isEqualTo(significant);
    }
  }

  @Test
  void sizesAndLevelsOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedRank.cumulative(0, 1))
        .withMessageContaining("0 differences");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedRank.criticalRank(10, 1.5))
        .withMessageContaining("1.5");
  }
}
