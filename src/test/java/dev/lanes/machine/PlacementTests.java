package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTests {

  @TempDir private Path root;
  private KernelFolder kernel;

  @BeforeEach
  void begin() {
    kernel = new KernelFolder(root);
  }

  @Test
  void theFirstCoreIsLeftToTheSystem() throws Exception {
    kernel.withCpus(8, 2);
    withTaskset();

    try (Placement placement = Machine.at(root).place(4, false)) {
      assertThat(placement.cpus()).containsExactly(2, 3, 4, 5, 6, 7);
      assertThat(placement.facts())
          .containsEntry("isolation", "system_core")
          .containsEntry("mechanism", "affinity")
          .containsEntry("worker_cpus", List.of(0, 1, 2, 3, 4, 5, 6, 7));
    }
  }

  @Test
  void armsThatWantEveryCpuGetThemAll() throws Exception {
    kernel.withCpus(4, 1);
    withTaskset();

    try (Placement placement = Machine.at(root).place(4, false)) {
      assertThat(placement.cpus()).containsExactly(0, 1, 2, 3);
      assertThat(placement.facts()).containsEntry("isolation", "none");
    }
  }

  @Test
  void twoCpusAreAllThereIs() throws Exception {
    kernel.withCpus(2, 1);
    withTaskset();

    try (Placement placement = Machine.at(root).place(2, false)) {
      assertThat(placement.cpus()).containsExactly(0, 1);
      assertThat(placement.facts()).containsEntry("isolation", "none");
    }
  }

  @Test
  void sequentialArmsGetTheLastCpuAlone() throws Exception {
    kernel.withCpus(2, 1);
    withTaskset();

    try (Placement placement = Machine.at(root).place(1, true)) {
      assertThat(placement.cpus()).containsExactly(1);
      assertThat(placement.wrap(List.of("python")).subList(1, 4))
          .containsExactly("-c", "1", "python");
    }
  }

  @ParameterizedTest(name = "{1} of {0} cpus, {2} threads: {3}")
  @CsvSource({
    // host, profile, threads, chosen
    "16, 4, 2, '12,13,14,15'",
    "16, 4, 8, '12,13,14,15'",
    "4, 4, 2, '0,1,2,3'",
    "4, 3, 2, '1,2,3'",
    "2, 1, 2, '1'",
    "2, 4, 2, '0,1'"
  })
  void aProfileWithCoresIsMeasuredOnSoManyOfThem(int cpus, int cores, int threads, String chosen)
      throws Exception {
    kernel.withCpus(cpus, 1);
    withTaskset();

    try (Placement placement = Machine.at(root).place(threads, false, cores)) {
      assertThat(placement.cpus()).isEqualTo(CpuList.parse(chosen).orElseThrow().numbers());
      assertThat(placement.facts()).containsEntry("cores_of_profile", cores);
    }
  }

  @ParameterizedTest(name = "{0} cpus, taskset {1}, {2} cores: {3}")
  @CsvSource({
    "8, true, 4, ''",
    "4, false, 4, ''",
    "8, false, 4, 'has 4 cores, but nothing keeps processes to so many: cpuset: no cgroup'",
    "2, true, 4, 'has 4 cores, but this worker may use 2 CPUs'"
  })
  void aProfileIsNotMeasuredOnOtherCoresUnseen(int cpus, boolean taskset, int cores, String fault)
      throws Exception {
    kernel.withCpus(cpus, 1);
    if (taskset) {
      withTaskset();
    }

    try (Placement placement = Machine.at(root).place(2, false, cores);
        Placement whole = Machine.at(root).place(2, false)) {
      assertThat(String.join(";", placement.faults())).contains(fault);
      assertThat(placement.faults().isEmpty()).isEqualTo(fault.isEmpty());
      assertThat(whole.faults())
          .as("without cores, all of the host is what is asked for")
          .isEmpty();
    }
  }

  @Test
  void sequentialArmsGetOneCpuWhateverTheProfileHas() throws Exception {
    kernel.withCpus(8, 1);
    withTaskset();

    try (Placement placement = Machine.at(root).place(1, true, 4)) {
      assertThat(placement.cpus()).containsExactly(7);
    }
  }

  @Test
  void theCoresOfAProfileComeFromOneMemoryNode() throws Exception {
    kernel
        .withCpus(8, 1)
        .with("sys/devices/system/node/node0/cpulist", "0-5")
        .with("sys/devices/system/node/node1/cpulist", "6-7");
    withTaskset();

    try (Placement placement = Machine.at(root).place(2, false, 4)) {
      assertThat(placement.cpus()).containsExactly(2, 3, 4, 5);
    }
  }

  @Test
  void aProcessOnThisHostHasNoMoreCoresThanTheProfile() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs a Linux host");
    Machine machine = Machine.at(Path.of("/"));

    try (Placement placement = machine.place(2, false, 1)) {
      assumeTrue(!"none".equals(placement.facts().get("mechanism")), "needs cpusets or taskset");
      var builder = new ProcessBuilder(placement.wrap(List.of("cat", "/proc/self/status")));
      List<String> status = linesOf(builder.start());
      var readBack = CpuList.parse(field(status, "Cpus_allowed_list")).orElseThrow();

      assertThat(readBack.size()).as("in force: %s", placement.facts()).isEqualTo(1);
      assertThat(placement.holds(readBack.numbers())).isTrue();
    }
  }

  @Test
  void cpusThatTheWorkerMayNotUseAreNotChosen() throws Exception {
    kernel.withCpus(12, 1).with("proc/self/status", "Cpus_allowed_list:\t4-7,9");
    withTaskset();

    try (Placement placement = Machine.at(root).place(2, false)) {
      assertThat(placement.cpus()).containsExactly(5, 6, 7, 9);
    }
  }

  @Test
  void armsThatFitIntoOneMemoryNodeStayThere() throws Exception {
    kernel
        .withCpus(8, 1)
        .with("sys/devices/system/node/node0/cpulist", "0-3")
        .with("sys/devices/system/node/node1/cpulist", "4-7");
    withTaskset();

    try (Placement few = Machine.at(root).place(4, false);
        Placement many = Machine.at(root).place(5, false)) {
      assertThat(few.cpus()).containsExactly(4, 5, 6, 7);
      assertThat(few.facts()).containsEntry("numa_nodes", List.of(1));
      assertThat(many.cpus()).containsExactly(1, 2, 3, 4, 5, 6, 7);
      assertThat(many.facts()).containsEntry("numa_nodes", List.of(0, 1));
    }
  }

  @Test
  void anOlderCgroupIsMadeWhereItMayBe() {
    kernel
        .withCpus(4, 1)
        .with("proc/self/cgroup", "3:cpuset:/docker/1\n0::/")
        .with("sys/fs/cgroup/cpuset/cpuset.mems", "0");

    Placement placement = Machine.at(root).place(2, false);

    Path cgroup = cgroupOf(placement);
    assertThat(cgroup.getParent()).isEqualTo(root.resolve("sys/fs/cgroup/cpuset"));
    assertThat(cgroup.resolve("cpuset.cpus")).hasContent("1,2,3");
    assertThat(cgroup.resolve("cpuset.mems")).hasContent("0");
    assertThat(placement.facts())
        .containsEntry("mechanism", "cpuset")
        .containsEntry("why_not_better", List.of());
  }

  @Test
  void aNewerCgroupIsGivenTheController() {
    kernel
        .withCpus(4, 1)
        .with("proc/self/cgroup", "0::/lanes")
        .with("sys/fs/cgroup/lanes/cgroup.controllers", "cpuset cpu memory")
        .with("sys/fs/cgroup/lanes/cgroup.subtree_control", "memory");

    Placement placement = Machine.at(root).place(2, false);

    assertThat(kernel.read("sys/fs/cgroup/lanes/cgroup.subtree_control")).startsWith("+cpuset");
    assertThat(cgroupOf(placement).resolve("cpuset.cpus")).hasContent("1,2,3");
    assertThat(placement.facts().get("cgroup")).hasFieldOrPropertyWithValue("version", 2);
  }

  @Test
  void withoutTheControllerItIsSaidWhyAffinityHasToDo() throws Exception {
    kernel
        .withCpus(4, 1)
        .with("proc/self/cgroup", "0::/lanes")
        .with("sys/fs/cgroup/lanes/cgroup.controllers", "cpu memory");
    withTaskset();

    try (Placement placement = Machine.at(root).place(2, false)) {
      assertThat(placement.facts()).containsEntry("mechanism", "affinity");
      assertThat(placement.facts().get("why_not_better"))
          .asString()
          .contains("is not given the controller cpuset");
    }
  }

  @Test
  void whereNothingHelpsTheCommandStaysAsItIs() {
    kernel.withCpus(4, 1);

    try (Placement placement = Machine.at(root).place(2, false)) {
      assertThat(placement.wrap(List.of("python", "-I"))).containsExactly("python", "-I");
      assertThat(placement.cpus()).as("what was not set is not told").hasSize(4);
      assertThat(placement.facts())
          .containsEntry("mechanism", "none")
          .containsEntry("isolation", "none");
      assertThat(placement.facts().get("why_not_better"))
          .asString()
          .contains("no cgroup of this process has one", "no taskset on the PATH");
    }
  }

  @Test
  void readBackCpusHoldWhenTheyAreTheSame() {
    kernel.withCpus(2, 1);

    try (Placement placement = Machine.at(root).place(2, false)) {
      assertThat(placement.holds(List.of(1, 0))).isTrue();
      assertThat(placement.holds(List.of(1))).isFalse();
      assertThat(placement.holds(List.of())).isFalse();
    }
  }

  @Test
  void aProcessOnThisHostIsWhereItBelongsAndKeepsItsId() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs a Linux host");
    Machine machine = Machine.at(Path.of("/"));

    try (Placement placement = machine.place(1, true)) {
      var builder = new ProcessBuilder(placement.wrap(List.of("cat", "/proc/self/status")));
      Process process = builder.start();
      List<String> status = linesOf(process);

      assertThat(process.waitFor()).isZero();
      assertThat(field(status, "Pid")).isEqualTo(String.valueOf(process.pid()));
      assertThat(
              placement.holds(
                  CpuList.parse(field(status, "Cpus_allowed_list")).orElseThrow().numbers()))
          .as("in force: %s", placement.facts())
          .isTrue();
    }
  }

  @Test
  void aProcessHasTheEnvironmentThatItWasGiven() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/env")), "needs env");

    try (Placement placement = Machine.at(Path.of("/")).place(2, false)) {
      var builder = new ProcessBuilder(placement.wrap(List.of("/usr/bin/env")));
      builder.environment().clear();
      builder.environment().put("ONLY", "this");

      Process process = builder.start();

      assertThat(linesOf(process)).containsExactly("ONLY=this");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void theCgroupGoesWithThePlacement() {
    Placement placement = Machine.at(Path.of("/")).place(2, false);
    assumeTrue("cpuset".equals(placement.facts().get("mechanism")), "needs cpusets to write");
    Path cgroup = cgroupOf(placement);
    assertThat(cgroup).isDirectory();

    placement.close();

    assertThat(cgroup).doesNotExist();
  }

  @Test
  void theCgroupOfAKilledWorkerGoesWithTheNextPlacement() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    String leftover = "sys/fs/cgroup/cpuset/lanes-%d-1".formatted(dead.pid());
    String living = "sys/fs/cgroup/cpuset/lanes-%d-0".formatted(ProcessHandle.current().pid());
    kernel
        .withCpus(2, 1)
        .with("proc/self/cgroup", "3:cpuset:/")
        .with("sys/fs/cgroup/cpuset/cpuset.mems", "0")
        .withFolder(leftover)
        .withFolder(living);

    Machine.at(root).place(2, false);

    assertThat(root.resolve(leftover)).doesNotExist();
    assertThat(root.resolve(living)).exists();
  }

  private static Path cgroupOf(Placement placement) {
    return Path.of(
        placement.facts().get("cgroup") instanceof Map<?, ?> group
            ? String.valueOf(group.get("path"))
            : "none");
  }

  private static List<String> linesOf(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private static String field(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Below the root, in the first folder of this process's PATH. */
  private void withTaskset() throws IOException {
    String folder =
        Arrays.stream(System.getenv("PATH").split(":"))
            .filter(path -> path.startsWith("/"))
            .findFirst()
            .orElseThrow();
    Path taskset = kernel.files().path(folder).resolve("taskset");
    kernel.with(root.relativize(taskset).toString(), "#!/bin/sh");
    Files.setPosixFilePermissions(taskset, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
