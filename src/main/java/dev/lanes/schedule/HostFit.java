package dev.lanes.schedule;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.host.HostView;
import dev.lanes.host.Hosts;
import dev.lanes.run.RunRequest;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fits the runs that Lanes brings, which know of no host, to the hosts that there are. */
@Component
class HostFit {

  private static final String INTERPRETER = "interpreter";
  private static final String PARALLELISM = "parallelism";

  /** The machine of the talk had four cores. */
  private static final int MOST_WORKERS = 4;

  private final Hosts hosts;

  HostFit(Hosts hosts) {
    this.hosts = hosts;
  }

  /**
   * The run with the interpreters that hosts have of those it names, and with workers and an
   * interpreter where it names none.
   *
   * @throws ApiException if no host has an interpreter for it
   */
  RunRequest fit(RunRequest run) {
    Map<String, Object> matrix = new LinkedHashMap<>(Objects.requireNonNull(run.matrix()));
    matrix.putIfAbsent(PARALLELISM, List.of(workers()));
    matrix.put(INTERPRETER, interpreters(matrix.get(INTERPRETER)));
    return new RunRequest(
        run.name(),
        matrix,
        run.exclude(),
        run.profiles(),
        run.precision(),
        run.priority(),
        run.labels(),
        run.goal());
  }

  /** Whether a run that names no interpreter could be queued now. */
  boolean ready() {
    return hosts.all().stream().anyMatch(HostView::online) && newest().isPresent();
  }

  /** Ids of the builds on hosts that a run would measure, by their lines or themselves. */
  List<String> builds(RunRequest run) {
    Map<String, Object> matrix = Objects.requireNonNullElse(run.matrix(), Map.of());
    return matrix.get(INTERPRETER) instanceof List<?> named
        ? usable()
            .filter(build -> isNamed(build.line(), named) || named.contains(build.id()))
            .map(Interpreter::id)
            .distinct()
            .toList()
        : List.of();
  }

  /** Ids of all builds on hosts that can be measured with. */
  List<String> builds() {
    return usable().map(Interpreter::id).distinct().toList();
  }

  private Stream<Interpreter> usable() {
    return hosts.interpreters().stream().filter(Interpreter::usable);
  }

  private int workers() {
    List<HostView> all = hosts.all();
    List<HostView> online = all.stream().filter(HostView::online).toList();
    // A schedule fires at night too, when the hosts that will measure it may be asleep.
    int cores =
        (online.isEmpty() ? all : online).stream().mapToInt(HostView::cores).min().orElse(1);
    return Math.min(MOST_WORKERS, cores);
  }

  /** The named lines that a host has, or the newest with the GIL. */
  private List<String> interpreters(@Nullable Object named) {
    if (!(named instanceof List<?> lines)) {
      return newest().map(List::of).orElseThrow(HostFit::noInterpreter);
    }
    List<String> there =
        usable().map(Interpreter::line).distinct().filter(line -> isNamed(line, lines)).toList();
    if (there.isEmpty()) {
      throw noInterpreter();
    }
    return there;
  }

  private static boolean isNamed(String line, List<?> named) {
    return named.contains(line) || named.contains("*");
  }

  private static ApiException noInterpreter() {
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        "No host has an interpreter that this suite is for; start a worker, or name one to it in"
            + " lanes.worker.interpreters");
  }

  private Optional<String> newest() {
    return usable()
        .filter(interpreter -> interpreter.gil() == Gil.ALWAYS)
        .max(Comparator.comparing(interpreter -> order(interpreter.version())))
        .map(Interpreter::line);
  }

  /** A text by which 3.9 comes before 3.10. */
  private static String order(String version) {
    return Pattern.compile("\\d+")
        .matcher(version)
        .replaceAll(part -> "%06d".formatted(Integer.parseInt(part.group())));
  }
}
