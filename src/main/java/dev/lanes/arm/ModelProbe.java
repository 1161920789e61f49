package dev.lanes.arm;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.ExecutionModel;
import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.ModelSupport.Verdict;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * Finds out what an interpreter runs: starts each execution model with tasks that do nothing, as an
 * arm like any other, in a process of its own. Nothing that happens there harms more than that
 * process.
 */
public final class ModelProbe {

  private static final String WORKLOAD = "noop";
  private static final int WORKERS = 2;

  private final Catalog catalog;
  private final ArmCommands commands;
  private final ArmStarter starter;
  private final Path folder;

  /**
   * @param folder where probes may get folders of their own
   */
  public ModelProbe(Catalog catalog, ArmCommands commands, ArmStarter starter, Path folder) {
    this.catalog = catalog;
    this.commands = commands;
    this.starter = starter;
    this.folder = folder;
  }

  /** Runs the model once. What goes wrong is the verdict. */
  public ModelSupport probe(Interpreter interpreter, ExecutionModel model) {
    Path home = folder.resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(home);
      return told(interpreter, model, run(commands.of(cell(interpreter, model)), home));
    } catch (ArmFailure failure) {
      return told(interpreter, model, failed(failure));
    } catch (IOException e) {
      return new ModelSupport(interpreter.id(), model.id(), Verdict.CRASH_IMPORT, e.toString());
    } finally {
      starter.journal().clear();
      FileSystemUtils.deleteRecursively(home.toFile());
    }
  }

  /** A verdict, with what was found instead of a success. */
  record Found(Verdict verdict, String reason) {}

  private static ModelSupport told(Interpreter interpreter, ExecutionModel model, Found found) {
    String reason = found.verdict() == Verdict.SUPPORTED ? null : found.reason();
    return new ModelSupport(interpreter.id(), model.id(), found.verdict(), reason);
  }

  /**
   * Runs an arm through all its phases.
   *
   * @param home an empty folder for its process
   */
  Found run(ArmCommand command, Path home) {
    try (Arm arm = starter.start(command, home, 1, new SplittableRandom(1))) {
      arm.up();
      arm.prepare(null);
      arm.slice(0, 1);
      arm.finish();
      return end(arm);
    } catch (ArmFailure failure) {
      return failed(failure);
    }
  }

  /** Everything has been told by now; only the end itself can still fail. */
  private static Found end(Arm arm) {
    try {
      arm.ended();
      return new Found(Verdict.SUPPORTED, "");
    } catch (ArmFailure failure) {
      boolean hangs = failure.outcome() == Outcome.TIMED_OUT;
      return new Found(hangs ? Verdict.HANG : Verdict.CRASH_TEARDOWN, failure.reason());
    }
  }

  private static Found failed(ArmFailure failure) {
    Verdict verdict =
        switch (failure.outcome()) {
          case UNSUPPORTED -> Verdict.UNSUPPORTED;
          case IMPORT_ERROR -> Verdict.IMPORT_ERROR;
          case TIMED_OUT -> Verdict.HANG;
          default -> Verdict.CRASH_IMPORT;
        };
    return new Found(verdict, failure.reason());
  }

  private CellSpec cell(Interpreter interpreter, ExecutionModel model) {
    return new CellSpec(
        UUID.randomUUID(),
        ArmRole.SUBJECT,
        WORKLOAD,
        catalog.workload(WORKLOAD).orElseThrow().sha256(),
        Map.of(),
        WORKERS,
        WORKERS,
        model.id(),
        interpreter.id());
  }
}
