package dev.lanes.claim;

import dev.lanes.claim.ClaimRequest.ConditionRequest;
import dev.lanes.claim.ClaimRequest.SourceRequest;
import dev.lanes.run.RunRequest;
import dev.lanes.schedule.Suites;
import dev.lanes.web.FieldProblems;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses claims that could never have a verdict, or whose verdict would be an accident. */
@Component
class ClaimCheck {

  private static final String INTERPRETER = "interpreter";
  private static final String LINE = "[A-Za-z0-9][A-Za-z0-9.+-]{0,60}";
  private static final int MOST_CONDITIONS = 20;

  private final Suites suites;

  ClaimCheck(Suites suites) {
    this.suites = suites;
  }

  /** Refuses the request with everything that is wrong with it. */
  void refuseWrong(ClaimRequest request) {
    FieldProblems problems = new FieldProblems();
    problems.text("/statement", request.statement(), 1, 500);
    source(request.source(), problems);
    if (request.cores() != null && (request.cores() < 1 || request.cores() > 4096)) {
      problems.add("/cores", "is %d; it must be 1 to 4096".formatted(request.cores()));
    }
    @Nullable String suite = request.suite();
    RunRequest run = suite == null ? null : suites.run(suite).orElse(null);
    if (run == null) {
      problems.add(
          "/suite",
          suite == null ? "is missing" : "there is no suite \"%s\"".formatted(suite),
          suites.names());
    }
    Map<String, Object> matrix =
        run == null ? Map.of() : Objects.requireNonNullElse(run.matrix(), Map.of());
    interpreters(request.interpreters(), matrix, problems);
    conditions(request.conditions(), matrix, problems);
    problems.refuse();
  }

  private static void source(@Nullable SourceRequest source, FieldProblems problems) {
    if (source == null) {
      problems.add("/source", "is missing; a claim has somebody who says it");
      return;
    }
    problems.text("/source/speaker", source.speaker(), 1, 200);
    problems.text("/source/title", source.title(), 1, 300);
    if (source.quote() != null) {
      problems.text("/source/quote", source.quote(), 1, 500);
    }
    if (source.published() == null || !source.published().matches("\\d{4}(-\\d{2}(-\\d{2})?)?")) {
      problems.add("/source/published", "must be a year, month or day, as 2024-05-17");
    }
    if (source.url() == null || source.url().length() > 2_000 || !isWeb(source.url())) {
      problems.add("/source/url", "must be an address that begins with https:// or http://");
    }
  }

  /** A page links to it: anything else than the web could run a script there. */
  private static boolean isWeb(String address) {
    try {
      URI uri = URI.create(address);
      return List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void interpreters(
      @Nullable List<@Nullable String> lines, Map<String, Object> matrix, FieldProblems problems) {
    List<String> measured = values(matrix, INTERPRETER);
    if (lines == null) {
      if (measured.isEmpty() || measured.contains("*")) {
        problems.add(
            "/interpreters", "is missing; the suite names none, so say which get a verdict");
      }
      return;
    }
    if (lines.isEmpty() || lines.size() > 50) {
      problems.add("/interpreters", "has %d lines; 1 to 50 are allowed".formatted(lines.size()));
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line == null || !line.matches(LINE) || !has(measured, line)) {
        problems.add(
            "/interpreters/" + i, "the suite does not measure \"%s\"".formatted(line), measured);
      }
    }
  }

  private static void conditions(
      @Nullable List<@Nullable ConditionRequest> conditions,
      Map<String, Object> matrix,
      FieldProblems problems) {
    if (conditions == null || conditions.isEmpty() || conditions.size() > MOST_CONDITIONS) {
      problems.add("/conditions", "must be 1 to %d".formatted(MOST_CONDITIONS));
      return;
    }
    boolean decides = false;
    for (int i = 0; i < conditions.size(); i++) {
      String pointer = "/conditions/" + i;
      ConditionRequest condition = conditions.get(i);
      if (condition == null || condition.contender() == null) {
        problems.add(pointer + "/contender", "is missing; it names the cell that is judged");
        continue;
      }
      problems.text(pointer + "/says", condition.says(), 1, 300);
      selection(pointer + "/contender", condition.contender(), matrix, problems);
      if (condition.baseline() != null) {
        selection(pointer + "/baseline", condition.baseline(), matrix, problems);
      }
      try {
        decides |= condition.says() == null || OwnClaims.condition(condition).decides();
      } catch (IllegalArgumentException e) {
        problems.add(pointer, String.valueOf(e.getMessage()));
        decides = true;
      }
    }
    if (!decides) {
      problems.add(
          "/conditions", "none decides; give one of them a band, or leave out its baseline");
    }
  }

  /** It must name one cell: with two the choice would be an accident. */
  private static void selection(
      String pointer,
      Map<String, Object> selection,
      Map<String, Object> matrix,
      FieldProblems problems) {
    if (matrix.isEmpty()) {
      return;
    }
    selection.forEach((axis, value) -> {
      String at = pointer + "/" + axis.replace("~", "~0").replace("/", "~1");
      if (!matrix.containsKey(axis)) {
        problems.add(at, "is no axis of the suite", List.copyOf(matrix.keySet()));
      } else if (axis.equals(INTERPRETER)) {
        if (!String.valueOf(value).replace("*", "cpython").matches(LINE)) {
          problems.add(at, "is no line of interpreters, and no * with what stands around it");
        }
      } else if (!has(values(matrix, axis), String.valueOf(value))) {
        problems.add(
            at, "the suite does not measure \"%s\"".formatted(value), values(matrix, axis));
      }
    });
    matrix.keySet().stream()
        .filter(axis -> !axis.equals(INTERPRETER) && !selection.containsKey(axis))
        .filter(axis -> values(matrix, axis).size() > 1 || values(matrix, axis).contains("*"))
        .forEach(axis ->
            problems.add(pointer, "must say which \"%s\"".formatted(axis), values(matrix, axis)));
  }

  private static boolean has(List<String> values, String value) {
    return values.contains(value) || values.contains("*");
  }

  private static List<String> values(Map<String, Object> matrix, String axis) {
    return matrix.get(axis) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }
}
