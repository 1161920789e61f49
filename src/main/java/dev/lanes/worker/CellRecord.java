package dev.lanes.worker;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been measured of one cell so far. */
final class CellRecord {

  private final CellSpec cell;
  private final @Nullable ArmCommand command;
  private final Map<Measure, Map<Integer, double[]>> counted = new EnumMap<>(Measure.class);
  private final List<RoundSamples> unsent = new ArrayList<>();
  private Map<String, Object> environment = Map.of();
  private @Nullable ArmFailure failure;
  private int rounds;
  private int loops;

  CellRecord(CellSpec cell, @Nullable ArmCommand command, @Nullable ArmFailure failure) {
    this.cell = cell;
    this.command = command;
    this.failure = failure;
  }

  CellSpec cell() {
    return cell;
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

  void environment(Map<String, Object> environment) {
    this.environment = environment;
  }

  int loops() {
    return loops;
  }

  void loops(int loops) {
    this.loops = loops;
  }

  void roundDone() {
    rounds++;
  }

  /** Keeps the values of a round, of which the first ones may be warm-up. */
  void add(Measure measure, int round, int warmups, double[] values) {
    double[] counts = java.util.Arrays.copyOfRange(values, warmups, values.length);
    counted.computeIfAbsent(measure, _ -> new HashMap<>()).put(round, counts);
    unsent.add(new RoundSamples(cell.id(), round, measure.id(), warmups, values));
  }

  /** The counted values of a round; null when there are none. */
  double @Nullable [] counted(Measure measure, int round) {
    Map<Integer, double[]> rounds = counted.get(measure);
    return rounds == null ? null : rounds.get(round);
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
   */
  CellEnding ending(@Nullable String imprecise) {
    String build = command == null ? null : command.interpreter().id();
    ArmFailure failed = failure;
    return failed == null
        ? new CellEnding(
            cell.id(),
            Outcome.SUCCEEDED,
            null,
            null,
            build,
            rounds,
            loops,
            0,
            0,
            imprecise,
            null,
            List.of(),
            environment)
        : new CellEnding(
            cell.id(),
            failed.outcome(),
            failed.reason(),
            failed.evidence(),
            build,
            rounds,
            loops,
            0,
            0,
            null,
            null,
            List.of(),
            environment);
  }
}
