package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTests {
  private static final double[] FIFTEEN = {
    1.74, 0.628, 1.089, 1.147, 1.955, 1.147, 1.469, 0.711, 1.085, 1.075, 1.21, 0.738, 0.807, 0.837,
    0.805
  };

  /** SciPy 1.17.1: {@code quantile_test(x, p=.5).confidence_interval(.95)}. */
  @Test
  void theIntervalAgreesWithScipy() {
    var median = MedianInterval.of(FIFTEEN);

    assertThat(median.median()).isEqualTo(1.085);
    assertThat(median.interval()).contains(new Interval(0.805, 1.21));
    assertThat(median.size()).isEqualTo(15);
  }

  /**
   * SciPy 1.17.1: the first j with {@code binom.cdf(j, n, .5) > alpha / 2}; of the values 1…n the
   * interval then begins at j.
   */
  @ParameterizedTest
  @CsvSource({
    "6, 0.90, 1",
    "6, 0.95, 1",
    "8, 0.99, 1",
    "10, 0.95, 2",
    "11, 0.90, 3",
    "11, 0.99, 1",
    "25, 0.95, 8",
    "25, 0.99, 6",
    "60, 0.95, 22",
    "1000, 0.95, 469",
    "1000, 0.99, 459"
  })
  void theRanksAreThoseOfTheBinomialDistribution(int size, double confidence, int rank) {
    double[] ranks = IntStream.rangeClosed(1, size).mapToDouble(i -> i).toArray();

    var median = MedianInterval.of(ranks, confidence);

    assertThat(median.interval()).contains(new Interval(rank, size + 1 - rank));
    assertThat(median.median()).isEqualTo((size + 1) / 2.0);
  }

  /** SciPy as above: 470 and 700. */
  @ParameterizedTest
  @CsvSource({"1001, 0.95, 470", "1500, 0.99, 700"})
  void beyondAThousandValuesTheIntervalIsAtMostOneRankWider(int size, double confidence, int rank) {
    double[] ranks = IntStream.rangeClosed(1, size).mapToDouble(i -> i).toArray();

    var interval = MedianInterval.of(ranks, confidence).interval().orElseThrow();

    assertThat(interval.lower()).isBetween(rank - 1.0, (double) rank);
  }

  @Test
  void fiveValuesHaveAMedianButNoInterval() {
    var median = MedianInterval.of(new double[] {5, 1, 4, 2, 3});

    assertThat(median.median()).isEqualTo(3);
    assertThat(median.interval()).isEmpty();
  }

  @Test
  void skewedTimesAreCovered() {
    var random = new SplittableRandom(3);
    for (int size : new int[] {6, 10, 20, 40}) {
      int covered = 0;
      for (int replicate = 0; replicate < 2_000; replicate++) {
        double[] times =
            IntStream.range(0, size).mapToDouble(i -> random.nextExponential()).toArray();
        covered += MedianInterval.of(times).interval().orElseThrow().contains(Math.log(2)) ? 1 : 0;
      }
      assertThat(covered / 2_000.0).as("%d values", size).isBetween(0.945, 0.985);
    }
  }

  @Test
  void unusableInputIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MedianInterval.of(new double[] {1, 2, Double.POSITIVE_INFINITY}))
        .withMessageContaining("value 2 is Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> MedianInterval.of(new double[0]));
  }
}
