package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left after each way in which the processes can end. Every test leaves the home stopped.
 */
class CrashTests {

  @TempDir static Path home;

  @Test
  void dataOutlivesAStopAndAKill() throws Exception {
    try (var first = Homes.start(home)) {
      Homes.execute(first, "CREATE TABLE kept AS SELECT 'before the stop' AS row");
    }
    var second = Homes.start(home);
    try (second;
        var connection = Homes.connect(second);
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO kept VALUES ('before the kill')");
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO kept VALUES ('never committed')");
      Homes.postmaster(home).destroyForcibly();
    }
    try (var third = Homes.start(home)) {
      assertThat(Homes.query(third, "SELECT string_agg(row, ', ') FROM kept"))
          .isEqualTo("before the stop, before the kill");
    }
  }

  @Test
  void aServerThatAKilledProcessLeftBehindIsStopped() throws Exception {
    assertThat(Abandon.start(home).exitCode()).isEqualTo(Abandon.EXIT_CODE);
    var orphan = Homes.postmaster(home);
    assertThat(orphan.isAlive()).isTrue();

    try (var next = Homes.start(home)) {
      assertThat(Homes.query(next, "SELECT 1")).isEqualTo("1");
      assertThat(Homes.postmaster(home).pid()).isNotEqualTo(orphan.pid());
    }
  }

  @Test
  void aProcessThatWasGivenTheNumberOfADeadServerIsLeftAlone() throws Exception {
    Path pidFile = home.resolve("data/postmaster.pid");
    var first = Homes.start(home);
    var left = new ArrayList<>(Files.readAllLines(pidFile));
    first.close();
    var stranger = new ProcessBuilder("cat").start();
    try {
      left.set(0, Long.toString(stranger.pid()));
      Files.write(pidFile, left);

      try (var second = Homes.start(home)) {
        assertThat(Homes.query(second, "SELECT 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }
}
