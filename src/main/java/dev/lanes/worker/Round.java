package dev.lanes.worker;

import dev.lanes.catalog.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.util.FileSystemUtils;

/**
 * One round of a comparison group: a fresh process for each cell, started one after the other in
 * random order, which then take turns of one slice each in random order. One runs at a time; the
 * others are parked. What slows the host for a while so slows all of them alike, and the ratio of
 * two slices of a turn does not show it.
 */
final class Round {

  private final int number;
  private final List<CellRecord> cells;
  private final Random random;
  private final Path folder;
  private final ProcessJournal journal;
  private final ScheduledExecutorService timer;
  private final Duration limit;
  private final Checkpoint checkpoint;
  private final Map<CellRecord, Arm> arms = new LinkedHashMap<>();

  /** Called while no process runs. */
  interface Checkpoint {
    /**
     * May talk to the server.
     *
     * @throws Stopped if measuring should end
     */
    void pass() throws Stopped;
  }

  Round(
      int number,
      List<CellRecord> cells,
      Random random,
      Path folder,
      ProcessJournal journal,
      ScheduledExecutorService timer,
      Duration limit,
      Checkpoint checkpoint) {
    this.number = number;
    this.cells = cells.stream().filter(CellRecord::alive).toList();
    this.random = random;
    this.folder = folder;
    this.journal = journal;
    this.timer = timer;
    this.limit = limit;
    this.checkpoint = checkpoint;
  }

  /**
   * Runs the round. A cell that fails leaves it; the others go on.
   *
   * @param turns how the slices are laid out; decided in the first round and then kept
   */
  Turns run(Turns turns) throws Stopped {
    try {
      start();
      Turns laidOut = turns.decided() ? turns : calibrate();
      slices(laidOut);
      finish();
      arms.keySet().forEach(CellRecord::roundDone);
      return laidOut;
    } finally {
      arms.values().forEach(Arm::close);
      FileSystemUtils.deleteRecursively(folder.toFile());
    }
  }

  private void start() throws Stopped {
    for (CellRecord cell : shuffled(cells)) {
      checkpoint.pass();
      try {
        Arm arm = Arm.start(cell.command(), home(cell), random, journal, timer, limit);
        arms.put(cell, arm);
        arm.prepare();
        cell.environment(arm.environment());
      } catch (ArmFailure failure) {
        leave(cell, failure);
      }
    }
  }

  /**
   * Finds for each cell how many batches make a slice that the clock can see, by running slices
   * that are not kept, and lays out the turns.
   */
  private Turns calibrate() throws Stopped {
    double longest = 0;
    for (CellRecord cell : shuffled(List.copyOf(arms.keySet()))) {
      checkpoint.pass();
      try {
        longest = Math.max(longest, calibrate(cell, arms.get(cell)));
      } catch (ArmFailure failure) {
        leave(cell, failure);
      }
    }
    return Turns.forSlicesOf(longest);
  }

  private static double calibrate(CellRecord cell, Arm arm) throws ArmFailure {
    int loops = 1;
    Double cold = arm.samples().get(Measure.COLD_BATCH_SECONDS.id());
    if (cold != null && cold >= Turns.LONG_SLICE_SECONDS) {
      cell.loops(loops);
      return cold;
    }
    double seconds = arm.slice(0, loops).seconds();
    for (int more = Turns.loops(loops, seconds); more > loops; more = Turns.loops(loops, seconds)) {
      loops = more;
      seconds = arm.slice(0, loops).seconds();
    }
    cell.loops(loops);
    return seconds;
  }

  private void slices(Turns turns) throws Stopped {
    Map<CellRecord, double[]> wall = new LinkedHashMap<>();
    Map<CellRecord, double[]> cpu = new LinkedHashMap<>();
    arms.keySet().forEach(cell -> wall.put(cell, new double[turns.total()]));
    arms.keySet().forEach(cell -> cpu.put(cell, new double[turns.total()]));
    for (int turn = 0; turn < turns.total(); turn++) {
      for (CellRecord cell : shuffled(List.copyOf(arms.keySet()))) {
        checkpoint.pass();
        try {
          Arm.Slice slice = arms.get(cell).slice(turn, cell.loops());
          wall.get(cell)[turn] = slice.seconds() / cell.loops();
          Double processor = slice.cpuSeconds();
          cpu.get(cell)[turn] = processor == null ? Double.NaN : processor / cell.loops();
        } catch (ArmFailure failure) {
          leave(cell, failure);
        }
      }
    }
    for (CellRecord cell : arms.keySet()) {
      cell.add(Measure.STEADY_SECONDS, number, turns.warmups(), wall.get(cell));
      if (java.util.Arrays.stream(cpu.get(cell)).noneMatch(Double::isNaN)) {
        cell.add(Measure.CPU_SECONDS, number, turns.warmups(), cpu.get(cell));
      }
    }
  }

  private void finish() throws Stopped {
    for (CellRecord cell : shuffled(List.copyOf(arms.keySet()))) {
      checkpoint.pass();
      Arm arm = arms.get(cell);
      try {
        arm.finish();
        keepPhases(cell, arm);
      } catch (ArmFailure failure) {
        keepPhases(cell, arm);
        leave(cell, failure);
      }
    }
  }

  private void keepPhases(CellRecord cell, Arm arm) {
    arm.samples()
        .forEach((id, value) ->
            Measure.of(id)
                .ifPresent(measure -> cell.add(measure, number, 0, new double[] {value})));
  }

  private void leave(CellRecord cell, ArmFailure failure) {
    cell.fail(failure);
    Arm arm = arms.remove(cell);
    if (arm != null) {
      arm.close();
    }
  }

  private Path home(CellRecord cell) {
    try {
      return Files.createDirectories(folder.resolve(cell.cell().id().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for a process in " + folder, e);
    }
  }

  private List<CellRecord> shuffled(List<CellRecord> cells) {
    List<CellRecord> order = new ArrayList<>(cells);
    Collections.shuffle(order, random);
    return order;
  }
}
