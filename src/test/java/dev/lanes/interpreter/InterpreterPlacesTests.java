package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lanes.catalog.Interpreter.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterpreterPlacesTests {

  @TempDir private Path folder;

  @Test
  void everyPlaceIsLookedAtInOrderOfPreference() throws Exception {
    Path own = program("own/python3.14");
    Path uv = program("home/.local/share/uv/python/cpython-3.14t/bin/python3.14t");
    Path pyenv = program("home/.pyenv/versions/3.13.0/bin/python3.13");
    Path onPath = program("bin/python3.12");
    Path system = program("root/usr/bin/python3.11");
    Path opt = program("root/opt/homebrew/bin/python3.10");
    Path bundled = program("lanes/bin/python3.14");

    var candidates = places(List.of(own.toString()), Map.of("PATH", path("bin")), bundled);

    assertThat(candidates.problems()).isEmpty();
    assertThat(candidates.sources())
        .containsExactly(
            entry(own, Source.CONFIGURED),
            entry(uv, Source.UV),
            entry(pyenv, Source.PYENV),
            entry(onPath, Source.PATH),
            entry(system, Source.SYSTEM),
            entry(opt, Source.SYSTEM),
            entry(bundled, Source.BUNDLED));
  }

  @Test
  void theVariablesOfUvAndPyenvMoveTheirFolders() throws Exception {
    Path uv = program("u/cpython-3.14/bin/python3.14");
    Path pyenv = program("p/versions/3.13.0/bin/python3.13");
    program("home/.pyenv/versions/3.9.0/bin/python3.9");

    var candidates =
        places(
            List.of(), Map.of("UV_PYTHON_INSTALL_DIR", path("u"), "PYENV_ROOT", path("p")), null);

    assertThat(candidates.sources())
        .containsExactly(entry(uv, Source.UV), entry(pyenv, Source.PYENV));
  }

  @Test
  void manyNamesOfOneFileCountOnceUnderTheBestSource() throws Exception {
    Path python = program("home/.pyenv/versions/3.13.0/bin/python3.13");
    Files.createSymbolicLink(python.resolveSibling("python3"), python);
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/python3"), python);

    var candidates = places(List.of(), Map.of("PATH", path("bin")), null);

    assertThat(candidates.sources()).containsExactly(entry(python, Source.PYENV));
  }

  @Test
  void scriptsFoldersAndOtherNamesAreNoInterpreters() throws Exception {
    TestPrograms.script(folder.resolve("bin"), "python3", "exec pyenv exec python3 \"$@\"");
    Files.createDirectories(folder.resolve("bin/python3.14"));
    Files.writeString(folder.resolve("bin/python3.13"), "not executable");
    program("bin/python3.13-config");
    program("bin/python2.7");

    var candidates = places(List.of(), Map.of("PATH", path("bin")), null);

    assertThat(candidates.sources()).isEmpty();
    assertThat(candidates.problems()).isEmpty();
  }

  @Test
  void aConfiguredNameIsLookedUpBehindTheShimsOfThePath() throws Exception {
    TestPrograms.script(folder.resolve("shims"), "my-python", "exit 1");
    Path python = program("bin/my-python");

    var candidates =
        places(List.of("my-python"), Map.of("PATH", path("shims") + ":" + path("bin")), null);

    assertThat(candidates.sources()).containsExactly(entry(python, Source.CONFIGURED));
  }

  @Test
  void whatIsConfiguredButMissingIsAProblemThatNamesIt() throws Exception {
    var candidates = places(List.of("/nowhere/python3"), Map.of(), null);

    assertThat(candidates.sources()).isEmpty();
    assertThat(candidates.problems())
        .singleElement()
        .asString()
        .contains("/nowhere/python3", "give the absolute path");
  }

  @Test
  void aRelativePathEntryIsNotLookedAt() throws Exception {
    assertThat(places(List.of(), Map.of("PATH", ":.:bin:\0"), null).sources()).isEmpty();
  }

  private InterpreterPlaces.Candidates places(
      List<String> configured, Map<String, String> environment, Path bundled) {
    return new InterpreterPlaces(
            configured, environment, folder.resolve("home"), folder.resolve("root"), bundled)
        .candidates();
  }

  private Path program(String path) throws IOException {
    return TestPrograms.binary(folder.resolve(path)).toRealPath();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
