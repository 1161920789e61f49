package dev.lanes.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanes.statistics.ScalabilityLaw.Errors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ScalabilityLawTests {

  /** SPEC SDM91 on a Sun SPARCcenter 2000: Gunther, Guerrilla Capacity Planning, chapter 5. */
  private static final double[] USERS = {1, 18, 36, 72, 108, 144, 216};

  private static final double[] SCRIPTS_PER_HOUR = {
    64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2
  };

  /** The R package usl gives the same for its data set specsdm91. */
  @Test
  void theLawOfThePublishedExampleIsThatOfTheRPackageUsl() {
    var law = ScalabilityLaw.universal(USERS, SCRIPTS_PER_HOUR, Errors.ABSOLUTE);

    assertThat(law.contention()).isCloseTo(0.0277285, relative(1e-4));
    assertThat(law.coherency()).isCloseTo(0.0001044, within(5e-8));
    assertThat(law.single()).isCloseTo(89.995, relative(1e-4));
    assertThat(law.peak().orElseThrow()).isCloseTo(96.52, relative(1e-4));
    assertThat(law.throughput(law.peak().orElseThrow())).isCloseTo(1884, relative(1e-4));
  }

  /** SciPy 1.17.1: {@code least_squares} of the logarithms, tolerances 1e-15. */
  @Test
  void relativeErrorsGiveTheLawsOfScipy() {
    var universal = ScalabilityLaw.universal(USERS, SCRIPTS_PER_HOUR, Errors.RELATIVE);
    var amdahl = ScalabilityLaw.amdahl(USERS, SCRIPTS_PER_HOUR, Errors.RELATIVE);

    assertThat(universal.contention()).isCloseTo(0.013452435015083607, relative(1e-4));
    assertThat(universal.coherency()).isCloseTo(0.00011511037886909304, relative(1e-4));
    assertThat(universal.single()).isCloseTo(67.94231441351646, relative(1e-4));
    assertThat(universal.squares()).isCloseTo(0.022277115179732306, relative(1e-4));
    assertThat(amdahl.contention()).isCloseTo(0.03309765475886204, relative(1e-4));
    assertThat(amdahl.single()).isCloseTo(77.41309700335749, relative(1e-4));
    assertThat(amdahl.peak()).isEmpty();
  }

  @Test
  void throughputWithoutAnyCostHasNone() {
    double[] workers = {1, 2, 4, 8};
    double[] better = {1, 2.02, 4.1, 8.3};

    var law = ScalabilityLaw.universal(workers, better, Errors.RELATIVE);

    assertThat(law.contention()).isZero();
    assertThat(law.coherency()).isZero();
    assertThat(law.peak()).isEmpty();
  }

  @Test
  void throughputThatOnlyFallsHasALaw() {
    double[] workers = {1, 2, 4, 8, 16};
    double[] falling = {100, 60, 33, 17, 8};

    var law = ScalabilityLaw.universal(workers, falling, Errors.RELATIVE);

    for (int i = 0; i < workers.length; i++) {
      assertThat(law.throughput(workers[i])).isCloseTo(falling[i], relative(0.06));
    }
  }

  @Test
  void theUnitOfThroughputDoesNotMatter() {
    double[] scaled = Samples.scaled(SCRIPTS_PER_HOUR, 1e-7);

    var law = ScalabilityLaw.universal(USERS, SCRIPTS_PER_HOUR, Errors.RELATIVE);
    var other = ScalabilityLaw.universal(USERS, scaled, Errors.RELATIVE);

    assertThat(other.contention()).isCloseTo(law.contention(), relative(1e-9));
    assertThat(other.coherency()).isCloseTo(law.coherency(), relative(1e-9));
    assertThat(other.single()).isCloseTo(law.single() * 1e-7, relative(1e-9));
  }

  private static Percentage relative(double share) {
    return Percentage.withPercentage(100 * share);
  }
}
