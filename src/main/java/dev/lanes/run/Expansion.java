package dev.lanes.run;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Interpreter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A submitted run with everything checked and every default filled in.
 *
 * @param subjects what was asked for, in the order of the matrix
 * @param controls what each comparison group is measured beside
 * @param search what is looked for by further sizes
 */
record Expansion(
    String name,
    List<String> profiles,
    Precision precision,
    int priority,
    Map<String, String> labels,
    List<PlannedCell> subjects,
    List<PlannedCell> controls,
    Optional<SizeSearch> search) {

  private static final String ANY = "any";

  /**
   * Checks and expands a request.
   *
   * @param known names of all hardware profiles; one that no host fulfils waits for a host
   * @throws dev.lanes.web.ApiException that names everything wrong with it
   */
  static Expansion of(
      RunRequest request, Catalog catalog, List<Interpreter> interpreters, List<String> known) {
    Problems problems = new Problems();
    String name = name(request.name(), problems);
    List<String> profiles = profiles(request.profiles(), known, problems);
    Precision precision = Precision.of(request.precision(), problems);
    int priority = Objects.requireNonNullElse(request.priority(), 0);
    problems.within("/priority", priority, -100, 100);
    List<CellAxes> cells = List.of();
    if (request.matrix() == null) {
      problems.add("/matrix", "is missing; it names the values of every axis", null);
    } else {
      List<Map<String, Object>> exclude = Objects.requireNonNullElse(request.exclude(), List.of());
      cells = Matrix.expand(request.matrix(), exclude, catalog, interpreters, problems);
    }
    Map<String, String> labels = Objects.requireNonNullElse(request.labels(), Map.of());
    labels.forEach((label, text) -> refuseNul("/labels", label + text, problems));
    Optional<SizeSearch> search = SizeSearch.of(request.goal(), cells, profiles, problems);
    if (search.isPresent()) {
      precision = precision.withRounds(SizeSearch.FEWEST_ROUNDS, problems);
    }
    problems.refuse();
    List<PlannedCell> subjects = PlannedCell.subjects(cells);
    return new Expansion(
        name,
        profiles,
        precision,
        priority,
        new LinkedHashMap<>(labels),
        subjects,
        PlannedCell.controls(subjects, CellAxes.anchor(catalog, interpreters)),
        search);
  }

  private static String name(@Nullable String name, Problems problems) {
    if (name == null || name.isBlank() || name.length() > 200) {
      problems.add(
          "/name", "is %s; it must have 1 to 200 characters".formatted(quoted(name)), null);
    }
    refuseNul("/name", String.valueOf(name), problems);
    return String.valueOf(name).strip();
  }

  /** PostgreSQL keeps every text but one with this character. */
  private static void refuseNul(String pointer, String text, Problems problems) {
    if (text.indexOf('\0') >= 0) {
      problems.add(pointer, "has the character U+0000; leave it out", null);
    }
  }

  private static String quoted(@Nullable String name) {
    if (name == null) {
      return "missing";
    }
    return name.length() > 40 ? "%d characters long".formatted(name.length()) : '"' + name + '"';
  }

  private static List<String> profiles(
      @Nullable List<String> profiles, List<String> known, Problems problems) {
    if (profiles == null) {
      return List.of(ANY);
    }
    for (int i = 0; i < profiles.size(); i++) {
      if (!known.contains(profiles.get(i))) {
        problems.add(
            "/profiles/" + i,
            "there is no hardware profile \"%s\"".formatted(profiles.get(i)),
            known);
      }
    }
    if (profiles.isEmpty()) {
      problems.add("/profiles", "is empty; it must name at least one", known);
    }
    return profiles.stream().distinct().toList();
  }
}
