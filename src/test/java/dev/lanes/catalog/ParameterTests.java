package dev.lanes.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTests {

  private static final Parameter DIGITS =
      new Parameter(
          "digits", Parameter.Type.INTEGER, "digits", "how many", 200L, 1L, 20_000L, List.of());

  private static final Parameter FAULT =
      new Parameter(
          "fault",
          Parameter.Type.TEXT,
          "",
          "what fails",
          "none",
          null,
          null,
          List.of("none", "hang"));

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 20_000})
  void acceptsIntegersUpToBothLimits(int value) {
    assertThat(DIGITS.accept(value)).contains((long) value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 20_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesIntegersBeyondThem(long value) {
    assertThat(DIGITS.accept(value)).isEmpty();
  }

  @Test
  void refusesWhatIsNoInteger() {
    assertThat(DIGITS.accept("200")).isEmpty();
    assertThat(DIGITS.accept(200.0)).isEmpty();
    assertThat(DIGITS.accept(true)).isEmpty();
    assertThat(DIGITS.accept(null)).isEmpty();
    assertThat(DIGITS.accept(List.of(200))).isEmpty();
    assertThat(DIGITS.accept(BigInteger.TEN.pow(30))).isEmpty();
  }

  @Test
  void acceptsOnlyTheChoicesOfAText() {
    assertThat(FAULT.accept("hang")).contains("hang");
    assertThat(FAULT.accept("HANG")).isEmpty();
    assertThat(FAULT.accept("")).isEmpty();
    assertThat(FAULT.accept(1)).isEmpty();
    assertThat(FAULT.accept(null)).isEmpty();
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(DIGITS.allowed()).isEqualTo("an integer from 1 to 20000 (digits)");
    assertThat(FAULT.allowed()).isEqualTo("one of none, hang");
  }
}
