package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTests {

  @ParameterizedTest
  @CsvSource({
    "1, 30.0, false",
    "2, 0.059, false",
    "2, 0.061, true",
    "2, 0.016, false",
    "2, 0.014, true",
    "1, 0.014, true",
    "100000, 0.014, false"
  })
  void aSliceThatIsFarFromWhatWasMeantIsCalibratedAgain(int loops, double seconds, boolean misses) {
    assertThat(Turns.misses(loops, seconds)).isEqualTo(misses);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.03, 1",
    "1, 5.0, 1",
    "1, 0.01, 4",
    "1, 0.001, 10",
    "10, 0.01, 33",
    "1, 0.0, 10",
    "50000, 0.001, 100000",
    "100000, 0.0001, 100000"
  })
  void aSliceIsMadeLongEnoughForTheClock(int loops, double seconds, int next) {
    assertThat(Turns.loops(loops, seconds)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.06, 5", "10, 0.01, 30", "1, 30.0, 1", "100000, 0.001, 100000", "3, NaN, 3"})
  void aSliceIsBroughtToItsLength(int loops, double seconds, int adjusted) {
    assertThat(Turns.adjusted(loops, seconds)).isEqualTo(adjusted);
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
