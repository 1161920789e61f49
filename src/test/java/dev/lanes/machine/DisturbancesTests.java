package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.machine.Sentinel.Reading;
import dev.lanes.machine.Sentinel.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisturbancesTests {

  private static final Reading CALM = new Reading(0.005, 0.0015, 0.0052, 0.0003);
  private static final Reference REFERENCE = new Reference(0.005, 0.0015, 0.0052, 0.0003, 40);

  @Test
  void aCalmRoundIsClean() {
    assertThat(of(CALM, CALM, Map.of("steal_share", 0.001, "throttled_periods", 0.0))).isEmpty();
  }

  @Test
  void whatAHostDoesNotCountIsNoDisturbance() {
    assertThat(of(CALM, CALM, Map.of())).isEmpty();
  }

  @Test
  void aSlowProcessorIsToldWithItsLimit() {
    Reading slow = new Reading(0.0063, 0.0015, 0.0064, 0.0003);

    assertThat(of(slow, slow, Map.of()))
        .containsExactly("the processor was 1.26 times as slow as when calm, more than 1.25");
  }

  @Test
  void aSlowMemoryIsTold() {
    Reading slow = new Reading(0.005, 0.003, 0.0052, 0.0003);

    assertThat(of(slow, slow, Map.of()))
        .containsExactly("the memory was 2.00 times as slow as when calm, more than 1.25");
  }

  @Test
  void aDriftIsToldInEitherDirection() {
    Reading later = new Reading(0.0056, 0.0015, 0.0056, 0.0003);

    assertThat(of(CALM, later, Map.of()))
        .containsExactly(
            "the processor changed its speed by 12 % during the round, more than 11 %");
    assertThat(of(later, CALM, Map.of())).hasSize(1);
    assertThat(of(later, later, Map.of())).isEmpty();
  }

  @Test
  void memoryMayDriftAsItDoesWhenCalm() {
    Reading later = new Reading(0.005, 0.0018, 0.0052, 0.0003);

    assertThat(of(CALM, later, Map.of())).isEmpty();
  }

  @Test
  void aNeighbourThatWasAlwaysThereShowsWithoutHistory() {
    Reading shared = new Reading(0.005, 0.0015, 0.0098, 0.0003);
    Reference itself = new Reference(0.005, 0.0015, 0.0098, 0.0003, 1);

    assertThat(Disturbances.of(shared, CALM, itself, Map.of()))
        .containsExactly("all cores at once had 51 % of the speed of one, less than 70 %");
  }

  @Test
  void aQuotaHeatAndTheHypervisorAreTold() {
    assertThat(
            of(
                CALM,
                CALM,
                Map.of(
                    "throttled_periods",
                    3.0,
                    "throttled_seconds",
                    0.15,
                    "thermal_throttles",
                    2.0,
                    "steal_share",
                    0.02)))
        .containsExactly(
            "a CPU quota stopped processes in 3 periods, for 0.150 s",
            "the processor became too hot and slowed down 2 times",
            "the hypervisor took 2.0 % of the processor time, more than 1 %");
  }

  private static List<String> of(Reading before, Reading after, Map<String, Double> counters) {
    return Disturbances.of(before, after, REFERENCE, counters);
  }
}
