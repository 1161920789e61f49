package dev.lanes.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonFilesTests {

  @TempDir private Path folder;
  private Path classes;
  private Path parent;

  @BeforeEach
  void writeClassPath() throws IOException {
    classes = folder.resolve("classes");
    parent = folder.resolve("harness");
    write(classes.resolve("python/harness.py"), "print('harness')\n");
    write(classes.resolve("python/models/process_pool.py"), "class Model: pass\n");
    write(classes.resolve("python/workloads/pi.py"), "def task(state): return 3\n");
  }

  @Test
  void everyFileIsFoundByItsId() throws Exception {
    var files = unpack(List.of());

    assertThat(files.harness()).hasContent("print('harness')");
    assertThat(files.workload("pi")).hasValue(files.folder().resolve("workloads/pi.py"));
    assertThat(files.model("process-pool"))
        .hasValue(files.folder().resolve("models/process_pool.py"));
    assertThat(files.workload("../models/process-pool")).isEmpty();
    assertThat(files.folder().getFileName()).hasToString(files.sha256().substring(0, 16));
    assertThatThrownBy(files::probe)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("probe.py is not among the files");
  }

  @Test
  void aJarGivesTheSameFolderAsADirectory() throws Exception {
    var fromDirectory = unpack(List.of());

    Path jar = jarOf(classes);
    PythonFiles fromJar;
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      fromJar = PythonFiles.unpack(new ClasspathFolder(loader, "python"), List.of(), parent);
    }

    assertThat(fromJar.folder()).isEqualTo(fromDirectory.folder());
  }

  @Test
  void whatWasChangedAddedOrRemovedIsPutRight() throws Exception {
    var files = unpack(List.of());
    Files.delete(files.harness());
    write(files.folder().resolve("models/intruder.py"), "raise SystemExit\n");
    Path pi = files.workload("pi").orElseThrow();
    Files.delete(pi);
    write(pi, "def task(state): return 4\n");

    var again = unpack(List.of());

    assertThat(again.folder()).isEqualTo(files.folder());
    assertThat(again.harness()).exists();
    assertThat(pi).hasContent("def task(state): return 3");
    assertThat(files.folder().resolve("models/intruder.py")).doesNotExist();
  }

  @Test
  void workloadsOfTheHostJoinTheOthersAndChangeTheDigest() throws Exception {
    var without = unpack(List.of());
    Path own = folder.resolve("own");
    write(own.resolve("my_function.py"), "def task(state): return 1\n");
    write(own.resolve("notes.txt"), "not a workload");

    var with = unpack(List.of(own));

    assertThat(with.workload("my-function")).isPresent();
    assertThat(with.workloads()).hasSize(2);
    assertThat(with.models()).hasSize(1);
    assertThat(with.sha256()).isNotEqualTo(without.sha256());
  }

  @Test
  void twoWorkloadsMayNotShareAnId() throws Exception {
    Path own = folder.resolve("own");
    write(own.resolve("pi.py"), "");

    assertThatThrownBy(() -> unpack(List.of(own)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pi.py has the name of another workload; rename the file");
  }

  @Test
  void aMissingWorkloadFolderIsNamed() {
    assertThatThrownBy(() -> unpack(List.of(folder.resolve("gone"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gone does not exist");
  }

  @Test
  void bytecodeIsMadeOncePerBuildAndIsNoChange() throws Exception {
    var files = unpack(List.of());
    var interpreter = bundled();

    files.compileFor(interpreter);

    Path compiled = files.folder().resolve("models/__pycache__/process_pool.cpython-314.pyc");
    var made = Files.getLastModifiedTime(compiled);
    unpack(List.of()).compileFor(interpreter);
    assertThat(Files.getLastModifiedTime(compiled)).isEqualTo(made);
  }

  @Test
  void aFileThatAnInterpreterCannotReadDoesNotKeepTheOthersUncompiled() throws Exception {
    write(classes.resolve("python/workloads/future.py"), "lazy from everything import it\n");
    var files = unpack(List.of());

    files.compileFor(bundled());

    assertThat(files.folder().resolve("workloads/__pycache__/pi.cpython-314.pyc")).exists();
  }

  private static Interpreter bundled() throws Exception {
    var probe =
        new InterpreterProbe(
            Path.of("src/main/python/probe.py").toAbsolutePath(), Duration.ofSeconds(60));
    return probe.probe(TestPython.bundled()).interpreters(Source.BUNDLED).getFirst();
  }

  private PythonFiles unpack(List<Path> workloadFolders) throws Exception {
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      var packed = new ClasspathFolder(loader, "python");
      return PythonFiles.unpack(packed, workloadFolders, parent);
    }
  }

  private Path jarOf(Path root) throws IOException {
    Path file = folder.resolve("python.jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(file));
        var paths = Files.walk(root)) {
      for (Path path : paths.filter(each -> !each.equals(root)).toList()) {
        boolean directory = Files.isDirectory(path);
        jar.putNextEntry(new JarEntry(root.relativize(path) + (directory ? "/" : "")));
        if (!directory) {
          Files.copy(path, jar);
        }
      }
    }
    return file;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
