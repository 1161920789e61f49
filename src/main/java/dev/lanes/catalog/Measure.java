package dev.lanes.catalog;

import java.util.Locale;
import java.util.Optional;

/**
 * What is counted, defined once: name, unit and direction. Times are wall times read by the harness
 * with a monotonic clock.
 */
public enum Measure {
  TOTAL_SECONDS(
      "Total",
      Unit.SECONDS,
      "start the workers, run one batch of all tasks on them, stop the workers, in a fresh process;"
          + " start of the interpreter and imports excluded"),
  CREATE_SECONDS("Create", Unit.SECONDS, "start the workers until each has proved to be up"),
  FIRST_RESULT_SECONDS(
      "First result", Unit.SECONDS, "first task handed to fresh workers until its result is back"),
  COLD_BATCH_SECONDS("Cold batch", Unit.SECONDS, "one batch of all tasks on fresh workers"),
  STEADY_SECONDS("Steady", Unit.SECONDS, "one batch of all tasks on warm workers"),
  TEARDOWN_SECONDS("Teardown", Unit.SECONDS, "stop the workers"),
  IMPORT_SECONDS("Import", Unit.SECONDS, "import what the execution model needs"),
  CPU_SECONDS(
      "CPU time", Unit.SECONDS, "processor time of the process tree for one batch on warm workers"),
  PEAK_PSS_BYTES(
      "Memory",
      Unit.BYTES,
      "memory of the process tree after the last batch, every page once; pages of files that"
          + " other programs use too count whole"),
  LATENCY_P50_SECONDS(
      "Median latency",
      Unit.SECONDS,
      "half of a slice's requests were answered within this time; it counts from the moment at"
          + " which a request was due, also when it had to wait to be sent"),
  LATENCY_P99_SECONDS(
      "99 % latency",
      Unit.SECONDS,
      "99 of 100 requests of a slice were answered within this time, counted as the median is"),
  LATENCY_MAX_SECONDS(
      "Worst latency",
      Unit.SECONDS,
      Kind.EVIDENCE,
      "the longest that a request of a slice took; one value says little"),
  VIOLATIONS(
      "Violations",
      Unit.COUNT,
      Kind.EVIDENCE,
      "how often a slice found an invariant of shared data broken"),
  RUN_DELAY_SECONDS(
      "Waited",
      Unit.SECONDS,
      Kind.EVIDENCE,
      "time that threads of the process tree were ready to run but had no processor, per slice"),
  INVOLUNTARY_SWITCHES(
      "Preempted",
      Unit.COUNT,
      Kind.EVIDENCE,
      "how often a thread of the process tree lost its processor to another, per slice"),
  PARKED_CPU_SECONDS(
      "Parked CPU",
      Unit.SECONDS,
      Kind.EVIDENCE,
      "processor time that workers used while other arms had their slices");

  /** Unit of a value; stored values are never scaled. */
  public enum Unit {
    SECONDS("s"),
    BYTES("B"),
    COUNT("");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** Symbol as written after a number. */
    public String symbol() {
      return symbol;
    }
  }

  /** What a measure is for. */
  public enum Kind {
    /** Something one chooses by. */
    FIGURE,
    /** It tells how far the figures can be trusted, and is never compared. */
    EVIDENCE
  }

  private final String title;
  private final Unit unit;
  private final Kind kind;
  private final String description;

  Measure(String title, Unit unit, String description) {
    this(title, unit, Kind.FIGURE, description);
  }

  Measure(String title, Unit unit, Kind kind, String description) {
    this.title = title;
    this.unit = unit;
    this.kind = kind;
    this.description = description;
  }

  /** The name in JSON, in the database and in URLs, {@code total_seconds}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Two words at most, for a column head. */
  public String title() {
    return title;
  }

  public Unit unit() {
    return unit;
  }

  public Kind kind() {
    return kind;
  }

  /** What lies inside the measured interval. */
  public String description() {
    return description;
  }

  /** The measure with this id, or empty. */
  public static Optional<Measure> of(String id) {
    for (Measure measure : values()) {
      if (measure.id().equals(id)) {
        return Optional.of(measure);
      }
    }
    return Optional.empty();
  }
}
