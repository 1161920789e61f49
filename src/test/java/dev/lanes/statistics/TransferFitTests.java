package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.Samples.Shape;
import dev.lanes.statistics.TransferFit.Estimate;
import dev.lanes.statistics.TransferFit.Status;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferFitTests {
  private static final double MARGIN = 0.02;
  private static final double[] SIZES = {64, 4096, 65_536, 1_048_576, 8_388_608};
  private static final double LATENCY = 2e-5;
  private static final double COST = 5e-10;

  /**
   * NumPy 2.4.6: {@code default_rng(11)}, for each size n {@code (2e-5 + 5e-10 * n) * exp(normal(0,
   * .08, 10))}, rounded.
   */
  private static final double[][] TEN_ROUNDS = {
    {
      2.0087e-05,
      2.2334e-05,
      2.2094e-05,
      1.9231e-05,
      1.9560e-05,
      1.9204e-05,
      2.0966e-05,
      1.9942e-05,
      2.1265e-05,
      1.7280e-05
    },
    {
      2.4992e-05,
      2.1879e-05,
      2.3281e-05,
      2.1808e-05,
      2.1389e-05,
      2.2880e-05,
      2.3551e-05,
      2.1694e-05,
      2.1780e-05,
      2.3291e-05
    },
    {
      4.9219e-05,
      4.6747e-05,
      5.4462e-05,
      5.0012e-05,
      4.5253e-05,
      4.9441e-05,
      5.0831e-05,
      4.7964e-05,
      4.6829e-05,
      5.2923e-05
    },
    {
      5.8480e-04,
      5.3420e-04,
      5.1290e-04,
      5.6130e-04,
      5.7640e-04,
      5.3140e-04,
      5.6850e-04,
      5.9160e-04,
      5.3540e-04,
      5.1000e-04
    },
    {
      4.3332e-03,
      4.2986e-03,
      4.6015e-03,
      3.8027e-03,
      3.9970e-03,
      3.9410e-03,
      3.6684e-03,
      4.2571e-03,
      4.3961e-03,
      3.9724e-03
    }
  };

  /**
   * SciPy 1.17.1: {@code least_squares(lambda p: log(exp(p[0]) + exp(p[1]) * n) - log(t), start,
   * xtol=1e-15, ftol=1e-15, gtol=1e-15)}, the better of four starts; misses {@code t / (a + b * n)
   * - 1}.
   */
  @Test
  void theLineIsThatOfScipy() {
    double[] seconds = {21.3e-6, 22.9e-6, 61.0e-6, 540e-6, 5.1e-3};

    var line = fit(SIZES, constant(seconds)).line().orElseThrow();

    assertThat(line.latency().value()).isCloseTo(2.1158795439998316e-05, relative(1e-7));
    assertThat(line.cost().value()).isCloseTo(5.584374731346472e-10, relative(1e-7));
    double[] misses = {
      0.004976026109569265,
      -0.02329402506601974,
      0.05615719972933664,
      -0.1099726485859035,
      0.08379848032039372
    };
    for (int i = 0; i < misses.length; i++) {
      assertThat(line.misses().get(i)).isCloseTo(misses[i], within(1e-7));
    }
    assertThat(line.worstMiss()).isCloseTo(1 / (1 - 0.1099726485859035) - 1, within(1e-7));
  }

  /** The same function; these times start far below the line of the largest. */
  @Test
  void theLineIsThatOfScipyWhereItDescribesNothing() {
    double[] seconds = {1e-7, 2e-6, 1e-4, 1e-3, 1e-2};

    var line = fit(SIZES, constant(seconds)).line().orElseThrow();

    assertThat(line.latency().value()).isCloseTo(3.689070470736992e-08, relative(1e-6));
    assertThat(line.cost().value()).isCloseTo(9.608617140869614e-10, relative(1e-6));
    assertThat(line.worstMiss()).isGreaterThan(TransferFit.WORST_MISS);
  }

  /**
   * SciPy as above, of each row's {@code numpy.median}; ends are {@code numpy.quantile(fits, [.025,
   * .975])} of 6 000 draws {@code rng.choice(row, 10)} from each row by itself.
   */
  @Test
  void resampledRoundsComeCloseToTheIntervalsOfNumpy() {
    var line = fit(SIZES, TEN_ROUNDS).line().orElseThrow();

    assertThat(line.latency().value()).isCloseTo(1.9952876476086575e-05, relative(1e-7));
    assertThat(line.cost().value()).isCloseTo(4.886499458006245e-10, relative(1e-7));
    assertInterval(line.latency(), 1.93537455e-05, 2.08677890e-05);
    assertInterval(line.cost(), 4.70095423e-10, 5.07595064e-10);
    assertThat(line.medians().getFirst()).isEqualTo((1.9942e-05 + 2.0087e-05) / 2);
  }

  @Test
  void anExactLineIsFound() {
    var fit = fit(SIZES, exact(size -> LATENCY + COST * size));

    var line = fit.line().orElseThrow();
    assertThat(fit.status()).isEqualTo(Status.FITTED);
    assertThat(fit.reason()).isEmpty();
    assertThat(line.latency().value()).isCloseTo(LATENCY, relative(1e-8));
    assertThat(line.bandwidth().orElseThrow()).isCloseTo(2e9, relative(1e-8));
    assertThat(line.leastBandwidth().orElseThrow()).isCloseTo(2e9, relative(1e-8));
    assertThat(line.mostBandwidth().orElseThrow()).isCloseTo(2e9, relative(1e-8));
    assertThat(line.worstMiss()).isLessThan(1e-8);
  }

  /** With the latency at its bound, ln β is NumPy's {@code mean(log(n / t))}. */
  @Test
  void whatGrowsFasterThanItsSizeHasNoLatency() {
    var fit = fit(SIZES, exact(size -> 1e-9 * size * Math.pow(size, 0.1)));

    var line = fit.line().orElseThrow();
    double mean = Arrays.stream(SIZES).map(size -> 0.1 * Math.log(size)).average().orElseThrow();
    assertThat(fit.status()).isEqualTo(Status.FITTED);
    assertThat(line.latency().value()).isZero();
    assertThat(line.latencyTold()).isFalse();
    assertThat(line.cost().value()).isCloseTo(1e-9 * Math.exp(mean), relative(1e-12));
  }

  /** With the cost at its bound, latency is {@code exp(mean(log(t)))}. */
  @Test
  void whatFallsWithItsSizeHasNoBandwidth() {
    double[] seconds = {15.2e-6, 15.0e-6, 15.1e-6, 14.9e-6, 14.8e-6};

    var fit = fit(SIZES, constant(seconds));

    var line = fit.line().orElseThrow();
    assertThat(fit.status()).isEqualTo(Status.FLAT);
    assertThat(fit.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("bandwidth"));
    assertThat(line.latency().value()).isCloseTo(1.4999333297774074e-05, relative(1e-12));
    assertThat(line.cost().value()).isZero();
    assertThat(line.bandwidth()).isEmpty();
    assertThat(line.leastBandwidth()).isEmpty();
    assertThat(line.mostBandwidth()).isEmpty();
  }

  @Test
  void aRiseWithinTheMarginIsTheHostsAndNoBandwidth() {
    double[][] rising = exact(size -> 15e-6 * (1 + 0.015 * size / SIZES[SIZES.length - 1]));

    assertThat(fit(SIZES, rising).status()).isEqualTo(Status.FLAT);
    assertThat(fit(SIZES, rising).line().orElseThrow().mostBandwidth()).isEmpty();
    assertThat(fit(SIZES, rising).line().orElseThrow().leastBandwidth()).isPresent();
    assertThat(TransferFit.of(SIZES, rising, 0.01, 1).status()).isEqualTo(Status.FITTED);
  }

  @Test
  void twoSizesAreNoLine() {
    double[] sizes = {64, 4096, 4096};

    var fit = fit(sizes, Arrays.copyOf(TEN_ROUNDS, 3));

    assertThat(fit.status()).isEqualTo(Status.NOT_IDENTIFIABLE);
    assertThat(fit.reason()).contains("2 of at least 3 different sizes");
    assertThat(fit.line()).isEmpty();
  }

  @Test
  void sizesTooAlikeTellNothing() {
    var random = new SplittableRandom(20_240_701);
    double[] sizes = {1000, 1010, 1020};

    var fit = fit(sizes, rounds(sizes, Shape.NORMAL, 10, 0.1, LATENCY, 2e-8, random));

    assertThat(fit.status()).isEqualTo(Status.NOT_IDENTIFIABLE);
    assertThat(fit.reason()).hasValueSatisfying(reason -> assertThat(reason).contains("apart"));
  }

  @Test
  void neitherTheOrderOfSizesNorOfRoundsMatters() {
    double[][] reversed = TEN_ROUNDS.clone();
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = Samples.reversed(TEN_ROUNDS[TEN_ROUNDS.length - 1 - i]);
    }

    var there = fit(SIZES, TEN_ROUNDS).line().orElseThrow();
    var back = fit(Samples.reversed(SIZES), reversed).line().orElseThrow();

    assertThat(back.latency()).isEqualTo(there.latency());
    assertThat(back.cost()).isEqualTo(there.cost());
    assertThat(back.misses()).isEqualTo(there.misses().reversed());
  }

  @Test
  void equalDataAndSeedGiveEqualRecords() {
    assertThat(fit(SIZES, TEN_ROUNDS)).isEqualTo(fit(SIZES, TEN_ROUNDS));
    assertThat(TransferFit.of(SIZES, TEN_ROUNDS, MARGIN, 2)).isNotEqualTo(fit(SIZES, TEN_ROUNDS));
  }

  /** In other units nothing changes but the units. */
  @Test
  void secondsAndSizesCanBeScaled() {
    var line = fit(SIZES, TEN_ROUNDS).line().orElseThrow();

    double[][] milliseconds =
        Arrays.stream(TEN_ROUNDS).map(row -> Samples.scaled(row, 1e3)).toArray(double[][]::new);
    var scaled = fit(Samples.scaled(SIZES, 1 / 1024.0), milliseconds).line().orElseThrow();

    assertThat(scaled.latency().value()).isCloseTo(1e3 * line.latency().value(), relative(1e-8));
    assertThat(scaled.cost().value()).isCloseTo(1024e3 * line.cost().value(), relative(1e-8));
    assertThat(scaled.cost().interval().upper())
        .isCloseTo(1024e3 * line.cost().interval().upper(), relative(1e-8));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"NORMAL", "OUTLIERS", "SKEWED_DIFFERENCE"})
  void intervalsCoverAtLeastAboutAsOftenAsTheySay(Shape shape) {
    var random = new SplittableRandom(20_240_702);
    for (int rounds : new int[] {6, 20}) {
      int latency = 0;
      int cost = 0;
      for (int replicate = 0; replicate < 400; replicate++) {
        double[][] seconds = rounds(SIZES, shape, rounds, 0.1, LATENCY, COST, random);
        var line = TransferFit.of(SIZES, seconds, MARGIN, replicate, 199).line().orElseThrow();
        latency += line.latency().interval().contains(LATENCY) ? 1 : 0;
        cost += line.cost().interval().contains(COST) ? 1 : 0;
      }
      assertThat(latency / 400.0).as("latency, %d rounds", rounds).isBetween(0.925, 0.995);
      assertThat(cost / 400.0).as("cost, %d rounds", rounds).isBetween(0.925, 0.995);
    }
  }

  @Test
  void aTransferThatCostsNothingBySizeRarelyGetsABandwidth() {
    var random = new SplittableRandom(20_240_703);
    int fitted = 0;
    for (int replicate = 0; replicate < 400; replicate++) {
      double[][] seconds = rounds(SIZES, Shape.NORMAL, 10, 0.1, LATENCY, 0, random);
      fitted +=
          TransferFit.of(SIZES, seconds, MARGIN, replicate, 199).status() == Status.FITTED ? 1 : 0;
    }
    assertThat(fitted / 400.0).isLessThan(0.04);
  }

  @Test
  void whatCannotBeFittedIsNamed() {
    double[][] short0 = {{1, 1, 1, 1, 1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(new double[] {64}, short0))
        .withMessageContaining("5 rounds: at least 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(new double[] {64}, new double[][] {{1, 1, 1, 1, 1, 0}}))
        .withMessageContaining("must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(new double[] {0}, new double[][] {{1, 1, 1, 1, 1, 1}}))
        .withMessageContaining("size is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(new double[] {64, 128}, new double[][] {{1, 1, 1, 1, 1, 1}}))
        .withMessageContaining("2 sizes with times of 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferFit.of(SIZES, TEN_ROUNDS, 0, 1))
        .withMessageContaining("threshold");
  }

  private static TransferFit fit(double[] sizes, double[][] seconds) {
    return TransferFit.of(sizes, seconds, MARGIN, 1);
  }

  private static double[][] exact(DoubleUnaryOperator seconds) {
    return constant(Arrays.stream(SIZES).map(seconds).toArray());
  }

  /** Six equal rounds of each. */
  private static double[][] constant(double[] seconds) {
    double[][] rounds = new double[seconds.length][6];
    for (int i = 0; i < seconds.length; i++) {
      Arrays.fill(rounds[i], seconds[i]);
    }
    return rounds;
  }

  private static double[][] rounds(
      double[] sizes,
      Shape shape,
      int rounds,
      double spread,
      double latency,
      double cost,
      RandomGenerator random) {
    return Arrays.stream(sizes)
        .mapToObj(size ->
            Arrays.stream(shape.draw(rounds, random))
                .map(noise -> (latency + cost * size) * Math.exp(spread * noise))
                .toArray())
        .toArray(double[][]::new);
  }

  private static Percentage relative(double tolerance) {
    return Percentage.withPercentage(100 * tolerance);
  }

  /** Of 999 draws, an end of the interval is itself uncertain by some hundredths of its width. */
  private static void assertInterval(Estimate estimate, double lower, double upper) {
    assertThat(estimate.interval().lower()).isCloseTo(lower, within(0.1 * (upper - lower)));
    assertThat(estimate.interval().upper()).isCloseTo(upper, within(0.1 * (upper - lower)));
  }
}
