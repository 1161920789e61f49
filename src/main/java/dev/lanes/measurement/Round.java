package dev.lanes.measurement;

import dev.lanes.arm.Arm;
import dev.lanes.arm.ArmFailure;
import dev.lanes.arm.ArmStarter;
import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk.RoundEvidence.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * One round of a comparison group: a fresh process for each cell. All come up at the same time,
 * since nothing is timed then; from there on one runs at a time and the others are parked. Each has
 * its cold phase, then they take turns of one slice each, then each ends, always in random order.
 * What slows the host for a while so slows all of them alike, and the ratio of two slices of a turn
 * does not show it.
 */
final class Round implements AutoCloseable {

  /** Highest PYTHONHASHSEED, plus one; 0 would switch the randomising off. */
  private static final long HASH_SEEDS = 1L << 32;

  private final CellGroup group;
  private final ArmStarter starter;
  private final Path folder;
  private final RandomGenerator random;
  private final Interruption interruption;
  private final LongSupplier nanoTime;
  private final long hashSeed;
  private final long started;
  private final Map<CellRecord, Arm> arms = new LinkedHashMap<>();
  private final Map<CellRecord, ArmRound> given = new LinkedHashMap<>();

  /** A wish that measuring should end. */
  interface Interruption {
    /**
     * Called between two slices.
     *
     * @throws Stopped if measuring should end
     */
    void check() throws Stopped;
  }

  /**
   * What a round gave.
   *
   * @param seconds from the start of the first process to the end of the last
   * @param hashSeed PYTHONHASHSEED of every process
   * @param arms of the cells that did not fail before their slices were done
   */
  record Result(double seconds, long hashSeed, Map<CellRecord, ArmRound> arms) {

    /** Time in slices of all arms. */
    double sliceSeconds() {
      return arms.values().stream().mapToDouble(arm -> Arrays.stream(arm.slices()).sum()).sum();
    }

    /** Processor time over wall time of the most restless arm while it was parked. */
    double parkedShare() {
      return arms.values().stream()
          .filter(arm -> arm.parkedSeconds() > 0 && !Double.isNaN(arm.parkedCpuSeconds()))
          .mapToDouble(arm -> arm.parkedCpuSeconds() / arm.parkedSeconds())
          .max()
          .orElse(0);
    }

    /** Time in which something was timed. */
    double insideSeconds() {
      return arms.values().stream().mapToDouble(ArmRound::insideSeconds).sum();
    }
  }

  /**
   * @param folder where each process gets an empty folder of its own; it is deleted in the end
   * @param random source of all that is random in the round
   * @param interruption is asked before anything that takes time
   */
  Round(
      CellGroup group,
      ArmStarter starter,
      Path folder,
      RandomGenerator random,
      Interruption interruption,
      LongSupplier nanoTime) {
    this.group = group;
    this.starter = starter;
    this.folder = folder;
    this.random = random;
    this.interruption = interruption;
    this.nanoTime = nanoTime;
    this.hashSeed = random.nextLong(1, HASH_SEEDS);
    this.started = nanoTime.getAsLong();
  }

  /** Runs the whole round. A cell that fails leaves it; the others go on. */
  Result run(int turns, Layout layout) throws Stopped {
    switch (layout) {
      case TURNS -> run(group.alive(), turns);
      case ONE_BY_ONE -> {
        for (CellRecord cell : shuffled(group.alive())) {
          if (cell.alive()) {
            run(List.of(cell), turns);
          }
        }
        agree();
      }
    }
    return result();
  }

  private void run(List<CellRecord> cells, int turns) throws Stopped {
    start(cells);
    prepare();
    slices(turns);
    finish();
  }

  Result result() {
    return new Result(seconds(), hashSeed, given);
  }

  /** Time since the round began. */
  double seconds() {
    return (nanoTime.getAsLong() - started) / 1e9;
  }

  /** Starts the processes and waits until all are up. */
  void start(List<CellRecord> cells) throws Stopped {
    interruption.check();
    for (CellRecord cell : shuffled(cells)) {
      if (cell.alive()) {
        attempt(
            cell,
            () -> arms.put(cell, starter.start(cell.command(), home(cell), hashSeed, random)));
      }
    }
    for (CellRecord cell : List.copyOf(arms.keySet())) {
      interruption.check();
      attempt(cell, () -> arm(cell).up());
    }
  }

  /** Cold phases, one process at a time. */
  void prepare() throws Stopped {
    for (CellRecord cell : shuffled(running())) {
      interruption.check();
      attempt(
          cell,
          () -> {
            Arm arm = arm(cell);
            arm.prepare(cell.expected());
            cell.told(arm.environment(), arm.checksum(), arm.expected());
          });
    }
    agree();
  }

