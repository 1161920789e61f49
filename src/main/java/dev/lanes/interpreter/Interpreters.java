package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything on a host that a measurement starts with: its interpreters, and Lanes' own Python
 * files, compiled for each of them.
 */
public final class Interpreters {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);

  private final HostInterpreters found;
  private final PythonFiles files;
  private final Packages packages;

  private Interpreters(HostInterpreters found, PythonFiles files, Packages packages) {
    this.found = found;
    this.files = files;
    this.packages = packages;
  }

  /**
   * Finds the interpreters of this host and prepares the files. What cannot be used is told as a
   * reason or a problem, never thrown.
   *
   * @param directory folder of the worker
   * @param configured interpreters that the operator names, as absolute paths or names on the PATH
   * @param workloads folders with further workloads
   * @param environment of this process
   * @throws IOException if the files cannot be written
   */
  public static Interpreters find(
      Path directory,
      List<String> configured,
      List<Path> workloads,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    ClassLoader loader = Interpreters.class.getClassLoader();
    PythonFiles files =
        PythonFiles.unpack(
            new ClasspathFolder(loader, "python"), workloads, directory.resolve("harness"));
    List<String> problems = new ArrayList<>();
    Path bundled = bundled(loader, directory.resolve("interpreters"), problems);
    InterpreterPlaces places =
        new InterpreterPlaces(
            configured,
            environment,
            Path.of(System.getProperty("user.home")),
            Path.of("/"),
            bundled);
    InterpreterProbe probe = new InterpreterProbe(files.probe(), PROBE_LIMIT);
    ProbeCache cache = ProbeCache.read(directory.resolve("probes.json"), files.probe());
    HostInterpreters found = new InterpreterSearch(places, probe, cache).search();
    for (Interpreter interpreter : found.usable()) {
      files.compileFor(interpreter);
    }
    problems.addAll(found.problems());
    return new Interpreters(
        new HostInterpreters(found.all(), found.files(), problems),
        files,
        new Packages(directory.resolve("packages"), found));
  }

  private static @Nullable Path bundled(ClassLoader loader, Path folder, List<String> problems)
      throws InterruptedException {
    String platform =
        BundledPython.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    return switch (new BundledPython(loader, platform).unpack(folder)) {
      case BundledPython.Ready ready -> ready.executable();
      case BundledPython.Absent absent -> {
        problems.add("there is no bundled interpreter: " + absent.reason());
        yield null;
      }
    };
  }

  /** Every interpreter, usable or not, each build once. */
  public List<Interpreter> all() {
    return found.all();
  }

  /** What could not be looked at, for people. */
  public List<String> problems() {
    return found.problems();
  }

  /** The usable interpreter that a line or an exact id means here, or empty. */
  public Optional<Interpreter> resolve(String idOrLine) {
    return found.resolve(idOrLine);
  }

  /** The files of one of these interpreters, as they were when it was found. */
  public BuildFiles files(Interpreter interpreter) {
    return Objects.requireNonNull(
        found.files().get(interpreter.executable()),
        () -> interpreter.executable() + " is of no interpreter that was found here");
  }

  /**
   * Packages from an index for an interpreter, installed at the first call, which may take minutes.
   *
   * @param packages at least one
   */
  public PackageFolder packages(Interpreter interpreter, List<String> packages) {
    return this.packages.of(interpreter, packages);
  }

  /** Arguments that put an interpreter into its GIL mode. */
  public static List<String> options(Interpreter interpreter) {
    return InterpreterProbe.options(interpreter.gil());
  }

  /** Digest of Lanes' own Python files, all together; 64 hex digits. */
  public String sourcesSha256() {
    return files.sha256();
  }

  /** The program that measures one arm. */
  public Path harness() {
    return files.harness();
  }

  /** The program that tells how fast the host is between rounds. */
  public Path sentinel() {
    return files.sentinel();
  }

  /** The file of a workload, or empty. */
  public Optional<Path> workload(String id) {
    return files.workload(id);
  }

  /** The file of an execution model, or empty. */
  public Optional<Path> model(String file) {
    return files.model(file);
  }
}
