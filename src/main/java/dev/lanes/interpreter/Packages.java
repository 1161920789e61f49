package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packages that workloads need beyond the standard library: one folder for each build and set of
 * packages, filled from a package index before anything is measured. A host that reaches no index
 * has none; that is told as a reason, until the worker starts again.
 */
final class Packages {

  private static final Logger log = LoggerFactory.getLogger(Packages.class);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path directory;
  private final HostInterpreters found;
  private final Map<Path, PackageFolder> known = new ConcurrentHashMap<>();

  /**
   * @param directory where the folders lie
   * @param found interpreters of the host; one with pip serves all
   */
  Packages(Path directory, HostInterpreters found) {
    this.directory = directory;
    this.found = found;
  }

  /** The folder with these packages for this build, or why there is none. */
  PackageFolder of(Interpreter interpreter, List<String> packages) {
    String name = "%.16s-%s".formatted(interpreter.sha256(), String.join("-", packages));
    return known.computeIfAbsent(
        directory.resolve(name), folder -> filled(folder, interpreter, packages));
  }

  private PackageFolder filled(Path folder, Interpreter interpreter, List<String> packages) {
    try {
      AtomicFolder.ensure(folder, _ -> true, empty -> install(empty, interpreter, packages));
      return new PackageFolder(folder, null);
    } catch (IOException e) {
      log.warn("{} cannot be had for {}: {}", packages, interpreter.id(), e.getMessage());
      return new PackageFolder(null, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PackageFolder(null, "the worker was stopped while it was installed");
    }
  }

  private void install(Path folder, Interpreter interpreter, List<String> packages)
      throws IOException, InterruptedException {
    log.info("{} is installed for {}, once", packages, interpreter.id());
    List<String> arguments =
        new ArrayList<>(List.of("-m", "pip", "--python", interpreter.executable()));
    // Only what is built already: a compiler's choices would be part of what is measured.
    arguments.addAll(List.of("install", "--quiet", "--only-binary", ":all:"));
    arguments.addAll(List.of("--disable-pip-version-check", "--target", folder.toString()));
    arguments.addAll(packages);
    List<String> command = new ArrayList<>(List.of(withPip(interpreter)));
    command.addAll(arguments);
    ShortProcess.Ended ended = ShortProcess.run(command, LIMIT);
    if (!ended.succeeded()) {
      throw new IOException("pip could not install it: " + ended.failure());
    }
    Bytecode.compile(Path.of(interpreter.executable()), folder);
  }

  /** An interpreter that has pip, which can install for another one; the bundled one has it. */
  private String withPip(Interpreter wanted) throws IOException, InterruptedException {
    for (Interpreter candidate : found.usable().reversed()) {
      Path pip = Path.of(candidate.executable());
      if (Files.isExecutable(pip)
          && ShortProcess.run(List.of(pip.toString(), "-m", "pip", "--version"), LIMIT)
              .succeeded()) {
        return pip.toString();
      }
    }
    throw new IOException("no interpreter of this host has pip to install it for " + wanted.id());
  }
}