  /** Seconds of the cold batch; NaN for a cell that has left. */
  double coldSeconds(CellRecord cell) {
    Arm arm = arms.get(cell);
    return arm == null
        ? Double.NaN
        : arm.samples().getOrDefault(Measure.COLD_BATCH_SECONDS.id(), Double.NaN);
  }

  /** Runs a slice that is no part of any turn; null when the cell fails in it. */
  Arm.@Nullable Slice trial(CellRecord cell, int loops) throws Stopped {
    interruption.check();
    List<Arm.Slice> slices = new ArrayList<>(1);
    attempt(cell, () -> slices.add(arm(cell).slice(0, loops)));
    return slices.isEmpty() ? null : slices.getFirst();
  }

  /** Cells whose process runs. */
  List<CellRecord> running() {
    return List.copyOf(arms.keySet());
  }

  /**
   * Runs each cell's warm-up slices and then the turns, one slice of every cell in each.
   *
   * @param turns those that count
   */
  void slices(int turns) throws Stopped {
    List<CellRecord> order = new ArrayList<>(arms.keySet());
    int warmups = order.stream().mapToInt(CellRecord::warmups).max().orElse(0);
    order.forEach(cell -> given.put(cell, new ArmRound(cell.loops(), cell.warmups() + turns)));
    for (int turn = -warmups; turn < turns; turn++) {
      Collections.shuffle(order, random);
      for (CellRecord cell : order) {
        if (turn >= -cell.warmups()) {
          interruption.check();
          slice(cell, turn + cell.warmups());
        }
      }
    }
  }

  private void slice(CellRecord cell, int turn) {
    Arm arm = arms.get(cell);
    ArmRound values = given.get(cell);
    if (arm == null || values == null) {
      return;
    }
    try {
      values.add(arm.slice(turn, cell.loops()));
    } catch (ArmFailure failure) {
      leave(cell, failure);
    }
  }

  /** Ends the processes; while one stops its workers, one before may still be ending. */
  void finish() throws Stopped {
    for (CellRecord cell : shuffled(running())) {
      interruption.check();
      Arm arm = arms.get(cell);
      ArmRound values = given.get(cell);
      try {
        if (arm != null) {
          arm.finish();
        }
      } catch (ArmFailure failure) {
        leave(cell, failure);
        keep(cell, values);
      } finally {
        if (arm != null && values != null) {
          values.phases(arm.samples());
        }
      }
    }
    for (CellRecord cell : running()) {
      ArmRound values = given.get(cell);
      try {
        arm(cell).ended();
        arms.remove(cell);
      } catch (ArmFailure failure) {
        leave(cell, failure);
        keep(cell, values);
      }
    }
  }

  /** What was measured before the end failed is whole, and is kept. */
  private void keep(CellRecord cell, @Nullable ArmRound values) {
    if (values != null) {
      given.put(cell, values);
    }
  }

  private interface Step {
    void run() throws ArmFailure;
  }

  private void attempt(CellRecord cell, Step step) {
    if (!cell.alive()) {
      return;
    }
    try {
      step.run();
    } catch (ArmFailure failure) {
      leave(cell, failure);
    }
  }

  private Arm arm(CellRecord cell) {
    Arm arm = arms.get(cell);
    if (arm == null) {
      throw new IllegalStateException("cell %s does not run".formatted(cell.cell().id()));
    }
    return arm;
  }

  private void agree() {
    group.disagreeing().forEach(this::end);
  }

  private void leave(CellRecord cell, ArmFailure failure) {
    group.fail(cell, failure).forEach(this::end);
  }

  private void end(CellRecord cell) {
    given.remove(cell);
    Arm arm = arms.remove(cell);
    if (arm != null) {
      arm.close();
    }
    // What it wrote is gone before the next phase of another: a full disk is no fault of theirs.
    FileSystemUtils.deleteRecursively(folderOf(cell).toFile());
  }

  private Path folderOf(CellRecord cell) {
    return folder.resolve(cell.cell().id().toString());
  }

  private Path home(CellRecord cell) throws ArmFailure {
    try {
      return Files.createDirectories(folderOf(cell));
    } catch (IOException e) {
      throw new ArmFailure(
          Outcome.NOT_MEASURED,
          "there is no folder for its process: %s".formatted(e),
          new Evidence(null, null, null, null));
    }
  }

  private List<CellRecord> shuffled(List<CellRecord> cells) {
    List<CellRecord> order = new ArrayList<>(cells);
    Collections.shuffle(order, random);
    return order;
  }

  @Override
  public void close() {
    arms.values().forEach(Arm::close);
    starter.journal().clear();
    FileSystemUtils.deleteRecursively(folder.toFile());
  }
}
