package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTests {

  @TempDir private Path root;
  private KernelFolder kernel;

  @BeforeEach
  void begin() {
    kernel = new KernelFolder(root);
  }

  @Test
  void readsWhatTheKernelSays() {
    kernel
        .with("sys/devices/system/cpu/online", "0-3,8,10-11")
        .with("proc/meminfo", "MemTotal:       24689148 kB\nMemFree: 1 kB")
        .with("proc/cpuinfo", "model name\t: AMD EPYC\nmicrocode\t: 0xa0011\nflags\t\t: hypervisor")
        .with("proc/sys/kernel/hostname", "bench-1")
        .with("proc/sys/kernel/random/boot_id", "8b0d3f1c-0d0e-4b43-9d05-6f3a63a5b0d1")
        .with("sys/class/dmi/id/product_name", "KVM")
        .with("proc/loadavg", "0.25 0.50 1.00 3/210 4711")
        .with("sys/devices/system/cpu/cpu0/cache/index3/size", "32768K")
        .with("sys/devices/system/cpu/cpu0/cache/index3/level", "3")
        .with("sys/devices/system/cpu/cpu0/cache/index3/type", "Unified")
        .with("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "powersave")
        .with("sys/devices/system/cpu/intel_pstate/no_turbo", "0");

    assertThat(Machine.at(root).facts())
        .containsEntry("online_cores", 7)
        .containsEntry("memory_bytes", 24_689_148L * 1024)
        .containsEntry("cpu_model", "AMD EPYC")
        .containsEntry("microcode", "0xa0011")
        .containsEntry("hostname", "bench-1")
        .containsEntry("boot_id", "8b0d3f1c-0d0e-4b43-9d05-6f3a63a5b0d1")
        .containsEntry("virtualisation", "KVM")
        .containsEntry("load_5_minutes", 0.5)
        .containsEntry("runnable_threads", "3")
        .containsEntry("caches", Map.of("L3 Unified", "32768K"))
        .containsEntry("governor", "powersave")
        .containsEntry("turbo", true)
        .containsEntry("cpu_quota_cores", null);
  }

  @Test
  void theTightestQuotaOnTheWayUpCounts() {
    kernel
        .with("proc/self/cgroup", "0::/kubepods/pod7/worker")
        .with("sys/fs/cgroup/kubepods/pod7/worker/cpu.max", "max 100000")
        .with("sys/fs/cgroup/kubepods/pod7/cpu.max", "150000 100000")
        .with("sys/fs/cgroup/kubepods/cpu.max", "800000 100000");

    assertThat(Machine.at(root).facts()).containsEntry("cpu_quota_cores", 1.5);
  }

  @Test
  void readsTheQuotaOfTheOlderCgroups() {
    kernel
        .with("proc/self/cgroup", "3:cpu,cpuacct:/docker/1\n2:memory:/docker/1")
        .with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000")
        .with("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000")
        .with("sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us", "-1");

    assertThat(Machine.at(root).facts()).containsEntry("cpu_quota_cores", 0.5);
  }

  @Test
  void bareMetalIsKnownByTheMissingFlag() {
    kernel
        .with("proc/cpuinfo", "flags\t\t: fpu avx2")
        .with("sys/class/dmi/id/product_name", "PowerEdge R760");

    assertThat(Machine.at(root).facts()).containsEntry("virtualisation", "none");
  }

  @Test
  void whatCannotBeReadIsAbsentAndStillNamed() {
    var facts = Machine.at(root).facts();

    assertThat(facts.entrySet().stream().filter(fact -> fact.getValue() != null))
        .extracting(Map.Entry::getKey)
        .containsExactly("kernel", "fingerprint");
    assertThat(facts)
        .hasSizeGreaterThan(50)
        .containsKeys("microcode", "governor", "clocksource", "swappiness", "isolated_cpus");
  }

  @Test
  void theFingerprintTellsMachinesApartAndNotMoments() {
    kernel
        .with("proc/cpuinfo", "model name: one\nmicrocode: 1")
        .with("proc/loadavg", "0 0 0 1/2 3");
    String first = Machine.at(root).fingerprint();

    kernel.with("proc/loadavg", "9 9 9 9/9 9").with("sys/devices/system/cpu/online", "0");
    assertThat(Machine.at(root).fingerprint()).isEqualTo(first).hasSize(64);

    kernel.with("proc/cpuinfo", "model name: one\nmicrocode: 2");
    assertThat(Machine.at(root).fingerprint()).isNotEqualTo(first);
  }

  @Test
  void theCommandLineOfTheKernelIsNotToldInPlain() {
    kernel.with("proc/cmdline", "quiet rcu_nocbs=1-3 systemd.set_credential=key:hunter2");

    var facts = Machine.at(root).facts();

    assertThat(facts).containsEntry("rcu_nocbs_cpus", "1-3");
    assertThat(facts.toString()).doesNotContain("hunter2");
    assertThat(facts.get("kernel_command_line_sha256")).asString().hasSize(64);
  }

  @Test
  void aRelativeRootIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Machine.at(Path.of("proc")))
        .withMessageContaining("proc: the root of a machine's files must be absolute");
  }

  @Test
  void readsThisHost() {
    assumeTrue(Files.exists(Path.of("/proc/meminfo")), "needs a Linux host");
    Machine machine = Machine.at(Path.of("/"));

    assertThat(machine.memoryBytes()).isGreaterThan(100_000_000L);
    assertThat((Integer) machine.facts().get("online_cores"))
        .isGreaterThanOrEqualTo(machine.usableCores());
    assertThat(machine.facts().get("boot_id")).asString().hasSize(36);
    assertThat(machine.fingerprint()).isEqualTo(machine.fingerprint());
  }
}
