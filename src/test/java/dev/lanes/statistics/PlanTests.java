package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lanes.statistics.Samples.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTests {

  /** SciPy 1.18.1: {@code ((norm.ppf(.975) + norm.ppf(.8)) * s / log1p(.02))**2}. */
  @ParameterizedTest
  @CsvSource({
    // spread, rounds: 128.10 and 25.94 before rounding up
    "0.08, 129",
    "0.036, 26",
    "0.001, 6",
    "0, 6"
  })
  void roundsForPowerAgreeWithScipy(double spread, int rounds) {
    assertThat(Plan.roundsForPower(spread, 0.02)).isEqualTo(rounds);
  }

  /** SciPy 1.18.1: {@code (norm.ppf(.98) * .08 / log1p(.025))**2} is 44.27. */
  @Test
  void roundsForAHalfWidthAgreeWithScipy() {
    assertThat(Plan.roundsForHalfWidth(0.08, 0.025)).isEqualTo(45);
    assertThat(Plan.roundsForHalfWidth(1e9, 0.001)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void thePlannedRoundsFindTheDifferenceFourTimesInFive() {
    var random = new SplittableRandom(5);
    int rounds = Plan.roundsForPower(0.036, 0.02);
    int found = 0;
    for (int replicate = 0; replicate < 2_000; replicate++) {
      double[] noise = Samples.scaled(Shape.NORMAL.draw(rounds, random), 0.036);
      found += SignedRank.pValue(Samples.shifted(noise, Math.log1p(0.02))) <= 0.05 ? 1 : 0;
    }
    assertThat(found / 2_000.0).isBetween(0.74, 0.83);
  }

  /** √(0.5/0.02 · 0.04²/0.02²) = 10. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.02, 0.0016, 0.0004, 10",
    "0.5, 0.02, 0.0016, 0, 40",
    "5, 0.02, 0.0016, 0.0001, 40",
    "0.1, 0.1, 0.0001, 0.01, 5",
    "0.5, 0.02, 0, 0, 5"
  })
  void turnsBalanceCostAndSpread(
      double process, double slice, double sliceVariance, double roundVariance, int turns) {
    assertThat(Plan.turns(process, slice, sliceVariance, roundVariance)).isEqualTo(turns);
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.roundsForPower(-1, 0.02))
        .withMessageContaining("spread -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.roundsForHalfWidth(0.1, 0))
        .withMessageContaining("difference 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.turns(0, 1, 1, 1))
        .withMessageContaining("cost of a process 0.0");
  }
}
