package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.arm.TestArms;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.support.TinyDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a group when the disk below its temporary folders is full. */
class FullDiskTests {

  private static final String FULL = "No space left on device";

  @TempDir private Path folder;

  /** Of three in a random order, one is sure to come before some of the others. */
  @Test
  void cellsThatFillItEndWithThatReasonAndTheOthersGoOn() throws Exception {
    List<CellSpec> filling =
        Stream.of("sequential", "threads", "processes:fork")
            .map(model -> fills(model, "folder", 64))
            .toList();
    List<CellSpec> others =
        Stream.of("sequential", "threads", "processes:fork", "processes:forkserver")
            .map(model -> fills(model, "folder", 1))
            .toList();
    CellSpec[] all = Stream.concat(filling.stream(), others.stream()).toArray(CellSpec[]::new);

    try (TinyDisk _ = TinyDisk.on(folder, "size=24m");
        TestGroups groups = new TestGroups(folder)) {
      groups.measure(2, all);

      assertThat(filling)
          .allSatisfy(cell -> {
            assertThat(groups.ending(cell).outcome()).isEqualTo(Outcome.EXCEPTION);
            assertThat(groups.ending(cell).reason()).contains(FULL);
          });
      assertThat(others)
          .allSatisfy(cell -> {
            var ending = groups.ending(cell);
            assertThat(ending.outcome()).as(ending.reason()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(ending.rounds()).isEqualTo(2);
          });
      assertNothingIsLeft();
    }
  }

  /** Needs no disk of its own: the kernel refuses every byte for this device. */
  @Test
  void aRefusedWriteIsTheReasonOfItsCellAlone() throws Exception {
    CellSpec filling = fills("processes:spawn", "device", 1);
    CellSpec other = fills("processes:spawn", "folder", 1);

    try (TestGroups groups = new TestGroups(folder)) {
      groups.measure(1, filling, other);

      assertThat(groups.ending(filling).outcome()).isEqualTo(Outcome.EXCEPTION);
      assertThat(groups.ending(filling).reason()).contains(FULL);
      assertThat(groups.ending(other).outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertNothingIsLeft();
    }
  }

  @Test
  void whereNotEvenAFolderCanBeMadeNothingIsMeasuredAndTheReasonSaysWhy() throws Exception {
    CellSpec cell = fills("sequential", "folder", 1);

    try (TinyDisk _ = TinyDisk.on(folder.resolve("tmp"), "nr_inodes=1");
        TestGroups groups = new TestGroups(folder)) {
      groups.measure(1, cell);

      assertThat(groups.ending(cell).outcome()).isEqualTo(Outcome.NOT_MEASURED);
      assertThat(groups.ending(cell).reason()).contains("no folder for its process", FULL);
    }
  }

  private void assertNothingIsLeft() throws InterruptedException {
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    String harness = TestArms.FOLDER.resolve("harness").toString();
    assertThat(Living.soon(() -> Living.with(harness).isEmpty())).isTrue();
  }

  private static CellSpec fills(String model, String file, int mebibytes) {
    return TestArms.cell("fills", Map.of("file", file, "mebibytes", mebibytes), model);
  }
}
