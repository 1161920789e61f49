package dev.lanes.instrument;

import dev.lanes.instrument.SelfTestRequest.GateRequest;
import dev.lanes.instrument.SelfTestView.Gate;
import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The report of a benchmark with everything checked. */
record Report(
    String name,
    String host,
    String version,
    Map<String, Object> parameters,
    Map<String, Object> figures,
    List<Gate> gates,
    Instant startedAt,
    double seconds) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int MAX_TEXT = 500;
  private static final int MAX_GATES = 100;

  /** Whether every gate holds. */
  boolean passed() {
    return gates.stream().allMatch(Gate::holds);
  }

  /**
   * Checks a report.
   *
   * @throws ApiException that names everything wrong with it
   */
  static Report of(SelfTestRequest request, JsonMapper json) {
    return new Check(json).report(request);
  }

  /** Collects what is wrong, so that it is told at once. */
  private record Check(JsonMapper json, List<FieldProblem> problems) {

    Check(JsonMapper json) {
      this(json, new ArrayList<>());
    }

    Report report(SelfTestRequest request) {
      String name = Objects.requireNonNullElse(request.name(), "");
      if (!NAME.matcher(name).matches()) {
        add("/name", "must be 1 to 63 of a-z, 0-9 and -, beginning with a letter, as equal-arms");
      }
      Report report =
          new Report(
              name,
              text("/host", request.host()),
              text("/version", request.version()),
              map("/parameters", request.parameters()),
              map("/figures", request.figures()),
              gates(Objects.requireNonNullElse(request.gates(), List.of())),
              startedAt(request.startedAt()),
              seconds(request.seconds()));
      if (!problems.isEmpty()) {
        FieldProblem first = problems.getFirst();
        throw new ApiException(
            ErrorCode.INVALID_REQUEST,
            "%s %s".formatted(first.pointer(), first.detail()),
            problems);
      }
      return report;
    }

    private List<Gate> gates(List<GateRequest> given) {
      if (given.isEmpty() || given.size() > MAX_GATES) {
        add(
            "/gates",
            "has %d entries; 1 to %d are needed: what asks nothing proves nothing"
                .formatted(given.size(), MAX_GATES));
        return List.of();
      }
      List<Gate> gates = new ArrayList<>();
      for (int i = 0; i < given.size(); i++) {
        String pointer = "/gates/" + i;
        GateRequest gate = given.get(i);
        if (gate == null || gate.holds() == null) {
          add(pointer + "/holds", "is missing; it must be true or false");
        } else {
          gates.add(
              new Gate(
                  text(pointer + "/name", gate.name()),
                  text(pointer + "/asked", gate.asked()),
                  text(pointer + "/found", gate.found()),
                  gate.holds()));
        }
      }
      return gates;
    }

    private String text(String pointer, @Nullable String given) {
      if (given == null || given.isBlank() || given.length() > MAX_TEXT) {
        String found = given == null ? "missing" : given.length() + " characters long";
        add(pointer, "is %s; it must have 1 to %d characters".formatted(found, MAX_TEXT));
      }
      String text = Objects.requireNonNullElse(given, "");
      if (text.indexOf('\0') >= 0) {
        add(pointer, "has the character U+0000; leave it out");
      }
      return text;
    }

    private Map<String, Object> map(String pointer, @Nullable Map<String, Object> given) {
      if (given == null) {
        add(pointer, "is missing; it must be an object, {} if there is nothing to tell");
        return Map.of();
      }
      // PostgreSQL keeps every text but one with this character.
      if (json.writeValueAsString(given).contains("\\u0000")) {
        add(pointer, "has the character U+0000; leave it out");
      }
      return Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    private Instant startedAt(@Nullable Instant given) {
      if (given == null) {
        add("/started_at", "is missing; it must be a time such as 2026-01-31T12:00:00Z");
      }
      return Objects.requireNonNullElse(given, Instant.EPOCH);
    }

    private double seconds(@Nullable Double given) {
      if (given == null || !(given >= 0) || given.isInfinite()) {
        add("/seconds", "is %s; it must be finite and not negative".formatted(given));
        return 0;
      }
      return given;
    }

    private void add(String pointer, String detail) {
      problems.add(new FieldProblem(pointer, detail, null));
    }
  }
}
