package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterSearchTests {

  private static final Path SCRIPT = Path.of("src/main/python/probe.py").toAbsolutePath();

  @TempDir private Path folder;
  private Path python;
  private Path cache;

  @BeforeEach
  void findPython() throws Exception {
    python = TestPython.bundled();
    cache = folder.resolve("probes.json");
  }

  @Test
  void oneBuildAtTwoPlacesIsOneInterpreterOfTheBestSource() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path copy = Files.copy(python, bin.resolve("python3"));
    Files.copy(python.getParent().resolveSibling("libpython3.14.so.1.0"), library(copy));
    Path lib = folder.resolve("lib");
    Files.createSymbolicLink(lib, python.getParent().resolveSibling("lib"));

    var found = search(List.of(), Map.of("PATH", bin.toString()), SCRIPT);
    Files.delete(lib);

    assertThat(found.problems()).isEmpty();
    assertThat(found.all()).singleElement().extracting(Interpreter::source).isEqualTo(Source.PATH);
    assertThat(found.all().getFirst().executable()).isEqualTo(copy.toRealPath().toString());
  }

  @Test
  void theSecondStartAsksNobody() throws Exception {
    var first = search(List.of(), Map.of(), SCRIPT);
    Path silent = Files.writeString(folder.resolve("probe.py"), "raise SystemExit(1)");
    Files.writeString(cache, Files.readString(cache).replace(sha256(SCRIPT), sha256(silent)));

    var second = search(List.of(), Map.of(), silent);

    assertThat(second).isEqualTo(first);
    assertThat(second.usable()).hasSize(1);
  }

  @Test
  void anotherProbeAsksAgain() throws Exception {
    search(List.of(), Map.of(), SCRIPT);
    Path silent = Files.writeString(folder.resolve("probe.py"), "raise SystemExit(1)");

    var again = search(List.of(), Map.of(), silent);

    assertThat(again.usable()).isEmpty();
  }

  @Test
  void aFailureIsAskedAgain() throws Exception {
    Path broken = TestPrograms.binary(folder.resolve("python3"));

    var found = search(List.of(broken.toString()), Map.of(), SCRIPT);

    assertThat(found.all()).extracting(Interpreter::usable).containsExactly(false, true);
    assertThat(ProbeCache.read(cache, SCRIPT).get(broken.toRealPath())).isEmpty();
    assertThat(ProbeCache.read(cache, SCRIPT).get(python)).isPresent();
  }

  @Test
  void aChangedFileIsAskedAgain() throws Exception {
    Path copy = Files.copy(python, folder.resolve("python3"));
    var answer = new InterpreterProbe(SCRIPT, Duration.ofSeconds(60)).probe(python);
    var ofCopy =
        new ProbedBuild(
            ProbedBuild.FileStamp.of(copy), answer.library(), answer.sha256(), answer.modes());
    ProbeCache.read(cache, SCRIPT).write(List.of(ofCopy));
    assertThat(ProbeCache.read(cache, SCRIPT).get(copy)).hasValue(ofCopy);

    Files.write(copy, new byte[] {0}, StandardOpenOption.APPEND);

    assertThat(ProbeCache.read(cache, SCRIPT).get(copy)).isEmpty();
  }

  @Test
  void aBrokenCacheIsNoCache() throws Exception {
    for (String text : List.of("", "{", "null", "{\"builds\": [{}]}", "[]")) {
      Files.writeString(cache, text);

      assertThat(search(List.of(), Map.of(), SCRIPT).usable()).hasSize(1);
    }
  }

  private HostInterpreters search(
      List<String> configured, Map<String, String> environment, Path script) throws Exception {
    var places =
        new InterpreterPlaces(
            configured, environment, folder.resolve("home"), folder.resolve("root"), python);
    var probe = new InterpreterProbe(script, Duration.ofSeconds(60));
    return new InterpreterSearch(places, probe, ProbeCache.read(cache, script)).search();
  }

  private static Path library(Path executable) {
    return executable.getParent().resolveSibling("libpython3.14.so.1.0");
  }

  private static String sha256(Path file) throws Exception {
    return new Sha256().add(file).hex();
  }
}
