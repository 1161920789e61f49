package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.catalog.ArmRole;
import dev.lanes.machine.HostTuning;
import dev.lanes.machine.Machine;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processors of this host a group gets. */
class PlacedSiteTests {

  @TempDir private Path folder;

  @Test
  void aJobWithCoresIsMeasuredOnSoManyOfThem() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs a Linux host");
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs two processors");

    try (var site = host().site(aGroupOfTwoThreads(), 1);
        var unlimited = host().site(aGroupOfTwoThreads(), null)) {
      Process process =
          new ProcessBuilder(site.place(List.of("grep", "Cpus_allowed_list", "/proc/self/status")))
              .start();
      String readBack = new String(process.getInputStream().readAllBytes()).strip();

      assertThat(site.cpus()).hasSize(1);
      assertThat(readBack).endsWith("\t" + site.cpus().getFirst());
      assertThat(unlimited.cpus()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void figuresFromMoreCoresThanTheProfileHasAreAtFault() throws Exception {
    Path status = folder.resolve("proc/self/status");
    Files.createDirectories(status.getParent());
    Files.writeString(status, "Cpus_allowed_list:\t0-3\n");

    try (var site = host(folder).site(aGroupOfTwoThreads(), 2);
        var unlimited = host(folder).site(aGroupOfTwoThreads(), null)) {
      assertThat(site.faults()).singleElement().asString().contains("has 2 cores, but nothing");
      assertThat(unlimited.faults()).isEmpty();
    }
  }

  private HostWatch host() {
    return host(Path.of("/"));
  }

  private HostWatch host(Path root) {
    return new HostWatch(Machine.at(root), HostTuning.none(), 2, List.of(), folder, false);
  }

  private static Group aGroupOfTwoThreads() {
    return new Group(
        0,
        List.of(
            new CellSpec(
                UUID.randomUUID(),
                ArmRole.SUBJECT,
                "pi",
                "0".repeat(64),
                Map.of(),
                2,
                2,
                "threads",
                "cpython-3.14")));
  }
}
