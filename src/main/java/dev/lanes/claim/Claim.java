package dev.lanes.claim;

import dev.lanes.run.RunRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A published statement, and the run and the conditions that check it.
 *
 * @param id short and stable, {@code C05}
 * @param source who said it, and where
 * @param statement what is claimed, in one sentence
 * @param kind whether measuring can tell
 * @param reason why it is informational, or why Lanes cannot measure it; null with a run
 * @param cores logical processors that a host must have for a verdict; 1 unless given
 * @param interpreters lines that get a verdict each; those of the run unless given
 * @param run what is submitted to check it, as that of a suite; null where nothing can be
 * @param conditions all of which must hold; none without a run
 * @param savedSuite name of the suite that has the run; null where the claim has one of its own
 * @param owner who made it; null for one that Lanes brings
 */
record Claim(
    String id,
    Source source,
    String statement,
    Kind kind,
    @Nullable String reason,
    @Nullable Integer cores,
    @Nullable List<String> interpreters,
    @Nullable RunRequest run,
    @Nullable List<Condition> conditions,
    @Nullable String savedSuite,
    @Nullable String owner) {

  /** Every suite of a claim has a name that begins so. */
  static final String SUITE_PREFIX = "claim-";

  /** Whether a claim has a truth that figures can tell. */
  enum Kind {
    CHECKABLE,
    /** History, an outlook, or a fact that is no ratio. */
    INFORMATIONAL
  }

  /**
   * Who said it, and where.
   *
   * @param speaker a name, or what the speaker was
   * @param title of the publication
   * @param published the day or month
   * @param quote a few words of it; null where only its sense is known here
   */
  record Source(
      String speaker, String title, String url, String published, @Nullable String quote) {}

  Claim {
    Objects.requireNonNull(source, "a claim has a source");
    Objects.requireNonNull(statement, "a claim has a statement");
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    boolean decides = conditions.stream().anyMatch(Condition::decides);
    if ((run == null) == (reason == null) || (run == null) == decides) {
      throw new IllegalArgumentException(
          "claim %s: it has a run with a condition that decides, or a reason why not"
              .formatted(id));
    }
    if (kind == Kind.INFORMATIONAL && run != null) {
      throw new IllegalArgumentException("claim %s: it is informational, with a run".formatted(id));
    }
  }

  @Override
  public List<Condition> conditions() {
    return Objects.requireNonNullElse(conditions, List.of());
  }

  int needsCores() {
    return cores == null ? 1 : cores;
  }

  /** Name of the suite that measures it; empty where nothing can. */
  Optional<String> suite() {
    return run == null
        ? Optional.empty()
        : Optional.of(savedSuite == null ? SUITE_PREFIX + id : savedSuite);
  }

  /** Lines that get a verdict each. */
  List<String> lines() {
    return interpreters == null ? values("interpreter") : List.copyOf(interpreters);
  }

  /** The values of an axis of its run; none where it names none. */
  List<String> values(String axis) {
    return matrix().get(axis) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The axes of its run that have one value, which every cell must have that has the axis. */
  Map<String, Object> fixed() {
    Map<String, Object> fixed = new LinkedHashMap<>();
    matrix()
        .forEach((axis, values) -> {
          if (values instanceof List<?> list
              && list.size() == 1
              && !"*".equals(list.getFirst())
              && !"interpreter".equals(axis)) {
            fixed.put(axis, list.getFirst());
          }
        });
    return fixed;
  }

  private Map<String, Object> matrix() {
    return run == null ? Map.of() : Objects.requireNonNullElse(run.matrix(), Map.of());
  }
}
