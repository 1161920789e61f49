package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.catalog.Interpreter.Jit;
import dev.lanes.catalog.Interpreter.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterProbeTests {

  private static final Path SCRIPT = Path.of("src/main/python/probe.py").toAbsolutePath();
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void theBundledInterpreterTellsWhatItIs() throws Exception {
    Path python = TestPython.bundled();

    var build = new InterpreterProbe(SCRIPT, LONG).probe(python);

    Path library = python.getParent().resolveSibling("libpython3.14.so.1.0");
    assertThat(build.library()).isEqualTo(ProbedBuild.FileStamp.of(library));
    assertThat(build.sha256()).isEqualTo(new Sha256().add(python).add(library).hex());
    assertThat(build.interpreters(Source.BUNDLED))
        .containsExactly(
            new Interpreter(
                "cpython-3.14.3-" + build.sha256().substring(0, 8),
                "cpython-3.14",
                "3.14.3",
                "cpython",
                Gil.ALWAYS,
                Jit.UNAVAILABLE,
                false,
                false,
                build.modes().getFirst().facts().compiler(),
                build.sha256(),
                python.toString(),
                Source.BUNDLED,
                true,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "2.7.18, CPython 2.7.18 is too old; Lanes needs 3.8 or later",
    "3.6.15, CPython 3.6.15 is too old; Lanes needs 3.8 or later",
    "3.8.18,",
    "3.13.0,"
  })
  void everyPythonSinceTwoAnswersForItself(String version, String reason) throws Exception {
    Path python =
        Path.of(System.getProperty("user.home"), ".pyenv/versions", version, "bin/python");
    assumeTrue(Files.exists(python), "needs CPython " + version + " installed by pyenv");

    var found = only(python.toRealPath());

    assertThat(found.version()).isEqualTo(version);
    assertThat(found.usable()).isEqualTo(reason == null);
    assertThat(found.reason()).isEqualTo(reason);
  }

  @Test
  void aFreeThreadedBuildIsTwoInterpreters() throws Exception {
    Path python = freeThreaded("*gil=1*) gil=true;;");

    var found = new InterpreterProbe(SCRIPT, LONG).probe(python).interpreters(Source.UV);

    assertThat(found).allMatch(Interpreter::usable);
    assertThat(found).extracting(Interpreter::gil).containsExactly(Gil.OFF, Gil.ON);
    assertThat(found)
        .extracting(Interpreter::line)
        .containsExactly("cpython-3.14t", "cpython-3.14t+gil");
    assertThat(found.get(1).id()).isEqualTo(found.get(0).id() + "+gil");
  }

  @Test
  void aLockThatCannotBeSwitchedOnIsNotMeasuredAsIfItWere() throws Exception {
    Path python = freeThreaded("");

    var found = new InterpreterProbe(SCRIPT, LONG).probe(python).interpreters(Source.UV);

    assertThat(found).extracting(Interpreter::usable).containsExactly(true, false);
    assertThat(found.get(1).reason())
        .isEqualTo("a free-threaded build that keeps its GIL off when told to switch it on");
  }

  @Test
  void otherImplementationsAndDebugBuildsAreListedButNotUsed() throws Exception {
    String pypy = TestPrograms.ANSWER.formatted("pypy", "3.10.14", false, true, false);
    String debug = TestPrograms.ANSWER.formatted("cpython", "3.14.3", false, true, true);

    var other = only(TestPrograms.answering(folder, "pypy3", pypy));
    var slow = only(TestPrograms.answering(folder, "python3", debug));

    assertThat(other.line()).isEqualTo("pypy-3.10");
    assertThat(other.reason()).isEqualTo("Lanes measures CPython; this is pypy 3.10.14");
    assertThat(slow.reason()).startsWith("a debug build");
  }

  @Test
  void aHangEndsAtTheLimit() throws Exception {
    Path python = TestPrograms.script(folder, "python3", "sleep 600 & wait");

    var build = new InterpreterProbe(SCRIPT, Duration.ofMillis(300)).probe(python);

    assertThat(build.isAnswered()).isFalse();
    assertThat(build.interpreters(Source.PATH).getFirst().reason())
        .isEqualTo("it could not be asked what it is: it did not end in time and was killed");
  }

  @Test
  void aCrashIsAReason() throws Exception {
    var found = only(TestPrograms.script(folder, "python3", "kill -SEGV $$"));

    assertThat(found.line()).isEqualTo("unknown");
    assertThat(found.id()).startsWith("unknown-unknown-");
    assertThat(found.reason())
        .isEqualTo("it could not be asked what it is: it ended with exit code 139");
  }

  @Test
  void whatStderrSaysIsPartOfTheReason() throws Exception {
    String body = "echo usage >&2; echo 'Unknown option: -E' >&2; exit 2";

    var found = only(TestPrograms.script(folder, "python3", body));

    assertThat(found.reason()).endsWith("it ended with exit code 2: Unknown option: -E");
  }

  @Test
  void garbageIsAReason() throws Exception {
    for (String garbage : List.of("hello", "null", "{}", "[1]", "{\"library\": \"x\"}", "")) {
      var found = only(TestPrograms.script(folder, "python3", "echo '" + garbage + "'"));

      assertThat(found.reason()).isEqualTo("what it printed is not the answer of a Python");
    }
  }

  @Test
  void endlessOutputIsCutOff() throws Exception {
    var found = only(TestPrograms.script(folder, "python3", "exec yes"));

    assertThat(found.usable()).isFalse();
  }

  @Test
  void whatIsNoProgramForThisMachineIsAReason() throws Exception {
    var found = only(TestPrograms.binary(folder.resolve("python3")));

    assertThat(found.usable()).isFalse();
    assertThat(found.reason()).startsWith("it c");
  }

  private Path freeThreaded(String gilOnCase) throws Exception {
    String answer = TestPrograms.ANSWER.formatted("cpython", "3.14.3", true, true, false);
    String body =
        "gil=false; case \"$*\" in %s esac\ncat <<END\n%sEND"
            .formatted(gilOnCase, answer.replace("\"gil_enabled\": true", "\"gil_enabled\": $gil"));
    return TestPrograms.script(folder, "python3.14t", body);
  }

  private static Interpreter only(Path executable) throws Exception {
    var found = new InterpreterProbe(SCRIPT, LONG).probe(executable).interpreters(Source.PATH);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
