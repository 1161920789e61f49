package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortProcessTests {

  @TempDir private Path folder;

  @Test
  void seesAnEnvironmentBuiltFromNothingAndAnEmptyFolder() throws Exception {
    var ended = run("/usr/bin/env; ls -A; cat", Duration.ofSeconds(30));

    assertThat(ended.succeeded()).isTrue();
    assertThat(ended.output().lines().map(line -> line.split("=")[0]))
        .containsOnlyOnce("PATH", "HOME", "LC_ALL", "TZ")
        .isSubsetOf("PATH", "HOME", "LC_ALL", "TZ", "PWD", "OLDPWD", "SHLVL", "_");
  }

  @Test
  void keepsTheLastOutputOfAProcessThatEndsAtOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(run("echo said; echo failed >&2", Duration.ofSeconds(30)))
          .isEqualTo(new ShortProcess.Ended(0, false, "said\n", "failed\n"));
    }
  }

  @Test
  void atTheLimitItsChildrenEndToo() throws Exception {
    Path pid = folder.resolve("pid");

    var ended = run("sleep 600 & echo $! > %s; wait".formatted(pid), Duration.ofSeconds(1));

    assertThat(ended.timedOut()).isTrue();
    assertThat(ended.failure()).isEqualTo("it did not end in time and was killed");
    var child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (child.isPresent()) {
      child.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private static ShortProcess.Ended run(String script, Duration limit) throws Exception {
    return ShortProcess.run(List.of("/bin/sh", "-c", script), limit);
  }
}
