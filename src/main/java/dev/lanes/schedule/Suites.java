package dev.lanes.schedule;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Gil;
import dev.lanes.host.HostView;
import dev.lanes.host.Hosts;
import dev.lanes.run.RunRequest;
import dev.lanes.run.Submissions;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The runs that Lanes brings, each a file of the program. */
@Service
public class Suites {

  private static final String FILES = "classpath*:suites/*.json";
  private static final String INTERPRETER = "interpreter";
  private static final String PARALLELISM = "parallelism";

  /** The machine of the talk had four cores. */
  private static final int MOST_WORKERS = 4;

  private final Hosts hosts;
  private final Submissions submissions;
  private final List<Suite> all;

  Suites(Hosts hosts, Submissions submissions, JsonMapper json) {
    this.hosts = hosts;
    this.submissions = submissions;
    this.all = read(json);
  }

  private static List<Suite> read(JsonMapper json) {
    try {
      return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
          .map(file -> {
            try (var content = file.getInputStream()) {
              return json.readValue(content, Suite.class);
            } catch (IOException e) {
              throw new UncheckedIOException("suite " + file.getFilename(), e);
            }
          })
          .sorted(Comparator.comparing(Suite::name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the suites cannot be listed", e);
    }
  }

  /** All suites by name. */
  public List<Suite> all() {
    return all;
  }

  /**
   * The suite of this name.
   *
   * @throws ApiException if there is none
   */
  public Suite get(String name) {
    return all.stream()
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "There is no suite \"%s\"; there are %s"
                    .formatted(name, all.stream().map(Suite::name).toList())));
  }

  /**
   * Queues the suite for the hosts that there are.
   *
   * @param owner name of whoever submits
   * @param key idempotency key
   * @return the id of the run
   * @throws ApiException if there is no such suite, or no host can run any of it
   */
  public UUID submit(String name, String owner, @Nullable String key) {
    RunRequest run = get(name).run();
    Map<String, Object> matrix =
        new LinkedHashMap<>(Optional.ofNullable(run.matrix()).orElseThrow());
    matrix.putIfAbsent(PARALLELISM, List.of(workers()));
    matrix.put(INTERPRETER, interpreters(matrix.get(INTERPRETER)));
    Map<String, String> labels =
        new LinkedHashMap<>(Optional.ofNullable(run.labels()).orElse(Map.of()));
    labels.put("suite", name);
    return submissions.submit(
        new RunRequest(
            run.name(),
            matrix,
            run.exclude(),
            run.profiles(),
            run.precision(),
            run.priority(),
            labels),
        owner,
        key);
  }

  /** Whether a suite could be queued now. */
  boolean ready() {
    return hosts.all().stream().anyMatch(HostView::online) && newest().isPresent();
  }

  private int workers() {
    int cores =
        hosts.all().stream().filter(HostView::online).mapToInt(HostView::cores).min().orElse(1);
    return Math.min(MOST_WORKERS, cores);
  }

  /** The named lines that a host has, or the newest with the GIL. */
  private List<String> interpreters(@Nullable Object named) {
    if (!(named instanceof List<?> lines)) {
      return newest().map(List::of).orElseThrow(Suites::noInterpreter);
    }
    List<String> there =
        hosts.interpreters().stream()
            .filter(Interpreter::usable)
            .map(Interpreter::line)
            .distinct()
            .filter(line -> lines.contains(line) || lines.contains("*"))
            .toList();
    if (there.isEmpty()) {
      throw noInterpreter();
    }
    return there;
  }

  private static ApiException noInterpreter() {
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        "No host has an interpreter that this suite is for; start a worker, or name one to it in"
            + " lanes.worker.interpreters");
  }

  private Optional<String> newest() {
    return hosts.interpreters().stream()
        .filter(Interpreter::usable)
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
