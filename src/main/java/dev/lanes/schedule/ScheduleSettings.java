package dev.lanes.schedule;

import dev.lanes.web.FieldProblems;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a schedule, checked and with every default filled in.
 *
 * @param cron null when it is due by other triggers only
 * @param zone null only without cron
 * @param repetitions how many runs cron makes in all; null for no end
 * @param priority null for the suite's
 * @param profiles null for the suite's
 */
record ScheduleSettings(
    String name,
    String suite,
    @Nullable String cron,
    @Nullable String zone,
    MissedFirings missed,
    boolean paused,
    @Nullable Integer repetitions,
    boolean onNewInterpreter,
    Map<String, String> labels,
    @Nullable Integer priority,
    @Nullable List<String> profiles) {

  private static final int MAX_REPETITIONS = 1_000_000;
  private static final int MAX_LABELS = 50;

  /**
   * Checks a request.
   *
   * @param suites names of all suites
   * @param profiles names of all hardware profiles
   * @throws dev.lanes.web.ApiException that names everything wrong with it
   */
  static ScheduleSettings of(ScheduleRequest request, List<String> suites, List<String> profiles) {
    FieldProblems problems = new FieldProblems();
    String suite = request.suite();
    if (suite == null || !suites.contains(suite)) {
      problems.add(
          "/suite",
          suite == null ? "is missing" : "there is no suite \"%s\"".formatted(suite),
          suites);
    }
    String name = Objects.requireNonNullElse(request.name(), String.valueOf(suite)).strip();
    problems.text("/name", name, 1, 200);
    boolean onNew = Boolean.TRUE.equals(request.onNewInterpreter());
    checkTimes(request, onNew, problems);
    checkRun(request, profiles, problems);
    problems.refuse();
    return new ScheduleSettings(
        name,
        String.valueOf(suite),
        request.cron() == null ? null : String.join(" ", Cron.fields(request.cron())),
        request.zone(),
        Objects.requireNonNullElse(request.missed(), MissedFirings.ONCE),
        Boolean.TRUE.equals(request.paused()),
        request.repetitions(),
        onNew,
        new LinkedHashMap<>(Objects.requireNonNullElse(request.labels(), Map.of())),
        request.priority(),
        request.profiles());
  }

  private static void checkTimes(ScheduleRequest request, boolean onNew, FieldProblems problems) {
    String cron = request.cron();
    if (cron != null) {
      Cron.problem(cron).ifPresent(problem -> problems.add("/cron", problem));
      if (request.zone() == null) {
        problems.add("/zone", "is missing; cron needs a time zone, such as Europe/Berlin or UTC");
      }
    } else if (!onNew) {
      problems.add("/cron", "is missing; without it, on_new_interpreter must be true");
    }
    zoneProblem(request.zone()).ifPresent(problem -> problems.add("/zone", problem));
    Integer repetitions = request.repetitions();
    if (repetitions != null && (repetitions < 1 || repetitions > MAX_REPETITIONS)) {
      problems.add(
          "/repetitions",
          "is %d; it must be from 1 to %d, or left out".formatted(repetitions, MAX_REPETITIONS));
    }
    if (repetitions != null && cron == null) {
      problems.add("/repetitions", "counts what cron makes; leave it out where there is no cron");
    }
  }

  /** What is wrong with the name of a time zone. */
  static Optional<String> zoneProblem(@Nullable String zone) {
    return zone == null || ZoneId.getAvailableZoneIds().contains(zone)
        ? Optional.empty()
        : Optional.of(
            "is \"%s\"; it must be an IANA name, such as Europe/Berlin or UTC".formatted(zone));
  }

  private static void checkRun(
      ScheduleRequest request, List<String> profiles, FieldProblems problems) {
    Integer priority = request.priority();
    if (priority != null && (priority < -100 || priority > 100)) {
      problems.add("/priority", "is %d; it must be from -100 to 100".formatted(priority));
    }
    Map<String, String> labels = Objects.requireNonNullElse(request.labels(), Map.of());
    if (labels.size() > MAX_LABELS) {
      problems.add("/labels", "has %d; at most %d".formatted(labels.size(), MAX_LABELS));
    }
    labels.forEach((label, text) -> {
      if (text == null || label.indexOf('\0') >= 0) {
        problems.add("/labels", "has one that is null or has the character U+0000");
      } else {
        problems.text("/labels/" + label, text, 0, 1_000);
      }
    });
    List<String> wanted = request.profiles();
    if (wanted == null) {
      return;
    }
    if (wanted.isEmpty()) {
      problems.add("/profiles", "is empty; name at least one, or leave it out", profiles);
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i) == null || !profiles.contains(wanted.get(i))) {
        problems.add(
            "/profiles/" + i,
            "there is no hardware profile \"%s\"".formatted(wanted.get(i)),
            profiles);
      }
    }
  }
}
