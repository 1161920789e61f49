package dev.lanes.measurement;

import dev.lanes.arm.ArmCommand;
import dev.lanes.arm.ArmCommands;
import dev.lanes.arm.ArmFailure;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.statistics.Assessment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What has been measured of one cell so far. */
final class CellRecord {

  private final CellSpec cell;
  private final Map<Measure, NavigableMap<Integer, double[]>> counted =
      new EnumMap<>(Measure.class);
  private final List<RoundSamples> unsent = new ArrayList<>();
  private @Nullable ArmCommand command;
  private @Nullable ArmFailure failure;
  private Map<String, Object> environment = Map.of();
  private @Nullable String checksum;
  private @Nullable JsonNode expected;
  private int rounds;
  private int turns;
  private int loops;
  private int warmups;
  private boolean restless;

  /** A cell that has failed when this host lacks something that it asks for. */
  CellRecord(CellSpec cell, ArmCommands commands) {
    this.cell = cell;
    try {
      this.command = commands.of(cell);
    } catch (ArmFailure missing) {
      this.failure = missing;
    }
  }

  CellSpec cell() {
    return cell;
  }

  ArmRole role() {
    return cell.role();
  }

  /** How the cell is started; only for one that has not failed. */
  ArmCommand command() {
    if (command == null) {
      throw new IllegalStateException("cell %s cannot be started here".formatted(cell.id()));
    }
    return command;
  }

  boolean alive() {
    return failure == null;
  }

  void fail(ArmFailure failure) {
    this.failure = failure;
  }

  /** Takes what a process of the cell said about itself, and about what its tasks must give. */
  void told(Map<String, Object> environment, String checksum, @Nullable JsonNode expected) {
    this.environment = environment;
    this.checksum = checksum;
    this.expected = expected;
  }

  /**
   * What each task must give, as its latest process held it; the next one is spared the time. Null
   * before.
   */
  @Nullable JsonNode expected() {
    return expected;
  }

  Map<String, Object> environment() {
    return environment;
  }

  /** What every task must give, as JSON; null before a process has told. */
  @Nullable String checksum() {
    return checksum;
  }

  /** Batches per slice; 0 before it is known. */
  int loops() {
    return loops;
  }

  void loops(int loops) {
    this.loops = loops;
  }

  /** Slices of a process that are kept and flagged, before those that count. */
  int warmups() {
    return warmups;
  }

  void warmups(int warmups) {
    this.warmups = warmups;
  }

  /** Whether the cell's workers have been seen to use the processor while they were parked. */
  boolean restless() {
    return restless;
  }

  void foundRestless() {
    restless = true;
  }

  int rounds() {
    return rounds;
  }

  /** Keeps what the cell gave in a round; the round counts unless the cell has failed in it. */
  void add(int round, ArmRound given) {
    given.phases().forEach((measure, value) -> add(round, measure, 0, new double[] {value}));
    given.perTurn().forEach((measure, values) -> add(round, measure, warmups, values));
    turns = Math.max(turns, given.turns() - warmups);
    if (alive()) {
      rounds++;
    }
  }

  private void add(int round, Measure measure, int warmups, double[] values) {
    double[] counts = Arrays.copyOfRange(values, warmups, values.length);
    counted.computeIfAbsent(measure, _ -> new TreeMap<>()).put(round, counts);
    unsent.add(new RoundSamples(cell.id(), round, measure.id(), warmups, values));
  }

  /** The counted values by round; a round in which the cell gave none is not there. */
  NavigableMap<Integer, double[]> counted(Measure measure) {
    return counted.getOrDefault(measure, new TreeMap<>());
  }

  /** Samples that have not been handed over yet; they are handed over once. */
  List<RoundSamples> takeUnsent() {
    List<RoundSamples> taken = List.copyOf(unsent);
    unsent.clear();
    return taken;
  }

  /**
   * How the cell ended.
   *
   * @param imprecise why the asked precision was not reached; null when it was
   * @param assessment how far its figures can be trusted; null when there are none
   */
  CellEnding ending(@Nullable String imprecise, @Nullable Assessment assessment) {
    String build = command == null ? null : command.interpreter().id();
    ArmFailure failed = failure;
    Assessment judged = failed == null ? assessment : null;
    return new CellEnding(
        cell.id(),
        failed == null ? Outcome.SUCCEEDED : failed.outcome(),
        failed == null ? null : failed.reason(),
        failed == null ? null : failed.evidence(),
        build,
        rounds,
        loops,
        turns,
        warmups,
        failed == null ? imprecise : null,
        judged == null ? null : judged.quality(),
        judged == null ? List.of() : judged.reasons(),
        environment);
  }
}
