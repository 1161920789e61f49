package dev.lanes.measurement;

import dev.lanes.arm.AgentTime;
import dev.lanes.arm.Arm;
import dev.lanes.arm.ArmCommand;
import dev.lanes.arm.ArmCommands;
import dev.lanes.arm.ArmFailure;
import dev.lanes.arm.ArmStarter;
import dev.lanes.arm.ProcessJournal;
import dev.lanes.arm.Watchdog;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.interpreter.Interpreters;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.springframework.util.FileSystemUtils;

/** Asks one arm for slices, one after the other, and times the asking too. */
public final class SliceProbe {

  /** What a gap between two slices may cost in any case, as the worker itself allows for it. */
  public static final double PARKED_GAP_SECONDS = Parking.GAP_SECONDS;

  private SliceProbe() {}

  /**
   * What a slice took.
   *
   * @param seconds as the arm timed it, for all its batches together
   * @param roundTripSeconds from asking for it to its answer, what the arm timed left out
   */
  public record Timing(double seconds, double roundTripSeconds) {}

  /** What short batches are repeated to. */
  public static final double SLICE_SECONDS = Turns.SLICE_SECONDS;

  /**
   * Times slices of a cell.
   *
   * @param directory folder of a worker's files
   * @param loops batches of each slice
   * @throws IllegalStateException if the arm fails, with its reason
   */
  public static List<Timing> time(Path directory, CellSpec cell, int loops, int slices)
      throws IOException, InterruptedException {
    Catalog catalog = CatalogFiles.load(List.of());
    Interpreters interpreters = Interpreters.find(directory, List.of(), List.of(), Map.of());
    Path folder = Files.createTempDirectory(Files.createDirectories(directory), "probe");
    ProcessJournal journal = new ProcessJournal(directory.resolve("probe-processes"));
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (Watchdog watchdog = new Watchdog(timer, Duration.ofMinutes(1), System::nanoTime)) {
      ArmStarter starter =
          new ArmStarter(journal, watchdog, new AgentTime(), UnaryOperator.identity());
      ArmCommand command = new ArmCommands(catalog, interpreters, Map.of()).of(cell);
      try (Arm arm = starter.start(command, folder, 1, new SplittableRandom(1))) {
        arm.up();
        arm.prepare(null);
        Timing[] timings = new Timing[slices];
        for (int i = 0; i < slices; i++) {
          long started = System.nanoTime();
          double seconds = arm.slice(i, loops).seconds();
          timings[i] = new Timing(seconds, (System.nanoTime() - started) / 1e9 - seconds);
        }
        arm.finish();
        arm.ended();
        return List.of(timings);
      }
    } catch (ArmFailure failure) {
      throw new IllegalStateException("the arm failed: " + failure.reason(), failure);
    } finally {
      timer.shutdownNow();
      journal.clear();
      FileSystemUtils.deleteRecursively(folder);
    }
  }
}
