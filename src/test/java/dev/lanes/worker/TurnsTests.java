package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTests {

  @ParameterizedTest
  @CsvSource({
    "0.0, 12, 1",
    "0.02, 12, 1",
    "0.06, 10, 1",
    "0.19, 3, 1",
    "0.249, 2, 1",
    "0.25, 2, 0",
    "0.5, 1, 0",
    "30.0, 1, 0"
  })
  void longSlicesTakeFewerTurns(double longest, int counted, int warmups) {
    assertThat(Turns.forSlicesOf(longest)).isEqualTo(new Turns(counted, warmups));
  }

  @Test
  void isUndecidedUntilTheFirstRound() {
    assertThat(Turns.UNDECIDED.decided()).isFalse();
    assertThat(Turns.forSlicesOf(0.1).decided()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.02, 1",
    "1, 5.0, 1",
    "1, 0.01, 3",
    "1, 0.001, 10",
    "10, 0.01, 22",
    "1, 0.0, 10",
    "50000, 0.001, 100000",
    "100000, 0.0001, 100000"
  })
  void aSliceIsMadeLongEnoughForTheClock(int loops, double seconds, int next) {
    assertThat(Turns.loops(loops, seconds)).isEqualTo(next);
  }

  @Test
  void everyBatchIsLoopedToASliceInAFewSteps() {
    double batchSeconds = 1e-6;
    int steps = 0;
    int loops = 1;

    for (int more = 2; more > loops; steps++) {
      more = Turns.loops(loops, loops * batchSeconds);
      loops = Math.max(loops, more);
      more = Turns.loops(loops, loops * batchSeconds);
    }

    assertThat(loops * batchSeconds).isGreaterThanOrEqualTo(Turns.SLICE_SECONDS);
    assertThat(steps).isLessThan(7);
  }
}
