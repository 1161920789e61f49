package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The interpreters of this host.
 *
 * @param all usable or not, each build once, in order of preference
 * @param files of each of them, by the path of its executable
 * @param problems what could not be looked at, for people
 */
record HostInterpreters(
    List<Interpreter> all, Map<String, BuildFiles> files, List<String> problems) {

  private static final Comparator<Interpreter> BY_VERSION =
      Comparator.comparing(interpreter -> PythonVersion.parse(interpreter.version()).orElseThrow());

  HostInterpreters {
    all = List.copyOf(all);
    files = Map.copyOf(files);
    problems = List.copyOf(problems);
  }

  List<Interpreter> usable() {
    return all.stream().filter(Interpreter::usable).toList();
  }

  /**
   * The usable interpreter that a run means by a value of its interpreter axis: the one with that
   * exact id, or else the highest version in the line of that name; of equal versions the one from
   * the preferred source.
   */
  Optional<Interpreter> resolve(String idOrLine) {
    return usable().stream()
        .filter(interpreter -> interpreter.id().equals(idOrLine))
        .findFirst()
        .or(() -> best(idOrLine));
  }

  private Optional<Interpreter> best(String line) {
    return usable().stream()
        .filter(interpreter -> interpreter.line().equals(line))
        .max(BY_VERSION.thenComparing(Interpreter::source, Comparator.reverseOrder()));
  }
}
