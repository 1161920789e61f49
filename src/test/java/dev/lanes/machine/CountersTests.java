package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersTests {

  @TempDir private Path root;
  private KernelFolder kernel;

  @BeforeEach
  void begin() {
    kernel = new KernelFolder(root);
  }

  @Test
  void tellsWhatHappenedBetweenTwoReadings() {
    kernel
        .with("proc/stat", "cpu  100 0 100 700 0 20 10 40 9 0\ncpu0 1 2 3\nctxt 5000\nbtime 1")
        .with("proc/pressure/cpu", "some avg10=0.00 total=1000000\nfull avg10=0.00 total=7")
        .with("proc/pressure/memory", "some avg10=0.00 total=0")
        .with("proc/self/cgroup", "0::/worker")
        .with("sys/fs/cgroup/worker/cpu.stat", "nr_periods 9\nnr_throttled 3\nthrottled_usec 500")
        .with("sys/fs/cgroup/cpu.stat", "nr_throttled 1\nthrottled_usec 0")
        .with("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "4")
        .with("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "4");
    Counters before = Machine.at(root).counters();
    kernel
        .with("proc/stat", "cpu  160 0 100 720 0 25 15 50 99 0\nctxt 5300")
        .with("proc/pressure/cpu", "some avg10=0.00 total=1500000")
        .with("proc/pressure/memory", "some avg10=0.00 total=200000")
        .with("sys/fs/cgroup/worker/cpu.stat", "nr_throttled 7\nthrottled_usec 1500500")
        .with("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "6");

    var changes = Machine.at(root).counters().since(before, 2.0);

    assertThat(changes)
        .containsOnly(
            entry("steal_share", 0.1),
            entry("irq_share", 0.1),
            entry("pressure_cpu_share", 0.25),
            entry("pressure_memory_share", 0.1),
            entry("throttled_periods", 4.0),
            entry("throttled_seconds", 1.5),
            entry("thermal_throttles", 2.0),
            entry("context_switches", 300.0));
  }

  @Test
  void readsTheThrottlingOfTheOlderCgroups() {
    kernel
        .with("proc/self/cgroup", "4:cpu,cpuacct:/docker/1\n0::/")
        .with("sys/fs/cgroup/cpu/cpu.stat", "nr_periods 1\nnr_throttled 2\nthrottled_time 0");
    Counters before = Machine.at(root).counters();
    kernel.with("sys/fs/cgroup/cpu/cpu.stat", "nr_throttled 5\nthrottled_time 250000000");

    var changes = Machine.at(root).counters().since(before, 1);

    assertThat(changes.get("throttled_periods")).isEqualTo(3);
    assertThat(changes.get("throttled_seconds")).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void whatAHostDoesNotCountIsLeftOut() {
    Counters nothing = Machine.at(root).counters();

    assertThat(nothing.since(nothing, 1)).isEmpty();
    assertThat(nothing.throttledPeriods()).isNull();
  }

  @Test
  void aCountThatGoesBackwardsIsNone() {
    kernel.with("proc/stat", "cpu  10 0 0 0 0 0 0 8 0 0");
    Counters before = Machine.at(root).counters();
    kernel.with("proc/stat", "cpu  20 0 0 0 0 0 0 7 0 0");

    assertThat(Machine.at(root).counters().since(before, 1)).containsEntry("steal_share", 0.0);
  }

  @Test
  void noTimeBetweenTwoReadingsIsRefused() {
    Counters counters = Machine.at(root).counters();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.since(counters, 0))
        .withMessageContaining("0.0 s between two readings");
  }

  @Test
  void readsThisHost() {
    assumeTrue(Files.exists(Path.of("/proc/stat")), "needs a Linux host");
    Counters counters = Machine.at(Path.of("/")).counters();

    assertThat(counters.totalTicks()).isPositive();
    assertThat(counters.contextSwitches()).isPositive();
  }
}
