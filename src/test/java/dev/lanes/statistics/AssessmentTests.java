package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.catalog.Quality;
import dev.lanes.statistics.Samples.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessmentTests {
  private static final double[] EQUAL = around(0, 0.004, 12);

  @Test
  void withoutEvidenceOfNoiseFiguresAreStable() {
    assertThat(new Evidence().assess()).isEqualTo(new Assessment(Quality.STABLE, List.of()));
  }

  @Test
  void faultsMakeFiguresInvalidAndComeFirst() {
    var evidence = new Evidence();
    evidence.faults = List.of("the host changed");
    evidence.imprecise = "12 rounds gave ±3 %";
    evidence.warnings = List.of("the control workload varied");
    evidence.steal = OptionalDouble.of(0.2);

    assertThat(evidence.assess())
        .isEqualTo(
            new Assessment(
                Quality.INVALID,
                List.of(
                    "the host changed",
                    "12 rounds gave ±3 %",
                    "the hypervisor gave 20 % of the processor time to others, more than 1 %",
                    "the control workload varied")));
  }

  @Test
  void equalArmsThatDifferBeyondDoubtMakeFiguresInvalid() {
    var evidence = new Evidence();
    evidence.placebo = around(0.01, 0.004, 12);

    var assessment = evidence.assess();

    assertThat(assessment.quality()).isEqualTo(Quality.INVALID);
    assertThat(assessment.reasons().getFirst())
        .matches("equal arms differ: their ratio is 1\\.0\\d+ \\[1.*, 1.*] at 99.9 %");
  }

  /** Eight rounds on one side: p = 2/256, below 1 % but not below 0.1 %. */
  @Test
  void equalArmsThatProbablyDifferMakeFiguresUnstable() {
    var evidence = new Evidence();
    evidence.placebo = around(0.01, 0.004, 8);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.UNSTABLE);
    assertThat(evidence.assess().reasons().getFirst()).endsWith("at 99 %");
  }

  @Test
  void aPlaceboWiderThanWhatMattersIsNoise() {
    var evidence = new Evidence();
    evidence.placebo = around(0, 0.06, 12);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.NOISY);
    assertThat(evidence.assess().reasons().getFirst())
        .matches("equal arms differ by up to ±\\d\\.\\d %, more than the 2 % that matters");
  }

  @Test
  void noiseThatNobodyMeasuredIsNotTakenForNone() {
    var evidence = new Evidence();
    evidence.placebo = new double[0];
    assertThat(evidence.assess())
        .isEqualTo(
            new Assessment(
                Quality.NOISY,
                List.of(
                    "no equal arm was measured beside it, so the noise of the ratios is not"
                        + " known")));

    evidence.placebo = around(0, 0.001, 5);
    assertThat(evidence.assess())
        .isEqualTo(
            new Assessment(
                Quality.NOISY,
                List.of(
                    "equal arms were compared in 5 rounds; 6 rounds are needed to tell the noise"
                        + " of the ratios")));
  }

  @Test
  void aVerdictThatCleanRoundsDoNotShareIsUnstable() {
    var evidence = new Evidence();
    double[] clean = around(0, 0.004, 8);
    evidence.logRatios = List.of(concat(clean, around(0.3, 0.004, 8)));
    evidence.cleanLogRatios = List.of(clean);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.UNSTABLE);
    assertThat(evidence.assess().reasons())
        .contains("the verdict is slower on all 16 rounds but same on the 8 clean ones");

    evidence.cleanLogRatios = List.of(Arrays.copyOf(clean, 5));
    assertThat(evidence.assess().reasons()).noneMatch(reason -> reason.contains("clean ones"));

    evidence.cleanLogRatios = List.of(around(0, 0.2, 8));
    assertThat(evidence.assess().reasons())
        .as("what is left open contradicts nothing")
        .noneMatch(reason -> reason.contains("clean ones"));
  }

  @Test
  void aRatioThatChangesHalfWayIsUnstable() {
    var evidence = new Evidence();
    evidence.logRatios = List.of(concat(around(0.1, 0.004, 6), around(0.13, 0.004, 6)));
    evidence.cleanLogRatios = evidence.logRatios;

    assertThat(evidence.assess().quality()).isEqualTo(Quality.UNSTABLE);
    assertThat(evidence.assess().reasons())
        .containsExactly(
            "the ratio changed by 3 % between the first 6 and the last 6 rounds (p 0.0022)");

    evidence.threshold = 0.04;
    assertThat(evidence.assess().quality()).isEqualTo(Quality.STABLE);
  }

  @Test
  void slicesThatDriftWithinRoundsAreUnstable() {
    var evidence = new Evidence();
    evidence.slices = slices(12, 10, 0.03, 0);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.UNSTABLE);
    assertThat(evidence.assess().reasons())
        .singleElement()
        .asString()
        .matches(
            "drifting: slices get slower by [\\d.]+ % from the first to the last turn of a round"
                + " \\(p 0\\.00049\\)");

    evidence.slices = slices(12, 10, 0.004, 0);
    assertThat(evidence.assess().quality()).isEqualTo(Quality.STABLE);
  }

  @Test
  void aMissedPrecisionIsImprecise() {
    var evidence = new Evidence();
    evidence.imprecise = "60 rounds gave ±3 %";
    evidence.load = OptionalDouble.of(0.9);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.IMPRECISE);
    assertThat(evidence.assess().reasons().getFirst()).isEqualTo("60 rounds gave ±3 %");
    assertThat(evidence.assess().reasons()).hasSize(2);
  }

  @Test
  void aRoundMedianThatVariesByATenthIsNoise() {
    var evidence = new Evidence();
    evidence.slices = slices(12, 10, 0, 0.3);

    assertThat(evidence.assess().quality()).isEqualTo(Quality.NOISY);
    assertThat(evidence.assess().reasons())
        .singleElement()
        .asString()
        .matches("round medians vary by \\d+ % \\(standard deviation over mean\\), more than 10 %");
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, STABLE, cpuGap", "0.0501, NOISY, cpuGap",
    "0.02, STABLE, runDelay", "0.0201, NOISY, runDelay",
    "0.01, STABLE, steal", "0.0101, NOISY, steal",
    "0.05, STABLE, pressure", "0.0501, NOISY, pressure",
    "0.3, STABLE, load", "0.301, NOISY, load"
  })
  void countersBeyondTheirLimitAreNoise(double share, Quality quality, String counter) {
    var evidence = new Evidence();
    switch (counter) {
      case "cpuGap" -> evidence.cpuGap = OptionalDouble.of(share);
      case "runDelay" -> evidence.runDelay = OptionalDouble.of(share);
      case "steal" -> evidence.steal = OptionalDouble.of(share);
      case "pressure" -> evidence.pressure = OptionalDouble.of(share);
      default -> evidence.load = OptionalDouble.of(share);
    }

    assertThat(evidence.assess().quality()).isEqualTo(quality);
    assertThat(evidence.assess().reasons()).hasSize(quality == Quality.NOISY ? 1 : 0);
  }

  @Test
  void aValueNextToItsLimitKeepsTheDigitsThatTellThemApart() {
    var evidence = new Evidence();
    evidence.steal = OptionalDouble.of(0.010002);

    assertThat(evidence.assess().reasons())
        .containsExactly(
            "the hypervisor gave 1.0002 % of the processor time to others, more than 1 %");
  }

  /**
   * Two chances of one in a hundred and one in a thousand beside halves, drift and clean rounds.
   */
  @Test
  void aSoundHostIsRarelyCalledUnstable() {
    var random = new SplittableRandom(9);
    int unstable = 0;
    for (int replicate = 0; replicate < 1_000; replicate++) {
      var evidence = new Evidence();
      evidence.placebo = Samples.scaled(Shape.OUTLIERS.draw(20, random), 0.01);
      evidence.logRatios = List.of(Samples.scaled(Shape.OUTLIERS.draw(20, random), 0.03));
      evidence.cleanLogRatios = evidence.logRatios;
      evidence.slices = wandering(20, 12, random);
      Quality quality = evidence.assess().quality();
      unstable += quality == Quality.UNSTABLE || quality == Quality.INVALID ? 1 : 0;
    }
    assertThat(unstable / 1_000.0).isBetween(0.01, 0.04);
  }

  @Test
  void evidenceThatContradictsItselfIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> {
          var evidence = new Evidence();
          evidence.dirtyRounds = 13;
          evidence.assess();
        })
        .withMessageContaining("13 dirty of 12 rounds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> {
          var evidence = new Evidence();
          evidence.cleanLogRatios = List.of();
          evidence.assess();
        })
        .withMessageContaining("1 measures of all rounds, 0 of the clean ones");
  }

  /**
   * SciPy 1.18.1: per round {@code theilslopes(log(r)).slope * 4}, then the median of the pairwise
   * averages; Kendall's scores 8, 8, 6, 4, 6, 6, 6, −6 by {@code kendalltau(range(5), r)}. Six of
   * the 36 pairwise averages of the scores are not positive: P(V ≤ 6) = 14/256.
   */
  @Test
  void theTrendAgreesWithScipy() {
    double[][] rounds = {
      {0.100, 0.103, 0.101, 0.106, 0.108},
      {0.110, 0.109, 0.112, 0.113, 0.117},
      {0.098, 0.099, 0.097, 0.101, 0.104},
      {0.120, 0.118, 0.119, 0.125, 0.121},
      {0.101, 0.104, 0.106, 0.103, 0.109},
      {0.097, 0.096, 0.101, 0.099, 0.104},
      {0.105, 0.108, 0.104, 0.110, 0.111},
      {0.099, 0.101, 0.100, 0.098, 0.097}
    };

    var trend = Trend.of(rounds).orElseThrow();

    assertThat(trend.change()).isCloseTo(0.05525370076574558, within(1e-14));
    assertThat(trend.pValue()).isEqualTo(2 * 14 / 256.0);
  }

  /** NumPy 2.5.5: {@code median(subtract.outer(y, x))}. */
  @Test
  void theShiftAgreesWithNumpy() {
    double[] x = {0.011, 0.004, -0.008, 0.002, 0.015, -0.001, 0.007};
    double[] y = {0.041, 0.055, 0.039, 0.062, 0.047, 0.051, 0.030};

    assertThat(Trend.shift(x, y)).isCloseTo(0.042, within(1e-15));
  }

  /** Evidence of a quiet host, to be spoilt in one place. */
  private static final class Evidence {
    private List<double[]> logRatios = List.of(around(0.1, 0.004, 12));
    private List<double[]> cleanLogRatios = logRatios;
    private double[] placebo = EQUAL;
    private double[][] slices = slices(12, 10, 0, 0.01);
    private double threshold = 0.02;
    private int dirtyRounds = 0;
    private @Nullable String imprecise;
    private OptionalDouble cpuGap = OptionalDouble.empty();
    private OptionalDouble runDelay = OptionalDouble.empty();
    private OptionalDouble steal = OptionalDouble.empty();
    private OptionalDouble pressure = OptionalDouble.empty();
    private OptionalDouble load = OptionalDouble.empty();
    private List<String> faults = List.of();
    private List<String> warnings = List.of();

    private Assessment assess() {
      return Assessment.of(
          new NoiseEvidence(
              logRatios,
              cleanLogRatios,
              placebo,
              slices,
              threshold,
              12,
              dirtyRounds,
              imprecise,
              cpuGap,
              runDelay,
              steal,
              pressure,
              load,
              faults,
              warnings));
    }
  }

  /** Values evenly on both sides, in an order without a trend. */
  private static double[] around(double centre, double halfRange, int size) {
    return IntStream.range(0, size)
        .mapToDouble(i -> centre + halfRange * (2.0 * (i * 5 % size) / (size - 1) - 1))
        .toArray();
  }

  /** Rounds whose slices change by {@code change} and whose levels lie within ±{@code range}. */
  private static double[][] slices(int rounds, int turns, double change, double range) {
    double[] levels = around(1, range, rounds);
    double[] noise = {0.002, -0.001, 0.001, -0.002, 0, 0, 0.002, -0.001, -0.002, 0.001};
    double[][] slices = new double[rounds][turns];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < turns; turn++) {
        slices[round][turn] =
            0.1 * levels[round] * (1 + change * turn / (turns - 1) + noise[(turn + round) % 10]);
      }
    }
    return slices;
  }

  /** Slices that resemble their neighbours, as on a busy host. */
  private static double[][] wandering(int rounds, int turns, RandomGenerator random) {
    double[][] slices = new double[rounds][turns];
    for (double[] round : slices) {
      double level = 0;
      for (int turn = 0; turn < turns; turn++) {
        level = 0.7 * level + 0.03 * random.nextGaussian();
        round[turn] = 0.1 * Math.exp(level);
      }
    }
    return slices;
  }

  private static double[] concat(double[] first, double[] second) {
    return IntStream.range(0, first.length + second.length)
        .mapToDouble(i -> i < first.length ? first[i] : second[i - first.length])
        .toArray();
  }
}
