package dev.lanes.host;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a hardware profile asks for, checked. */
record ProfileRequirements(
    String description,
    @Nullable Integer cores,
    @Nullable String cpu,
    @Nullable Long memoryBytes,
    @Nullable String architecture,
    Map<String, String> labels) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,63}");
  private static final int MAX_LABELS = 32;

  ProfileRequirements {
    labels = Map.copyOf(labels);
  }

  /**
   * Checks a request.
   *
   * @throws ApiException that points at everything wrong with it
   */
  static ProfileRequirements of(String name, ProfileRequest request) {
    List<FieldProblem> problems = new ArrayList<>();
    if (!NAME.matcher(name).matches()) {
      add(
          problems,
          "",
          "has the name \"%s\"; it must be 1 to 63 of A-Z a-z 0-9 . _ -, the first a letter or digit"
              .formatted(name));
    }
    String description = Objects.requireNonNullElse(request.description(), "").strip();
    text(problems, "/description", description, 0, 500);
    least(problems, "/cores", request.cores());
    text(problems, "/cpu", request.cpu(), 1, 200);
    least(problems, "/memory_bytes", request.memoryBytes());
    text(problems, "/architecture", request.architecture(), 1, 63);
    Map<String, String> labels = labels(problems, request.labels());
    if (!problems.isEmpty()) {
      FieldProblem first = problems.getFirst();
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "%s %s".formatted(first.pointer(), first.detail()).strip(),
          problems);
    }
    return new ProfileRequirements(
        description,
        request.cores(),
        request.cpu(),
        request.memoryBytes(),
        request.architecture(),
        labels);
  }

  private static Map<String, String> labels(
      List<FieldProblem> problems, @Nullable Map<String, @Nullable String> wanted) {
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, @Nullable String> given = wanted == null ? Map.of() : wanted;
    if (given.size() > MAX_LABELS) {
      add(
          problems,
          "/labels",
          "has %d entries; at most %d are allowed".formatted(given.size(), MAX_LABELS));
      return labels;
    }
    given.forEach((label, value) -> {
      if (value == null || !LABEL.matcher(label).matches() || !LABEL.matcher(value).matches()) {
        add(
            problems,
            "/labels",
            "has %s=%s; both must be 1 to 63 of A-Z a-z 0-9 . _ -".formatted(label, value));
      } else {
        labels.put(label, value);
      }
    });
    return labels;
  }

  private static void text(
      List<FieldProblem> problems, String pointer, @Nullable String text, int least, int most) {
    if (text != null
        && (text.length() < least || text.length() > most || text.indexOf('\0') >= 0)) {
      add(
          problems,
          pointer,
          "has %d characters; it must have %d to %d and none of them U+0000"
              .formatted(text.length(), least, most));
    }
  }

  private static void least(List<FieldProblem> problems, String pointer, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      add(problems, pointer, "is %s; it must be at least 1".formatted(value));
    }
  }

  private static void add(List<FieldProblem> problems, String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail, null));
  }
}
