package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BlockDesignTests {
  private static final double[][] A = {
    {0.101, 0.103, 0.102}, {0.108, 0.107, 0.109}, {0.099, 0.100, 0.101}
  };
  private static final double[][] B = {
    {0.110, 0.112, 0.111}, {0.104, 0.105, 0.103}, {0.115, 0.116, 0.118}, {0.109, 0.108, 0.110}
  };

  /**
   * SciPy 1.18.1: {@code ttest_ind(ravel(a), ravel(b)).pvalue} and {@code ttest_ind(mean(a, 1),
   * mean(b, 1), equal_var=False).pvalue}.
   */
  @Test
  void pValuesAgreeWithScipy() {
    var block = BlockDesign.of(A, B);

    assertThat(block.pooledP()).isCloseTo(0.002178630026504463, within(1e-14));
    assertThat(block.welchP()).isCloseTo(0.11327437698839937, within(1e-14));
    assertThat(BlockDesign.of(B, A)).isEqualTo(block);
  }

  /**
   * Thirty processes of ten values, spread 5 % between processes and 1 % within: pooled t-tests on
   * such values call equal programs different about half of the time.
   */
  @Test
  void pooledValuesFindDifferencesBetweenEqualPrograms() {
    var random = new SplittableRandom(3);
    int pooled = 0;
    int welch = 0;
    for (int replicate = 0; replicate < 500; replicate++) {
      var block = BlockDesign.of(processes(random), processes(random));
      pooled += block.pooledP() <= 0.05 ? 1 : 0;
      welch += block.welchP() <= 0.05 ? 1 : 0;
    }
    assertThat(pooled / 500.0).isBetween(0.4, 0.6);
    assertThat(welch / 500.0).isBetween(0.03, 0.07);
  }

  @Test
  void withoutSpreadOnlyEqualityCounts() {
    double[][] ones = {{1, 1}, {1, 1}};
    double[][] twos = {{2, 2}, {2, 2}};

    assertThat(BlockDesign.of(ones, ones)).isEqualTo(new BlockDesign(1, 1));
    assertThat(BlockDesign.of(ones, twos)).isEqualTo(new BlockDesign(0, 0));
  }

  @Test
  void whatCannotBeTestedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockDesign.of(A, new double[][] {{1, 2}}))
        .withMessageContaining("program B has 1 processes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockDesign.of(new double[][] {{1}, {}}, B))
        .withMessageContaining("one without a value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockDesign.of(new double[][] {{1}, {Double.NaN}}, B))
        .withMessageContaining("NaN");
  }

  private static double[][] processes(RandomGenerator random) {
    double[][] processes = new double[30][10];
    for (double[] process : processes) {
      double level = 1 + 0.05 * random.nextGaussian();
      for (int i = 0; i < process.length; i++) {
        process[i] = level + 0.01 * random.nextGaussian();
      }
    }
    return processes;
  }
}
