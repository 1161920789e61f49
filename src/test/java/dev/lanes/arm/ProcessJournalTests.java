package dev.lanes.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessJournalTests {

  /** Leads a group of its own with one child, tells the child's id and waits. */
  private static final String LEADER =
      """
      import os, subprocess, sys
      os.setsid()
      print(subprocess.Popen(["sleep", "600"]).pid, flush=True)
      sys.stdin.read()
      """;

  @TempDir private Path folder;
  private Path file;
  private Process leader;
  private long child;

  @BeforeEach
  void aGroupOfTwoProcesses() throws IOException {
    file = folder.resolve("processes");
    leader = new ProcessBuilder(TestArms.bundled().executable(), "-I", "-c", LEADER).start();
    BufferedReader output = leader.inputReader();
    child = Long.parseLong(output.readLine());
  }

  @AfterEach
  void endIt() {
    NativeGroup.kill(leader.pid());
  }

  @Test
  void whatAnEarlierStartLeftIsKilledWithItsChildren() throws Exception {
    new ProcessJournal(file).started(leader.toHandle());

    new ProcessJournal(file).killLeftovers();

    assertThat(Living.soon(() -> !Living.is(leader.pid()) && !Living.is(child))).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void childrenThatOutlivedTheirLeaderAreKilledToo() throws Exception {
    new ProcessJournal(file).started(leader.toHandle());
    leader.destroyForcibly().waitFor();
    assertThat(Living.is(child)).isTrue();

    new ProcessJournal(file).killLeftovers();

    assertThat(Living.soon(() -> !Living.is(child))).isTrue();
  }

  @Test
  void aStrangerThatGotTheNumberOfADeadProcessIsSpared() throws Exception {
    Files.writeString(file, leader.pid() + " 2001-01-01T00:00:00Z\n");

    new ProcessJournal(file).killLeftovers();

    assertThat(leader.isAlive()).isTrue();
    assertThat(Living.is(child)).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void anEntryThatWasTornIsIgnored() throws Exception {
    new ProcessJournal(file).started(leader.toHandle());
    Files.writeString(file, "\n" + leader.pid() + "\n\nx y\n" + Files.readString(file).strip());

    new ProcessJournal(file).killLeftovers();

    assertThat(Living.soon(() -> !Living.is(leader.pid()))).isTrue();
  }

  @Test
  void whatWasForgottenIsSpared() {
    var journal = new ProcessJournal(file);
    journal.started(leader.toHandle());

    journal.clear();
    journal.killAll();
    new ProcessJournal(file).killLeftovers();

    assertThat(leader.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0, -1, Long.MIN_VALUE})
  void noGroupButThatOfAHarnessIsEverKilled(long leader) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeGroup.kill(leader))
        .withMessageContaining("process group " + leader);
  }

  @Test
  void aGroupThatIsGoneIsNoError() throws Exception {
    NativeGroup.kill(leader.pid());
    leader.waitFor();

    NativeGroup.kill(leader.pid());

    assertThat(leader.isAlive()).isFalse();
  }
}
