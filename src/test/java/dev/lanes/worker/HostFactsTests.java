package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTests {

  @TempDir private Path root;

  @Test
  void readsWhatTheKernelSays() throws Exception {
    write("sys/devices/system/cpu/online", "0-3,8,10-11");
    write("proc/meminfo", "MemTotal:       24689148 kB\nMemFree: 1 kB");
    write("proc/cpuinfo", "model name\t: AMD EPYC\nflags\t\t: fpu hypervisor avx2");
    write("proc/sys/kernel/hostname", "bench-1");
    write("proc/sys/kernel/random/boot_id", "8b0d3f1c-0d0e-4b43-9d05-6f3a63a5b0d1");
    write("sys/class/dmi/id/product_name", "KVM");

    var facts = HostFacts.read(root);

    assertThat(facts.onlineCores()).isEqualTo(7);
    assertThat(facts.memoryBytes()).isEqualTo(24_689_148L * 1024);
    assertThat(facts.cpuModel()).isEqualTo("AMD EPYC");
    assertThat(facts.hostname()).isEqualTo("bench-1");
    assertThat(facts.bootId()).startsWith("8b0d3f1c");
    assertThat(facts.virtualisation()).isEqualTo("KVM");
    assertThat(facts.cpuQuotaCores()).isNull();
  }

  @Test
  void theTightestQuotaOnTheWayUpCounts() throws Exception {
    write("proc/self/cgroup", "0::/kubepods/pod7/worker");
    write("sys/fs/cgroup/kubepods/pod7/worker/cpu.max", "max 100000");
    write("sys/fs/cgroup/kubepods/pod7/cpu.max", "150000 100000");
    write("sys/fs/cgroup/kubepods/cpu.max", "800000 100000");

    assertThat(HostFacts.read(root).cpuQuotaCores()).isEqualTo(1.5);
  }

  @Test
  void readsTheQuotaOfTheOlderCgroups() throws Exception {
    write("proc/self/cgroup", "3:cpu,cpuacct:/docker/1\n2:memory:/docker/1");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    write("sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us", "-1");

    assertThat(HostFacts.read(root).cpuQuotaCores()).isEqualTo(0.5);
  }

  @Test
  void bareMetalIsKnownByTheMissingFlag() throws Exception {
    write("proc/cpuinfo", "flags\t\t: fpu avx2");
    write("sys/class/dmi/id/product_name", "PowerEdge R760");

    assertThat(HostFacts.read(root).virtualisation()).isEqualTo("none");
  }

  @Test
  void whatCannotBeReadIsAbsent() {
    var facts = HostFacts.read(root);

    assertThat(facts)
        .isEqualTo(
            new HostFacts(
                facts.usableCores(),
                null,
                null,
                facts.architecture(),
                null,
                facts.kernel(),
                null,
                null,
                null,
                null));
    assertThat(facts.usableCores()).isPositive();
    assertThat(facts.kernel()).contains(" ");
  }

  @Test
  void readsThisHost() {
    assumeTrue(Files.exists(Path.of("/proc/meminfo")), "needs a Linux host");

    var facts = HostFacts.read(Path.of("/"));

    assertThat(facts.memoryBytes()).isGreaterThan(100_000_000L);
    assertThat(facts.onlineCores()).isGreaterThanOrEqualTo(facts.usableCores());
    assertThat(facts.bootId()).hasSize(36);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }
}
