package dev.lanes.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.analysis.Forecast.Asked;
import dev.lanes.result.MeasuredGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTests {

  private static final long NOW = Long.MAX_VALUE;

  @Test
  void aGroupTakesWhatItsWorkTookForEachArmAndRound() {
    Forecast forecast = new Forecast(List.of(measured(1, 20, 2, 10, 5)));

    // 20 s of 2 arms in 10 rounds are 1 s for each; 4 arms in as many rounds take 40 s.
    assertThat(forecast.seconds(asked(200, 4, 0.02), NOW)).hasValue(45);
  }

  @ParameterizedTest(name = "±{0}: {1} s")
  @CsvSource({
    // half width, seconds: the rounds grow with its inverse square, between 6 and 40
    "0.02, 25",
    "0.04, 17",
    "0.01, 85",
    "0.001, 85"
  })
  void narrowerIntervalsNeedMoreRounds(double halfWidth, double seconds) {
    Forecast forecast = new Forecast(List.of(measured(1, 20, 2, 10, 5)));

    assertThat(forecast.seconds(asked(200, 2, halfWidth), NOW)).hasValue(seconds);
  }

  @Test
  void otherWorkTellsNothing() {
    Forecast forecast = new Forecast(List.of(measured(1, 20, 2, 10, 5)));

    assertThat(forecast.seconds(asked(2000, 2, 0.02), NOW)).isEmpty();
    assertThat(forecast.seconds(List.of(asked(200, 2, 0.02), asked(2000, 2, 0.02)), 600, NOW))
        .as("of a job with a group that is not known")
        .isEmpty();
  }

  @Test
  void aJobEndsWithItsBudget() {
    Forecast forecast = new Forecast(List.of(measured(1, 20, 2, 10, 5)));
    List<Asked> groups = List.of(asked(200, 2, 0.02), asked(200, 2, 0.02));

    assertThat(forecast.seconds(groups, 600, NOW)).hasValue(50);
    assertThat(forecast.seconds(groups, 30, NOW)).hasValue(30);
    assertThat(forecast.seconds(groups, 1, NOW))
        .as("a round of 2 s and 5 s beside the rounds, for each group")
        .hasValue(14);
  }

  @Test
  void itIsHeldAgainstJobsOfWhichItDidNotKnow() {
    // The first has nothing to be told from; the second took twice as long as the first.
    Forecast forecast =
        new Forecast(List.of(measured(2, 40, 2, 10, 10), measured(1, 20, 2, 10, 5)));

    assertThat(forecast.pastRatios()).hasSize(1);
    assertThat(forecast.pastRatios()[0]).isCloseTo(2, within(1e-9));
  }

  private static Asked asked(int digits, int arms, double halfWidth) {
    return new Asked("pi", Map.of("digits", (long) digits), 10, List.of(2), arms, halfWidth, 6, 40);
  }

  /** A job of one group; it took so many seconds beside its rounds. */
  private static MeasuredGroup measured(
      long fence, double seconds, int arms, int rounds, double beyond) {
    return new MeasuredGroup(
        fence,
        seconds + beyond,
        1,
        beyond,
        "pi",
        Map.of("digits", 200),
        10,
        List.of(2),
        arms,
        rounds,
        seconds,
        0.02,
        6,
        40,
        600);
  }
}
