package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.ScalingFit.Law;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingFitTests {
  private static final double[] WORKERS = {1, 2, 3, 4, 6, 8};

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5})
  void aSerialShareIsRecovered(double share) {
    var fit = fit(WORKERS, amdahl(share), 20, 0.02, 1);

    assertThat(fit.law()).isEqualTo(Law.AMDAHL);
    assertThat(fit.contention().orElseThrow().value()).isCloseTo(share, within(0.02));
    assertThat(fit.contention().orElseThrow().interval().contains(share)).isTrue();
    assertThat(fit.peak()).isEmpty();
    assertThat(fit.worstMiss()).isLessThan(0.03);
  }

  /** Of 300 simulated fits 277 to 295 are right in 99 of 100 such simulations. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5})
  void itsIntervalCoversTheTruthAsOftenAsItSays(double share) {
    long covered =
        IntStream.range(0, 300)
            .mapToObj(trial ->
                ScalingFit.of(WORKERS, rounds(WORKERS, amdahl(share), 20, 0.05, trial), trial, 199))
            .filter(fit -> fit.law() == Law.AMDAHL)
            .filter(fit -> fit.contention().orElseThrow().interval().contains(share))
            .count();

    assertThat(covered).isGreaterThanOrEqualTo(277);
  }

  @Test
  void whatEveryWorkerCostsEveryOtherOneIsRecoveredWithItsPeak() {
    double[] workers = {1, 2, 4, 8, 16, 32};
    var fit = fit(workers, n -> (1 + 0.05 * (n - 1) + 0.004 * n * (n - 1)) / n, 20, 0.02, 2);

    assertThat(fit.law()).isEqualTo(Law.UNIVERSAL);
    assertThat(fit.contention().orElseThrow().interval().contains(0.05)).isTrue();
    assertThat(fit.coherency().orElseThrow().interval().contains(0.004)).isTrue();
    assertThat(fit.peak().orElseThrow().interval().contains(Math.sqrt(0.95 / 0.004))).isTrue();
  }

  @Test
  void noPeakIsClaimedWhereTheCostBetweenWorkersIsNotToldApartFromNone() {
    var fit = fit(WORKERS, amdahl(0.2), 20, 0.1, 3);

    assertThat(fit.law()).isEqualTo(Law.AMDAHL);
    assertThat(fit.coherency()).isEmpty();
    assertThat(fit.reason()).contains("coherency is not told apart from none: no peak can be told");
  }

  @Test
  void twoNumbersOfWorkersGiveNoLaw() {
    var fit = fit(new double[] {1, 2}, amdahl(0.5), 20, 0.02, 4);

    assertThat(fit.law()).isEqualTo(Law.NOT_IDENTIFIABLE);
    assertThat(fit.reason()).contains("2 of at least 4 numbers of workers");
    assertThat(fit.contention()).isEmpty();
  }

  @Test
  void fewRoundsGiveNoLaw() {
    var fit = fit(WORKERS, amdahl(0.5), 5, 0.02, 5);

    assertThat(fit.law()).isEqualTo(Law.NOT_IDENTIFIABLE);
    assertThat(fit.reason()).contains("5 of at least 6 rounds");
  }

  @Test
  void aLawThatDescribesNothingTellsSo() {
    var fit = fit(WORKERS, n -> n == 3 ? 0.5 : 1 / n, 20, 0.01, 6);

    assertThat(fit.worstMiss()).isGreaterThan(ScalingFit.WORST_MISS);
  }

  @Test
  void theUnitOfTimeDoesNotMatter() {
    double[][] rounds = rounds(WORKERS, amdahl(0.3), 12, 0.03, 7);
    double[][] others = new double[rounds.length][];
    for (int i = 0; i < rounds.length; i++) {
      others[i] = Samples.shifted(rounds[i], Math.log(1000));
    }

    var share = ScalingFit.of(WORKERS, rounds, 8).contention().orElseThrow();
    var other = ScalingFit.of(WORKERS, others, 8).contention().orElseThrow();

    assertThat(other.value()).isCloseTo(share.value(), within(1e-9));
    assertThat(other.interval().lower()).isCloseTo(share.interval().lower(), within(1e-9));
  }

  @Test
  void theSameRoundsAndSeedGiveTheSameFit() {
    double[][] rounds = rounds(WORKERS, amdahl(0.3), 12, 0.03, 9);

    assertThat(ScalingFit.of(WORKERS, rounds, 10)).isEqualTo(ScalingFit.of(WORKERS, rounds, 10));
  }

  /** By hand from the formula: (1/1.95 − 1/2) / (1 − 1/2), and so on; the last is Amdahl's law. */
  @Test
  void theSerialFractionIsThatOfKarpAndFlatt() {
    assertThat(ScalingFit.serialFraction(1.95, 2)).isCloseTo(0.0256, within(5e-4));
    assertThat(ScalingFit.serialFraction(3.53, 4)).isCloseTo(0.0444, within(5e-4));
    assertThat(ScalingFit.serialFraction(1 / 0.55, 2)).isCloseTo(0.1, within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> ScalingFit.serialFraction(1, 1));
  }

  @Test
  void aRoundWithoutEveryNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScalingFit.of(WORKERS, new double[][] {{0, 0}}, 1))
        .withMessageContaining("leave it out unless it has them all");
  }

  private static DoubleUnaryOperator amdahl(double share) {
    return n -> share + (1 - share) / n;
  }

  private static ScalingFit fit(
      double[] workers, DoubleUnaryOperator time, int rounds, double spread, long seed) {
    return ScalingFit.of(workers, rounds(workers, time, rounds, spread, seed), seed);
  }

  /** Times with a spread of each, and one twice as large of the round that they share. */
  private static double[][] rounds(
      double[] workers, DoubleUnaryOperator time, int rounds, double spread, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] logs = new double[rounds][workers.length];
    for (double[] round : logs) {
      double shared = 2 * spread * random.nextGaussian();
      for (int i = 0; i < workers.length; i++) {
        round[i] =
            Math.log(time.applyAsDouble(workers[i])) + shared + spread * random.nextGaussian();
      }
    }
    return logs;
  }
}
