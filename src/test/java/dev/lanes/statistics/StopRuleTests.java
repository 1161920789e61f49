package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.Samples.Shape;
import dev.lanes.statistics.StopRule.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopRuleTests {
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration PLENTY = Duration.ofHours(1);

  @Test
  void itLooksAtTheMinimumAndEveryFiveRoundsAndAtTheEnd() {
    assertThat(looks(new StopRule(10, 28, 0.02))).containsExactly(10, 15, 20, 25, 28);
    assertThat(looks(new StopRule(5, 20, 0.02))).containsExactly(6, 11, 16, 20);
  }

  @Test
  void itStopsAtALookWhenEveryArmIsPrecise() {
    var rule = new StopRule(10, 60, 0.05);

    assertThat(rule.after(10, List.of(narrow(10), narrow(10)), PLENTY, ROUND).stop())
        .contains(Reason.PRECISE);
    assertThat(rule.after(11, List.of(narrow(11)), PLENTY, ROUND).stop()).isEmpty();
    assertThat(rule.after(10, List.of(narrow(10), wide(10)), PLENTY, ROUND).stop()).isEmpty();
  }

  @Test
  void itDoesNotStopBecauseADifferenceIsSignificant() {
    double[] clearlySlower = Samples.shifted(wide(10), 5);

    var step = new StopRule(10, 60, 0.05).after(10, List.of(clearlySlower), PLENTY, ROUND);

    assertThat(PairedRatio.of(clearlySlower).interval().orElseThrow().lower()).isGreaterThan(1);
    assertThat(step.stop()).isEmpty();
  }

  @Test
  void theSizeOfTheDifferencePlaysNoPart() {
    var rule = new StopRule(10, 60, 0.05);
    for (int rounds = 6; rounds < 30; rounds++) {
      var step = rule.after(rounds, List.of(wide(rounds)), PLENTY, ROUND);
      var shifted = rule.after(rounds, List.of(Samples.shifted(wide(rounds), 8)), PLENTY, ROUND);

      assertThat(shifted.stop()).isEqualTo(step.stop());
      assertThat(shifted.arms().getFirst().roundsStillNeeded())
          .isEqualTo(step.arms().getFirst().roundsStillNeeded());
    }
  }

  @Test
  void itStopsWhenRoundsOrTimeRunOut() {
    var rule = new StopRule(6, 12, 0.01);

    assertThat(rule.after(12, List.of(wide(12)), PLENTY, ROUND).stop()).contains(Reason.MAX_ROUNDS);
    assertThat(rule.after(12, List.of(narrow(12)), PLENTY, ROUND).stop()).contains(Reason.PRECISE);
    assertThat(rule.after(3, List.of(wide(3)), ROUND.minusNanos(1), ROUND).stop())
        .contains(Reason.TIME_BUDGET);
    assertThat(rule.after(3, List.of(wide(3)), ROUND, ROUND).stop()).isEmpty();
  }

  /**
   * Rounds −h, h in equal number: the 96 % interval of ten is [−h, h], so h = 2·ln 1.05 needs 40.
   */
  @Test
  void theRoundsStillNeededGrowWithTheSquareOfTheWidth() {
    double half = 2 * Math.log(1.05) * (1 - 1e-12);
    double[] rounds = IntStream.range(0, 10).mapToDouble(i -> i % 2 == 0 ? half : -half).toArray();

    var arm =
        new StopRule(10, 60, 0.05).after(10, List.of(rounds), PLENTY, ROUND).arms().getFirst();

    assertThat(arm.halfWidth().orElseThrow()).isCloseTo(half, within(1e-12));
    assertThat(arm.roundsStillNeeded()).isEqualTo(30);
  }

  @Test
  void anArmWithTooFewRoundsSaysHowManyItLacks() {
    var step = new StopRule(5, 60, 0.05).after(4, List.of(wide(4), wide(0)), PLENTY, ROUND);

    assertThat(step.arms().get(0).halfWidth()).isEmpty();
    assertThat(step.arms().get(0).roundsStillNeeded()).isEqualTo(2);
    assertThat(step.arms().get(1).roundsStillNeeded()).isEqualTo(6);
    assertThat(step.precise()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void theStoppedIntervalStillCoversTheTruth(Shape shape) {
    var random = new SplittableRandom(42);
    for (double asked : new double[] {0.35, 0.5, 0.7}) {
      var rule = new StopRule(10, 60, Math.expm1(asked));
      int covered = 0;
      for (int replicate = 0; replicate < 2_000; replicate++) {
        double[] rounds = stopped(rule, shape.draw(60, random));
        var ratio = PairedRatio.of(rounds, StopRule.CONFIDENCE);
        covered += ratio.logInterval().orElseThrow().contains(0) ? 1 : 0;
      }
      assertThat(covered / 2_000.0).as("%s, ±%s", shape, asked).isGreaterThanOrEqualTo(0.94);
    }
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(10, 9, 0.02))
        .withMessageContaining("rounds 10 to 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(10, 60, 0))
        .withMessageContaining("half width 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(10, 60, 0.1).after(10, List.of(), PLENTY, ROUND))
        .withMessageContaining("no arm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule(10, 60, 0.1).after(1, List.of(wide(2)), PLENTY, ROUND))
        .withMessageContaining("2 log ratios after 1 rounds");
  }

  private static double[] stopped(StopRule rule, double[] rounds) {
    for (int run = rule.minRounds(); ; run += StopRule.STEP) {
      double[] soFar = Arrays.copyOf(rounds, run);
      if (rule.after(run, List.of(soFar), PLENTY, ROUND).stop().isPresent()) {
        return soFar;
      }
    }
  }

  private static List<Integer> looks(StopRule rule) {
    return IntStream.rangeClosed(1, rule.maxRounds()).filter(rule::looksAfter).boxed().toList();
  }

  private static double[] narrow(int rounds) {
    return IntStream.range(0, rounds).mapToDouble(i -> 0.3 + i * 1e-4).toArray();
  }

  private static double[] wide(int rounds) {
    return Shape.NORMAL.draw(rounds, new SplittableRandom(rounds));
  }
}
