package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTests {

  private static final AtomicFolder.Check WHOLE = folder -> Files.exists(folder.resolve("file"));

  @TempDir private Path parent;

  @Test
  void aFillingThatFailsLeavesNothing() throws Exception {
    Path target = parent.resolve("target");

    assertThatThrownBy(() ->
            AtomicFolder.ensure(
                target,
                WHOLE,
                folder -> {
                  Files.writeString(folder.resolve("other"), "half of it");
                  throw new IOException("disk full");
                }))
        .hasMessage("disk full");

    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void whatAnInterruptedProcessLeftIsNotTakenForTheFolder() throws Exception {
    Path unfinished = Files.createDirectory(parent.resolve(".target.unfinished"));
    Files.writeString(unfinished.resolve("stale"), "from a process that died");

    boolean filled = AtomicFolder.ensure(parent.resolve("target"), WHOLE, this::fill);

    assertThat(filled).isTrue();
    assertThat(names()).containsExactly(".lock", "target");
    assertThat(parent.resolve("target/stale")).doesNotExist();
  }

  @Test
  void ofManyAtOnceOneFillsAndTheOthersWait() throws Exception {
    List<Callable<Boolean>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(() -> AtomicFolder.ensure(parent.resolve("target"), WHOLE, this::fill));
    }

    List<Boolean> filled;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      filled = executor.invokeAll(starts).stream().map(Future::resultNow).toList();
    }

    assertThat(filled).containsOnlyOnce(true).hasSize(8);
  }

  private void fill(Path folder) throws IOException {
    Files.writeString(folder.resolve("file"), "whole");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
