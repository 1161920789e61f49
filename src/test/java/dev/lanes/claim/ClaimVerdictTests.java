package dev.lanes.claim;

import static dev.lanes.claim.ClaimVerdict.CONFIRMED;
import static dev.lanes.claim.ClaimVerdict.INCONCLUSIVE;
import static dev.lanes.claim.ClaimVerdict.NOT_TESTABLE;
import static dev.lanes.claim.ClaimVerdict.REFUTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimVerdictTests {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          1.7, 2.5, 1.8,  2.4,  CONFIRMED
          1.7, 2.5, 1.7,  2.5,  CONFIRMED
          1.7, 2.5, 1.0,  1.1,  REFUTED
          1.7, 2.5, 2.51, 3.0,  REFUTED
          1.7, 2.5, 1.6,  1.8,  INCONCLUSIVE
          1.7, 2.5, 2.4,  2.6,  INCONCLUSIVE
          1.7, 2.5, 1.0,  9.0,  INCONCLUSIVE
          1.7, 2.5, 1.5,  1.7,  INCONCLUSIVE
          1.7, 2.5, 2.5,  2.6,  INCONCLUSIVE
          -,   1.0, 0.4,  1.0,  CONFIRMED
          -,   1.0, 0.9,  1.1,  INCONCLUSIVE
          -,   1.0, 1.01, 1.1,  REFUTED
          0.7, -,   0.7,  99.0, CONFIRMED
          0.7, -,   0.6,  0.8,  INCONCLUSIVE
          0.7, -,   0.5,  0.69, REFUTED
          """)
  void anIntervalInsideConfirmsOutsideRefutesAndAcrossDecidesNothing(
      Double low, Double high, double lower, double upper, ClaimVerdict verdict) {
    assertThat(new Band(low, high).verdict(lower, upper)).isEqualTo(verdict);
  }

  @Test
  void aBandWithoutAnEndOrWithSwappedEndsIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Band(null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Band(2.0, 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CONFIRMED,                           CONFIRMED
          CONFIRMED CONFIRMED,                 CONFIRMED
          CONFIRMED REFUTED,                   REFUTED
          NOT_TESTABLE REFUTED INCONCLUSIVE,   REFUTED
          CONFIRMED INCONCLUSIVE,              INCONCLUSIVE
          CONFIRMED NOT_TESTABLE INCONCLUSIVE, NOT_TESTABLE
          """)
  void oneRefutedConditionRefutesAndAllMustBeConfirmed(String conditions, ClaimVerdict verdict) {
    List<ClaimVerdict> all =
        Arrays.stream(conditions.split(" ")).map(ClaimVerdict::valueOf).toList();

    assertThat(ClaimVerdict.of(all)).isEqualTo(verdict);
    assertThat(ClaimVerdict.of(all.reversed())).isEqualTo(verdict);
  }

  @Test
  void nothingIsConfirmedByNoCondition() {
    assertThat(ClaimVerdict.of(Collections.emptyList())).isEqualTo(NOT_TESTABLE);
    assertThat(List.of(CONFIRMED, REFUTED, INCONCLUSIVE, NOT_TESTABLE))
        .containsExactly(ClaimVerdict.values());
  }
}
