package dev.lanes.measurement;

import dev.lanes.arm.AgentTime;
import dev.lanes.arm.ArmStarter;
import dev.lanes.arm.ProcessJournal;
import dev.lanes.arm.TestArms;
import dev.lanes.arm.Watchdog;
import dev.lanes.catalog.ArmRole;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Groups measured without a server, on the bundled CPython with the real harness. */
final class TestGroups implements AutoCloseable, GroupSession.Host {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GroupTools tools;
  private final Watchdog watchdog;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private int faultBefore;

  TestGroups(Path folder) {
    this(folder, _ -> Site.anywhere(), Duration.ofSeconds(30));
  }

  TestGroups(Path folder, Function<Group, Site> sites, Duration limit) {
    this.watchdog = new Watchdog(timer, limit, System::nanoTime);
    ProcessJournal journal = new ProcessJournal(folder.resolve("processes"));
    this.tools =
        new GroupTools(
            TestArms.commands(),
            new ArmStarter(journal, watchdog, new AgentTime(), command -> command),
            new Calibrations(folder.resolve("calibrations"), "this host"),
            sites,
            folder.resolve("tmp"),
            System::nanoTime);
  }

  GroupTools tools() {
    return tools;
  }

  static CellSpec as(ArmRole role, CellSpec cell) {
    return new CellSpec(
        UUID.randomUUID(),
        role,
        cell.workload(),
        cell.workloadSha256(),
        cell.parameters(),
        cell.tasks(),
        cell.parallelism(),
        cell.model(),
        cell.interpreter());
  }

  /** Measures some rounds, however imprecise they are. */
  GroupSession.Measured measure(int rounds, CellSpec... cells) throws Stopped {
    return measure(rounds, 7, Duration.ofSeconds(60), cells);
  }

  GroupSession.Measured measure(int rounds, long seed, Duration share, CellSpec... cells)
      throws Stopped {
    Precision precision =
        new Precision(1e-9, 1, rounds, share.toSeconds(), List.of("steady_seconds"));
    return GroupSession.measure(tools, new Group(3, List.of(cells)), precision, seed, share, this);
  }

  @Override
  public void results(Chunk chunk) {
    chunks.add(chunk);
  }

  @Override
  public void betweenRounds(String current, @Nullable Double secondsLeft) {
    if (faultBefore > 0 && current.contains("round " + faultBefore + " ")) {
      throw new IllegalStateException("a fault of the test");
    }
    told.add(current);
  }

  @Override
  public void check() {}

  /** Makes the worker fail before a round, as a bug in it would. */
  void faultBeforeRound(int round) {
    faultBefore = round;
  }

  List<String> told() {
    return told;
  }

  CellEnding ending(CellSpec cell) {
    return chunks.stream()
        .flatMap(chunk -> chunk.endings().stream())
        .filter(ending -> ending.cell().equals(cell.id()))
        .findFirst()
        .orElseThrow();
  }

  List<RoundEvidence> rounds() {
    return chunks.stream().flatMap(chunk -> chunk.rounds().stream()).toList();
  }

  List<RoundSamples> samples(CellSpec cell, String measure) {
    return chunks.stream()
        .flatMap(chunk -> chunk.samples().stream())
        .filter(samples -> samples.cell().equals(cell.id()) && samples.measure().equals(measure))
        .toList();
  }

  static Map<String, Object> digits(int digits) {
    return Map.of("digits", digits);
  }

  @Override
  public void close() {
    watchdog.close();
    timer.shutdownNow();
  }
}
