package dev.lanes.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  THROUGHPUT_PER_SECOND(
      "Throughput",
      Unit.PER_SECOND,
      Kind.FIGURE,
      Better.HIGHER,
      Words.THROUGHPUT,
      "tasks that warm workers finish in a second: the tasks of a batch over steady_seconds"),
  CPU_SECONDS(
      "CPU time",
      Unit.SECONDS,
      Kind.FIGURE,
      Better.LOWER,
      Words.CPU,
      "processor time of the process tree for one batch on warm workers"),
  PEAK_PSS_BYTES(
      "Memory",
      Unit.BYTES,
      Kind.FIGURE,
      Better.LOWER,
      Words.MEMORY,
      "memory of the process tree after the last batch, every page once; pages of files that"
          + " other programs use too count whole"),
  LATENCY_P50_SECONDS(
      "Median latency",
      Unit.SECONDS,
      Kind.FIGURE,
      Better.LOWER,
      Words.LATENCY,
      "half of a slice's requests were answered within this time; it counts from the moment at"
          + " which a request was due, also when it had to wait to be sent"),
  LATENCY_P99_SECONDS(
      "99 % latency",
      Unit.SECONDS,
      Kind.FIGURE,
      Better.LOWER,
      Words.LATENCY,
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
    PER_SECOND("/s"),
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

  /** Which direction of a measure is the better one; nothing else in Lanes says so. */
  public enum Better {
    /** Durations, bytes, costs. */
    LOWER,
    /** Throughputs. */
    HIGHER;

    /** The name that clients know, {@code lower_is_better}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT) + "_is_better";
    }
  }

  /**
   * How a difference is told: {@code threads is 2× faster than …}, {@code threads takes 2× less
   * memory than …}.
   *
   * @param verb of the contender
   * @param infinitive the same after "to"
   * @param better what the better one is or has
   * @param worse what the other one is or has
   * @param equal with no difference at all
   */
  public record Words(String verb, String infinitive, String better, String worse, String equal) {

    static final Words TIME = new Words("is", "be", "faster", "slower", "as fast");
    static final Words CPU =
        new Words("takes", "take", "less CPU time", "more CPU time", "as much CPU time");
    static final Words MEMORY =
        new Words("takes", "take", "less memory", "more memory", "as much memory");
    static final Words LATENCY =
        new Words("has", "have", "lower latency", "higher latency", "as high a latency");
    static final Words THROUGHPUT =
        new Words("has", "have", "higher throughput", "lower throughput", "as high a throughput");
  }

  // Rows of samples ask for it a hundred thousand times.
  private static final Map<String, Measure> BY_ID =
      Arrays.stream(values()).collect(Collectors.toMap(Measure::id, Function.identity()));

  private final String id = name().toLowerCase(Locale.ROOT);
  private final String title;
  private final Unit unit;
  private final Kind kind;
  private final Better better;
  private final Words words;
  private final String description;

  Measure(String title, Unit unit, String description) {
    this(title, unit, Kind.FIGURE, description);
  }

  Measure(String title, Unit unit, Kind kind, String description) {
    this(title, unit, kind, Better.LOWER, Words.TIME, description);
  }

  Measure(String title, Unit unit, Kind kind, Better better, Words words, String description) {
    this.title = title;
    this.unit = unit;
    this.kind = kind;
    this.better = better;
    this.words = words;
    this.description = description;
  }

  /** The name in JSON, in the database and in URLs, {@code total_seconds}. */
  public String id() {
    return id;
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

  public Better better() {
    return better;
  }

  /** How a difference in it is told. */
  public Words words() {
    return words;
  }

  /** What lies inside the measured interval. */
  public String description() {
    return description;
  }

  /** The measure with this id, or empty. */
  public static Optional<Measure> of(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }
}
