package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where on a host interpreters may lie. Only names are looked at here; nothing is run.
 *
 * @param configured absolute paths or names on the PATH, as the operator gave them
 * @param environment of the worker: {@code PATH}, {@code PYENV_ROOT}, {@code
 *     UV_PYTHON_INSTALL_DIR}, {@code XDG_DATA_HOME}
 * @param root of the file system, {@code /} but in tests
 * @param bundled the interpreter that came with Lanes; null if it cannot run here
 */
record InterpreterPlaces(
    List<String> configured,
    Map<String, String> environment,
    Path home,
    Path root,
    @Nullable Path bundled) {

  /**
   * @param sources by real path, in order of preference: each file once, under its best source
   * @param problems what was configured but is no interpreter, for people
   */
  record Candidates(Map<Path, Source> sources, List<String> problems) {}

  private static final Pattern NAME = Pattern.compile("python3(\\.\\d+t?)?|pypy3(\\.\\d+)?");

  InterpreterPlaces {
    configured = List.copyOf(configured);
    environment = Map.copyOf(environment);
  }

  Candidates candidates() {
    var candidates = new Candidates(new LinkedHashMap<>(), new ArrayList<>());
    for (String name : configured) {
      configured(name)
          .ifPresentOrElse(
              file -> add(file, Source.CONFIGURED, candidates),
              () -> candidates.problems().add(notFound(name)));
    }
    binFolders(uvRoot()).forEach(bin -> addAll(bin, Source.UV, candidates));
    binFolders(pyenvRoot()).forEach(bin -> addAll(bin, Source.PYENV, candidates));
    pathFolders().forEach(bin -> addAll(bin, Source.PATH, candidates));
    systemFolders().forEach(bin -> addAll(bin, Source.SYSTEM, candidates));
    if (bundled != null) {
      add(bundled, Source.BUNDLED, candidates);
    }
    return candidates;
  }

  private Optional<Path> configured(String name) {
    Path path = Path.of(name);
    Stream<Path> places =
        path.isAbsolute() ? Stream.of(path) : pathFolders().map(bin -> bin.resolve(path));
    return places.filter(InterpreterPlaces::isProgram).findFirst();
  }

  private static String notFound(String name) {
    return ("configured interpreter %s: there is no such program (a script, such as a pyenv shim,"
            + " does not count); give the absolute path of the interpreter itself")
        .formatted(name);
  }

  private Path uvRoot() {
    String own = environment.get("UV_PYTHON_INSTALL_DIR");
    String data = environment.get("XDG_DATA_HOME");
    return own != null
        ? Path.of(own)
        : (data != null ? Path.of(data) : home.resolve(".local/share")).resolve("uv/python");
  }

  private Path pyenvRoot() {
    String own = environment.get("PYENV_ROOT");
    return (own != null ? Path.of(own) : home.resolve(".pyenv")).resolve("versions");
  }

  /** An empty or relative entry means another folder for every start: it is not looked at. */
  private Stream<Path> pathFolders() {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(InterpreterPlaces::path)
        .filter(Path::isAbsolute);
  }

  private static Stream<Path> path(String text) {
    try {
      return Stream.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  private Stream<Path> systemFolders() {
    Path frameworks = root.resolve("Library/Frameworks");
    return Stream.of(
            Stream.of(root.resolve("usr/bin"), root.resolve("usr/local/bin")),
            binFolders(root.resolve("opt")),
            binFolders(frameworks.resolve("Python.framework/Versions")),
            binFolders(frameworks.resolve("PythonT.framework/Versions")))
        .flatMap(folders -> folders);
  }

  private static Stream<Path> binFolders(Path parent) {
    return list(parent).map(folder -> folder.resolve("bin"));
  }

  private static void addAll(Path bin, Source source, Candidates candidates) {
    list(bin)
        .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
        .filter(InterpreterPlaces::isProgram)
        .forEach(file -> add(file, source, candidates));
  }

  private static void add(Path file, Source source, Candidates candidates) {
    try {
      candidates.sources().putIfAbsent(file.toRealPath(), source);
    } catch (IOException e) {
      candidates.problems().add("%s cannot be resolved: %s".formatted(file, e.getMessage()));
    }
  }

  /** Sorted, so that two starts on one host see one order. */
  private static Stream<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** A script stands for an interpreter that it chooses when it runs, so it proves nothing. */
  private static boolean isProgram(Path file) {
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() != '#' || in.read() != '!';
    } catch (IOException e) {
      return false;
    }
  }
}
