package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.interpreter.ProbedBuild.FileStamp;
import dev.lanes.interpreter.ProbedBuild.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an executable what Python it is, by running {@code probe.py} with it: a name proves nothing.
 * Whatever the executable does, the answer is a {@link ProbedBuild}.
 */
final class InterpreterProbe {

  /** Reads what {@code probe.py} and the cache write. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final Path script;
  private final Duration limit;

  /**
   * @param limit after which an executable that has not answered is killed
   */
  InterpreterProbe(Path script, Duration limit) {
    this.script = script;
    this.limit = limit;
  }

  /** Options that put an interpreter into a GIL mode. */
  static List<String> options(Gil gil) {
    // Not gil=0 for OFF: it would keep the lock off silently where an import asks for it.
    return gil == Gil.ON ? List.of("-X", "gil=1") : List.of();
  }

  /**
   * @param executable absolute path, symbolic links resolved
   * @throws IOException if the file cannot be read
   */
  ProbedBuild probe(Path executable) throws IOException, InterruptedException {
    List<Mode> modes = modes(executable);
    String libraryPath = modes.getFirst().facts().library();
    Path library = libraryPath == null ? null : Path.of(libraryPath).toRealPath();
    var sha256 = new Sha256().add(executable);
    if (library != null) {
      sha256.add(library);
    }
    return new ProbedBuild(
        FileStamp.of(executable),
        library == null ? null : FileStamp.of(library),
        sha256.hex(),
        modes);
  }

  private List<Mode> modes(Path executable) throws InterruptedException {
    Mode asked = ask(executable, Gil.ALWAYS, BuildFacts.UNKNOWN);
    BuildFacts facts = asked.facts();
    if (!facts.freeThreaded()) {
      return List.of(asked);
    }
    return List.of(
        checked(new Mode(Gil.OFF, facts, null)), checked(ask(executable, Gil.ON, facts)));
  }

  private Mode ask(Path executable, Gil gil, BuildFacts otherwise) throws InterruptedException {
    try {
      var ended = ShortProcess.run(command(executable, gil), limit);
      if (!ended.succeeded()) {
        return new Mode(gil, otherwise, "it could not be asked what it is: " + ended.failure());
      }
      BuildFacts facts = JSON.readValue(ended.output(), BuildFacts.class);
      return facts == null ? noPython(gil, otherwise) : new Mode(gil, facts, null);
    } catch (JacksonException e) {
      return noPython(gil, otherwise);
    } catch (IOException e) {
      return new Mode(gil, otherwise, "it cannot be started: " + e.getMessage());
    }
  }

  private static Mode noPython(Gil gil, BuildFacts otherwise) {
    return new Mode(gil, otherwise, "what it printed is not the answer of a Python");
  }

  private static Mode checked(Mode mode) {
    boolean wanted = mode.gil() == Gil.ON;
    if (mode.failure() != null || mode.facts().gilEnabled() == wanted) {
      return mode;
    }
    String failure =
        wanted
            ? "a free-threaded build that keeps its GIL off when told to switch it on"
            : "a free-threaded build that starts with its GIL on";
    return new Mode(mode.gil(), mode.facts(), failure);
  }

  /** Python 2 does not know -I, so its parts are named; -S keeps packages from printing. */
  private List<String> command(Path executable, Gil gil) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(options(gil));
    command.addAll(List.of("-E", "-s", "-S", "-B", script.toString()));
    return command;
  }
}
