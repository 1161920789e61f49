package dev.lanes.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.result.EqualArms;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class EqualArmsCheckTests {

  private static final int TURNS = 12;

  private final EqualArmsCheck check = new EqualArmsCheck();

  @Test
  void equalArmsDifferAboutAsOftenAsTheyShouldAndBlocksFarMoreOften() {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(20261123);
    // The host's speed wanders from round to round by 5 %, each process has 1 % of its own.
    double speed = 0;
    for (int round = 0; round < 20_000; round++) {
      speed = 0.9 * speed + 0.05 * random.nextGaussian();
      check.add(round("w1", 1, round, arm(random, speed), arm(random, speed)));
    }

    var figures = check.figures();

    assertThat(figures.pairs()).isEqualTo(2_000);
    // Ten rounds give the signed-rank interval 95.1 %; three standard errors are 1.5 %.
    assertThat(figures.share()).isCloseTo(0.049, within(0.015));
    assertThat(figures.falsePositives1Percent() / 2_000.0).isCloseTo(0.0098, within(0.007));
    assertThat(figures.ciLow()).isLessThan(0.05);
    assertThat(figures.ciHigh()).isGreaterThan(0.04);
    assertThat(figures.blockPooled().pairs()).isEqualTo(1_000);
    assertThat(figures.blockPooled().falsePositives()).isGreaterThan(500);
    assertThat(figures.blockWelch().falsePositives()).isGreaterThan(200);
    assertThat(figures.medianHalfWidth()).isBetween(0.005, 0.02);
  }

  @Test
  void aRealDifferenceIsSeenInEverySet() {
    for (int round = 0; round < 100; round++) {
      double baseline = 1 + 0.1 * Math.sin(round);
      double contender = baseline * (1.03 + 0.001 * (round % 3));
      check.add(round("w1", 1, round, new double[] {contender}, new double[] {baseline}));
    }

    var figures = check.figures();

    assertThat(figures.falsePositives()).isEqualTo(10);
    assertThat(figures.falsePositives1Percent()).isEqualTo(10);
    assertThat(figures.share()).isEqualTo(1.0);
    // 0.025^(1/10), the Clopper–Pearson limit for ten of ten.
    assertThat(figures.ciLow()).isCloseTo(0.6915029, within(1e-7));
    assertThat(figures.ciHigh()).isEqualTo(1.0);
  }

  @Test
  void setsDoNotReachOverAnAttemptOrAGroupAndWhatIsLeftOverDoesNotCount() {
    for (int round = 0; round < 19; round++) {
      check.add(equal("w1", 1, 0, round));
    }
    for (int round = 0; round < 9; round++) {
      check.add(equal("w1", 1, 1, round));
    }
    for (int round = 0; round < 21; round++) {
      check.add(equal("w2", 2, 1, round));
    }

    var figures = check.figures();

    assertThat(figures.pairs()).isEqualTo(3);
    assertThat(figures.falsePositives()).isZero();
    assertThat(figures.blockPooled().pairs()).as("two sets of one group").isEqualTo(1);
    assertThat(figures.hosts()).extracting(host -> host.host()).containsExactly("w1", "w2");
    assertThat(figures.hosts()).extracting(host -> host.pairs()).containsExactly(1, 2);
  }

  @Test
  void aRoundWithoutARatioIsPassedOver() {
    for (int round = 0; round < 11; round++) {
      double[] placebo = {round == 4 ? 0 : 1.0};
      check.add(round("w1", 1, round, placebo, new double[] {1.0}));
    }

    assertThat(check.figures().pairs()).isEqualTo(1);
  }

  @Test
  void withoutRoundsThereIsNoShare() {
    var figures = check.figures();

    assertThat(figures.pairs()).isZero();
    assertThat(figures.share()).isNull();
    assertThat(figures.ciLow()).isNull();
    assertThat(figures.medianHalfWidth()).isNull();
    assertThat(figures.hosts()).isEmpty();
  }

  private static EqualArms equal(String host, long fence, int group, int round) {
    double[] one = {1.0};
    return new EqualArms(host, fence, group, round, one, one);
  }

  private static EqualArms round(
      String host, long fence, int round, double[] placebo, double[] baseline) {
    return new EqualArms(host, fence, 0, round, placebo, baseline);
  }

  private static double[] arm(RandomGenerator random, double speed) {
    double own = 0.01 * random.nextGaussian();
    double[] values = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      values[turn] = Math.exp(speed + own + 0.01 * random.nextGaussian());
    }
    return values;
  }
}
