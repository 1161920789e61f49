package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRatioTests {

  /** NumPy 2.4.6: {@code exp} of the pinned location and interval of the twelve rounds. */
  @Test
  void theRatioIsTheExponentialOfTheLocation() {
    var ratio = PairedRatio.of(Samples.TWELVE);

    assertThat(ratio.rounds()).isEqualTo(12);
    assertThat(ratio.ratio()).isCloseTo(1.004962271490, within(1e-12));
    assertThat(ratio.interval().orElseThrow().lower()).isCloseTo(0.967538559589, within(1e-12));
    assertThat(ratio.interval().orElseThrow().upper()).isCloseTo(1.043990093050, within(1e-12));
    assertThat(ratio.halfWidth().orElseThrow()).isCloseTo((0.04305 + 0.033) / 2, within(1e-12));
  }

  @Test
  void theEquivalenceIntervalIsTheNinetyPercentOne() {
    var ratio = PairedRatio.of(Samples.TWELVE);

    Interval ninety = HodgesLehmann.of(Samples.TWELVE).interval(0.90).orElseThrow();
    assertThat(ratio.logEquivalenceInterval()).contains(ninety);
  }

  @Test
  void swappingContenderAndBaselineIsExactlyTheInverse() {
    for (double[] rounds : new double[][] {Samples.SIX, Samples.TWELVE, new double[9]}) {
      var ratio = PairedRatio.of(rounds);

      assertThat(PairedRatio.of(Samples.negated(rounds))).isEqualTo(ratio.inverse());
      assertThat(ratio.inverse().inverse()).isEqualTo(ratio);
      assertThat(ratio.inverse().ratio()).isCloseTo(1 / ratio.ratio(), within(1e-15));
    }
  }

  @Test
  void theOrderOfRoundsDoesNotMatter() {
    assertThat(PairedRatio.of(Samples.reversed(Samples.SEVENTY)))
        .isEqualTo(PairedRatio.of(Samples.SEVENTY));
  }

  @Test
  void scalingTheContenderScalesTheRatio() {
    var ratio = PairedRatio.of(Samples.TWELVE);

    var tripled = PairedRatio.of(Samples.shifted(Samples.TWELVE, Math.log(3)));

    assertThat(tripled.ratio()).isCloseTo(3 * ratio.ratio(), within(1e-14));
    assertThat(tripled.halfWidth().orElseThrow())
        .isCloseTo(ratio.halfWidth().orElseThrow(), within(1e-14));
  }

  @Test
  void fiveRoundsHaveARatioButNoInterval() {
    var ratio = PairedRatio.of(new double[] {0.1, 0.2, 0.1, 0.2, 0.1});

    assertThat(ratio.ratio()).isGreaterThan(1);
    assertThat(ratio.interval()).isEmpty();
    assertThat(ratio.halfWidth()).isEmpty();
    assertThat(ratio.inverse().interval()).isEmpty();
  }

  @Test
  void aRatioOutsideItsIntervalIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new PairedRatio(
                2, Optional.of(new Interval(0, 1)), Optional.of(new Interval(0, 1)), 0.95, 9))
        .withMessageContaining("outside its own interval");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedRatio.of(Samples.SIX, 0.4))
        .withMessageContaining("0.4");
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1));
  }
}
