package dev.lanes.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanes.catalog.Interpreter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Python side of Lanes as files of this host: the harness, the execution models and the
 * workloads, in a folder named by the digest of all of them.
 */
final class PythonFiles {

  private static final String WORKLOADS = "workloads/";
  private static final String MODELS = "models/";
  private static final String SUFFIX = ".py";
  private static final String COMPILED = ".compiled";

  private final Path folder;
  private final String sha256;
  private final SortedSet<String> paths;

  private PythonFiles(Path folder, String sha256, SortedSet<String> paths) {
    this.folder = folder;
    this.sha256 = sha256;
    this.paths = paths;
  }

  /**
   * Brings the files to a folder below {@code parent}. A folder whose files were changed, added to
   * or removed is replaced.
   *
   * @param packed the files that Lanes carries
   * @param workloadFolders folders of this host with further workloads, one file each
   * @throws IllegalArgumentException if two files claim one workload id
   */
  static PythonFiles unpack(ClasspathFolder packed, List<Path> workloadFolders, Path parent)
      throws IOException, InterruptedException {
    SortedMap<String, byte[]> files = read(packed);
    for (Path workloads : workloadFolders) {
      addWorkloads(workloads, files);
    }
    String sha256 = digest(files);
    Path folder = parent.resolve(sha256.substring(0, 16));
    AtomicFolder.ensure(
        folder, there -> digest(filesIn(there)).equals(sha256), there -> write(files, there));
    return new PythonFiles(folder, sha256, new TreeSet<>(files.keySet()));
  }

  /** Digest of every file and its path; 64 hex digits. */
  String sha256() {
    return sha256;
  }

  Path folder() {
    return folder;
  }

  Path harness() {
    return required("harness.py");
  }

  Path sentinel() {
    return required("sentinel.py");
  }

  Path probe() {
    return required("probe.py");
  }

  Optional<Path> workload(String id) {
    return module(WORKLOADS, id);
  }

  Optional<Path> model(String name) {
    return module(MODELS, name);
  }

  /** Every workload file, by name. */
  List<Path> workloads() {
    return paths.stream().filter(path -> path.startsWith(WORKLOADS)).map(folder::resolve).toList();
  }

  /** Every file of an execution model, by name. */
  List<Path> models() {
    return paths.stream().filter(path -> path.startsWith(MODELS)).map(folder::resolve).toList();
  }

  /**
   * Compiles the files for an interpreter, once per build. A file that uses what an old interpreter
   * does not know stays uncompiled: its cells fail later, with their own reason.
   */
  void compileFor(Interpreter interpreter) throws IOException, InterruptedException {
    Path done = folder.resolve(COMPILED).resolve(interpreter.sha256());
    if (Files.exists(done)) {
      return;
    }
    Bytecode.compile(Path.of(interpreter.executable()), folder);
    Files.createDirectories(done.getParent());
    Files.write(done, new byte[0]);
  }

  private Path required(String path) {
    if (!paths.contains(path)) {
      throw new IllegalStateException(
          "%s is not among the files of Lanes: %s".formatted(path, paths));
    }
    return folder.resolve(path);
  }

  private Optional<Path> module(String kind, String name) {
    String id = kind + name + SUFFIX;
    return paths.stream().filter(path -> id(path).equals(id)).findFirst().map(folder::resolve);
  }

  /** Ids are written with hyphens where file names may have underscores. */
  private static String id(String path) {
    return path.replace('_', '-');
  }

  private static SortedMap<String, byte[]> read(ClasspathFolder packed) throws IOException {
    var files = new TreeMap<String, byte[]>();
    packed.visit(file -> {
      if (!isMadeHere(Path.of(file.path()))) {
        try (InputStream in = file.content().open()) {
          files.put(file.path(), in.readAllBytes());
        }
      }
    });
    return files;
  }

  private static void addWorkloads(Path workloads, SortedMap<String, byte[]> files)
      throws IOException {
    if (!Files.isDirectory(workloads)) {
      throw new IllegalArgumentException(
          "workload folder %s does not exist; create it or take it out".formatted(workloads));
    }
    try (var found = Files.newDirectoryStream(workloads, "*" + SUFFIX)) {
      for (Path file : found) {
        String path = WORKLOADS + file.getFileName();
        if (files.keySet().stream().anyMatch(taken -> id(taken).equals(id(path)))) {
          throw new IllegalArgumentException(
              "workload %s has the name of another workload; rename the file".formatted(file));
        }
        files.put(path, Files.readAllBytes(file));
      }
    }
  }

  private static SortedMap<String, byte[]> filesIn(Path folder) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        Path path = folder.relativize(file);
        if (!isMadeHere(path)) {
          files.put(path.toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static boolean isMadeHere(Path path) {
    return path.startsWith(COMPILED)
        || path.getParent() != null && path.getParent().endsWith("__pycache__");
  }

  private static String digest(SortedMap<String, byte[]> files) {
    var sha256 = new Sha256();
    files.forEach((path, bytes) -> {
      sha256.add("%s %d\n".formatted(path, bytes.length).getBytes(UTF_8));
      sha256.add(bytes);
    });
    return sha256.hex();
  }

  private static void write(SortedMap<String, byte[]> files, Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
    }
  }
}
