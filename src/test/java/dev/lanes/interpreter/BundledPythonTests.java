package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledPythonTests {

  @TempDir private Path interpreters;

  @Test
  void runsAfterUnpackingAndImportsWhatTheModelsNeed() throws Exception {
    Path python = TestPython.bundled();

    var ended =
        TestPython.run(
            python,
            "import asyncio, concurrent.futures, concurrent.interpreters, ctypes, hashlib,"
                + " multiprocessing, sqlite3, ssl, zlib; print(asyncio.__cached__)");

    assertThat(ended.errors()).isEmpty();
    assertThat(Path.of(ended.output().strip())).exists();
  }

  @Test
  void isUnpackedOnce() throws Exception {
    Path first = TestPython.bundled();
    var written = Files.getLastModifiedTime(first);

    Path second = TestPython.bundled();

    assertThat(second).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(second)).isEqualTo(written);
  }

  @Test
  void aFolderThatLostAFileIsUnpackedAgain() throws Exception {
    Path python = ready(TestPython.packed().unpack(interpreters));
    Path lost = python.getParent().resolveSibling("lib/python3.14/asyncio/runners.py");
    Files.delete(lost);

    Path again = ready(TestPython.packed().unpack(interpreters));

    assertThat(again).isEqualTo(python);
    assertThat(lost).exists();
    try (var left = Files.list(interpreters)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", python.getParent().getParent().getFileName() + "");
    }
  }

  @Test
  void aPlatformWithoutABuildIsAnAnswerNotAFailure() throws Exception {
    var outcome =
        new BundledPython(getClass().getClassLoader(), "plan9-riscv64").unpack(interpreters);

    assertThat(outcome)
        .isEqualTo(
            new BundledPython.Absent("this build of Lanes carries no CPython for plan9-riscv64"));
  }

  @Test
  void aBuildThatCannotStartSaysWhyAndLeavesNothing(@TempDir Path classes) throws Exception {
    Path files = classes.resolve("org/bytedeco/cpython/other-cpu");
    Files.createDirectories(files.resolve("bin"));
    Files.createDirectories(files.resolve("lib"));
    Files.writeString(
        files.resolve("bin/python3.14"), "#!/bin/sh\necho 'GLIBC_9.9 not found' >&2\nexit 1\n");

    BundledPython.Outcome outcome;
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      outcome = new BundledPython(loader, "other-cpu").unpack(interpreters);
    }

    assertThat(outcome)
        .isEqualTo(
            new BundledPython.Absent(
                "the bundled CPython cannot be used on this host:"
                    + " it ended with exit code 1: GLIBC_9.9 not found"));
    try (var left = Files.list(interpreters)) {
      assertThat(left.map(path -> path.getFileName().toString()).toList())
          .isEqualTo(List.of(".lock"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-arm64",
    "Mac OS X, aarch64, macosx-arm64",
    "Linux, riscv64, linux-riscv64"
  })
  void namesThePlatformAsTheBuildsDo(String osName, String osArch, String platform) {
    assertThat(BundledPython.platform(osName, osArch)).isEqualTo(platform);
  }

  private static Path ready(BundledPython.Outcome outcome) {
    assertThat(outcome).isInstanceOf(BundledPython.Ready.class);
    return ((BundledPython.Ready) outcome).executable();
  }
}
