package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lanes.machine.ControlLimits.Action;
import dev.lanes.machine.HostCheck.Findings;
import dev.lanes.machine.Sentinel.Reading;
import dev.lanes.machine.Sentinel.Reference;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckTests {

  private static final Reference REFERENCE = new Reference(0.005, 0.001, 0.005, 0.001, 50);

  @TempDir private Path root;
  private KernelFolder kernel;

  @BeforeEach
  void begin() {
    kernel =
        new KernelFolder(root)
            .withCpus(4, 1)
            .with("proc/cpuinfo", "flags\t\t: fpu avx2")
            .with("proc/loadavg", "0.10 0.10 0.10 1/99 7")
            .with("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 7000000 kB")
            .with("proc/stat", "cpu  1 2 3 4 5 6 7 8 0 0\nctxt 1\nbtime 1700000000")
            .with("proc/sys/kernel/random/boot_id", "boot-1")
            .with("proc/self/cgroup", "0::/")
            .with("sys/fs/cgroup/cpu.stat", "nr_throttled 0\nthrottled_usec 0")
            .with("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc")
            .with("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "performance")
            .with("sys/devices/system/cpu/cpufreq/boost", "0")
            .with("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "0");
  }

  @Test
  void aFitHostHasNothingAgainstIt() {
    Findings found = before(ControlLimits.DEFAULT, steady());

    assertThat(found.faults()).isEmpty();
    assertThat(found.warnings()).isEmpty();
    assertThat(found.refuse()).isFalse();
    assertThat(found.facts())
        .containsEntry("control_spread", 0.0)
        .containsEntry("control_drift", 0.0)
        .containsEntry("control_readings", 20);
    assertThat(after(found))
        .isEqualTo(new Findings(List.of(), List.of(), false, after(found).facts()));
  }

  @Test
  void eachThingAgainstAHostIsToldWithItsLimit() {
    kernel
        .with("proc/loadavg", "1.30 0.10 0.10 1/99 7")
        .with("proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 102400 kB")
        .with("sys/fs/cgroup/cpu.max", "150000 100000");

    assertThat(before(ControlLimits.DEFAULT, steady()).warnings())
        .containsExactly(
            "the load is 1.30, more than 0.3 for each of 4 cores",
            "100 MiB of memory are free, less than 512",
            "a CPU quota of 1.50 cores is in force");
  }

  @Test
  void whatMayMakeAHostNoisyIsNotedWithoutLoweringAnything() {
    kernel
        .with("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "powersave")
        .with("sys/devices/system/cpu/cpufreq/boost", "1");

    Findings found = before(ControlLimits.DEFAULT, steady());

    assertThat(found.warnings()).isEmpty();
    assertThat(found.facts())
        .containsEntry(
            "notes",
            List.of(
                "the frequency governor is powersave, not performance",
                "turbo is on: the frequency depends on what other cores do"));
  }

  @Test
  void aClockThatIsNotKnownToBeSoundIsAFault() {
    kernel.with("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");

    assertThat(before(ControlLimits.DEFAULT, steady()).faults())
        .singleElement()
        .asString()
        .startsWith("the clock source is hpet, not one of");
  }

  @Test
  void aNoisyControlIsRefusedOnBareMetalAndToldElsewhere() {
    List<Reading> noisy = control(DoubleStream.iterate(0.005, last -> last + 0.0001));

    Findings metal = before(ControlLimits.DEFAULT, noisy);
    assertThat(metal.refuse()).isTrue();
    assertThat(metal.warnings())
        .containsExactly("the control workload spreads by 25.5 %, more than 15.0 %");

    kernel.with("proc/cpuinfo", "flags\t\t: fpu hypervisor");
    assertThat(before(ControlLimits.DEFAULT, noisy).refuse()).isFalse();
    assertThat(before(ControlLimits.DEFAULT, noisy).warnings()).hasSize(1);
    assertThat(before(limits(Action.REFUSE), noisy).refuse()).isTrue();

    kernel.with("proc/cpuinfo", "Processor: 0");
    assertThat(before(ControlLimits.DEFAULT, noisy).refuse()).as("unknown").isFalse();
  }

  @Test
  void aNeighbourOnOneCoreIsTold() {
    Reading shared = new Reading(0.005, 0.001, 0.01, 0.001);

    Findings found = before(ControlLimits.DEFAULT, Collections.nCopies(20, shared));

    assertThat(found.warnings())
        .containsExactly("all cores at once had 50 % of the speed of one, less than 70 %");
    assertThat(found.facts()).containsEntry("control_parallel_efficiency", 0.5);
  }

  @Test
  void warnNeverRefuses() {
    List<Reading> slow = control(DoubleStream.generate(() -> 0.01));

    assertThat(before(limits(Action.WARN), slow).refuse()).isFalse();
    assertThat(before(limits(Action.WARN), slow).warnings())
        .singleElement()
        .asString()
        .startsWith("the control workload takes 2.00 times its reference, more than 1.28");
  }

  @Test
  void anotherHostOrBootAfterwardsIsAFault() {
    Findings found = before(ControlLimits.DEFAULT, steady());
    kernel
        .with("proc/cpuinfo", "model name: another\nflags\t\t: fpu avx2")
        .with("proc/sys/kernel/random/boot_id", "boot-2");

    assertThat(after(found).faults())
        .hasSize(2)
        .anyMatch(fault -> fault.startsWith("fingerprint changed from"))
        .contains("boot_id changed from boot-1 to boot-2");
  }

  @Test
  void aClockThatWasSetIsAFaultAndRoundingIsNone() {
    Findings found = before(ControlLimits.DEFAULT, steady());

    kernel.with("proc/stat", "cpu  1 2 3 4 5 6 7 8 0 0\nbtime 1700000001");
    assertThat(after(found).faults()).isEmpty();

    kernel.with("proc/stat", "cpu  1 2 3 4 5 6 7 8 0 0\nbtime 1699999990");
    assertThat(after(found).faults()).containsExactly("the clock of the day was set by -10 s");
  }

  @Test
  void tuningThatWasUndoneIsAFault() {
    Findings found = before(ControlLimits.DEFAULT, steady());
    kernel.with("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "powersave");

    assertThat(after(found).faults())
        .containsExactly("knob_governor changed from performance to powersave");
  }

  @Test
  void heatIsAFaultAndAQuotaThatStoppedProcessesAWarning() {
    Findings found = before(ControlLimits.DEFAULT, steady());
    kernel
        .with("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3")
        .with("sys/fs/cgroup/cpu.stat", "nr_throttled 5\nthrottled_usec 90");

    assertThat(after(found).faults()).containsExactly("the processor became too hot 3 times");
    assertThat(after(found).warnings())
        .containsExactly("a CPU quota stopped processes in 5 periods");
  }

  @Test
  void aHostThatTellsNothingIsNeitherFaultyNorRefused() {
    Machine silent = Machine.at(root.resolve("empty"));

    Findings found = silent.preflight(REFERENCE, steady());

    assertThat(found.faults()).isEmpty();
    assertThat(found.facts()).containsEntry("clocksource", null).containsEntry("boot_id", null);
    assertThat(silent.endcheck(found).faults()).isEmpty();
  }

  @Test
  void aLimitThatIsNoLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlLimits(0, 0.1, Action.AUTO))
        .withMessage("lanes.worker.control.spread is 0.0: a limit is a number above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ControlLimits(0.1, Double.NaN, Action.AUTO))
        .withMessageContaining("lanes.worker.control.drift is NaN");
  }

  private Findings before(ControlLimits limits, List<Reading> control) {
    return Machine.at(root, limits, root).preflight(REFERENCE, control);
  }

  private Findings after(Findings found) {
    return Machine.at(root).endcheck(found);
  }

  private static ControlLimits limits(Action action) {
    return new ControlLimits(0.15, 0.25, action);
  }

  private static List<Reading> steady() {
    return control(DoubleStream.generate(() -> 0.005));
  }

  private static List<Reading> control(DoubleStream cpuSeconds) {
    return cpuSeconds.limit(20).mapToObj(cpu -> new Reading(cpu, 0.001, cpu, 0.001)).toList();
  }
}
