package dev.lanes.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.ArmCommand;
import dev.lanes.arm.TestArms;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.protocol.Chunk.RoundEvidence.Layout;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole groups of real processes, without a server. */
class GroupSessionTests {

  private static final Map<String, Object> FEW = TestGroups.digits(20);

  @TempDir private Path folder;
  private TestGroups groups;

  @BeforeEach
  void open() {
    groups = new TestGroups(folder);
  }

  @AfterEach
  void close() {
    groups.close();
  }

  @Test
  void measuresControlsBesideTheSubjects() throws Exception {
    CellSpec baseline = TestArms.cell("pi", FEW, "sequential");
    CellSpec contender = TestArms.cell("pi", FEW, "threads");
    CellSpec placebo = TestGroups.as(ArmRole.PLACEBO, baseline);
    CellSpec anchor =
        TestGroups.as(ArmRole.ANCHOR, TestArms.cell("anchor", Map.of("work", 5), "sequential"));

    var measured = groups.measure(2, baseline, contender, placebo, anchor);

    assertThat(List.of(baseline, contender, placebo, anchor))
        .allSatisfy(cell -> {
          var ending = groups.ending(cell);
          assertThat(ending.outcome()).isEqualTo(Outcome.SUCCEEDED);
          assertThat(ending.rounds()).isEqualTo(2);
          assertThat(ending.loops()).isPositive();
          assertThat(ending.warmups()).isPositive();
          assertThat(ending.quality()).isNotNull();
          assertThat(ending.qualityReasons()).isNotEmpty();
          assertThat(groups.samples(cell, "steady_seconds"))
              .hasSize(2)
              .allSatisfy(samples -> {
                assertThat(samples.warmups()).isEqualTo(ending.warmups());
                assertThat(samples.values()).hasSize(ending.warmups() + ending.turns());
              });
          assertThat(groups.samples(cell, "run_delay_seconds"))
              .extracting(RoundSamples::warmups)
              .containsOnly(ending.warmups());
          assertThat(groups.samples(cell, "total_seconds"))
              .extracting(RoundSamples::warmups)
              .containsOnly(0);
        });
    assertThat(groups.ending(contender).imprecise()).isNotNull();
    assertThat(groups.ending(placebo).imprecise()).isNull();
    assertThat(groups.ending(anchor).imprecise()).isNull();
    assertThat(measured.facts()).containsEntry("rounds", 2).containsEntry("pilot", "measured");
    assertThat(groups.told()).last().asString().contains("2 cells in turns");
  }

  @Test
  void theArmsOfARoundShareAHashSeedThatNoOtherRoundHas() throws Exception {
    CellSpec one = TestArms.cell("hashes", Map.of(), "sequential");
    CellSpec other = TestArms.cell("hashes", Map.of(), "threads");

    groups.measure(2, one, other);

    assertThat(groups.ending(one).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(groups.ending(other).outcome()).isEqualTo(Outcome.SUCCEEDED);
    var rounds = groups.rounds();
    assertThat(rounds).hasSize(2);
    assertThat(rounds.getFirst().hashSeed()).isNotEqualTo(rounds.getLast().hashSeed());
    assertThat(groups.ending(other).environment())
        .containsEntry("hash_seed", String.valueOf(rounds.getLast().hashSeed()));
  }

  @Test
  void everythingRandomComesFromTheSeed() throws Exception {
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");

    groups.measure(2, 5, Duration.ofSeconds(20), cell);
    var first = groups.rounds().stream().map(round -> round.hashSeed()).toList();
    try (TestGroups again = new TestGroups(folder.resolve("again"))) {
      Files.createDirectories(folder.resolve("again"));
      again.measure(2, 5, Duration.ofSeconds(20), cell);

      assertThat(again.rounds().stream().map(round -> round.hashSeed()).toList()).isEqualTo(first);
    }
  }

  @Test
  void aKnownGroupNeedsNoPilot() throws Exception {
    // A batch is longer than a slice must be: it cannot be found too long or too short later.
    CellSpec cell = TestArms.cell("pi", TestGroups.digits(1_500), "sequential");
    CellSpec placebo = TestGroups.as(ArmRole.PLACEBO, cell);
    groups.measure(1, cell, placebo);
    int loops = groups.ending(cell).loops();
    CellSpec same = TestGroups.as(ArmRole.SUBJECT, cell);

    var measured = groups.measure(1, same, TestGroups.as(ArmRole.PLACEBO, cell));

    assertThat(measured.facts()).containsEntry("pilot", "reused").containsEntry("rounds", 1);
    assertThat(groups.ending(same).loops()).isEqualTo(loops);
  }

  @Test
  void aCalibrationThatDoesNotHoldAnyMoreIsReplaced() throws Exception {
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");
    ArmCommand command = TestArms.commands().of(cell);
    groups
        .tools()
        .calibrations()
        .update(
            Map.of(
                command, Optional.of(new Calibration(5_000, 1, 1, 0.02, 0.1, 0.01, true, false))));

    var measured = groups.measure(1, cell);

    assertThat(measured.facts()).containsEntry("pilot", "measured").containsEntry("rounds", 1);
    assertThat(groups.ending(cell).loops()).isLessThan(5_000);
    assertThat(groups.samples(cell, "steady_seconds")).hasSize(1);
  }

  @Test
  void armsRunOneByOneWhereParkedWorkersUseTheProcessor() throws Exception {
    CellSpec calm = TestArms.cell("spins", Map.of("spin", false), "threads");
    CellSpec restless = TestArms.cell("spins", Map.of("spin", true), "threads");

    groups.measure(2, calm, restless);

    assertThat(groups.rounds()).extracting(round -> round.layout()).containsOnly(Layout.ONE_BY_ONE);
    assertThat(groups.ending(calm).qualityReasons()).anyMatch(reason -> reason.contains("parked"));
    assertThat(groups.ending(calm).quality()).isGreaterThanOrEqualTo(Quality.NOISY);
  }

  @Test
  void armsThatRestTakeTurns() throws Exception {
    CellSpec sequential = TestArms.cell("pi", FEW, "sequential");
    CellSpec threads = TestArms.cell("pi", FEW, "threads");
    CellSpec processes = TestArms.cell("pi", FEW, "processes:fork");

    groups.measure(1, sequential, threads, processes);

    assertThat(groups.rounds()).extracting(round -> round.layout()).containsOnly(Layout.TURNS);
  }

  @Test
  void aPlaceboLeavesWithTheBaselineThatItRepeats() throws Exception {
    CellSpec baseline = misbehaving("crash");
    CellSpec contender = misbehaving("none");
    CellSpec placebo = TestGroups.as(ArmRole.PLACEBO, contender);

    groups.measure(1, baseline, contender, placebo);

    assertThat(groups.ending(baseline).outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(groups.ending(contender).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(groups.ending(placebo).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(groups.ending(placebo).reason()).contains("nothing to be equal to");
  }

  @Test
  void aPlaceboThatFailsTakesNobodyWithIt() throws Exception {
    CellSpec baseline = misbehaving("none");
    CellSpec placebo = TestGroups.as(ArmRole.PLACEBO, misbehaving("crash"));

    groups.measure(1, baseline, placebo);

    assertThat(groups.ending(baseline).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(groups.ending(placebo).outcome()).isEqualTo(Outcome.CRASHED);
  }

  @Test
  void anAnchorThatThisHostCannotRunIsLeftOut() throws Exception {
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");
    CellSpec anchor =
        new CellSpec(
            UUID.randomUUID(),
            ArmRole.ANCHOR,
            cell.workload(),
            cell.workloadSha256(),
            cell.parameters(),
            1,
            1,
            "sequential",
            "cpython-9.9");

    groups.measure(1, cell, anchor);

    assertThat(groups.ending(cell).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(groups.ending(anchor).outcome()).isEqualTo(Outcome.UNSUPPORTED);
    assertThat(groups.ending(anchor).reason()).contains("cpython-9.9");
  }

  @Test
  void controlsAreNotMeasuredForThemselves() throws Exception {
    CellSpec baseline = misbehaving("crash");
    CellSpec anchor = TestGroups.as(ArmRole.ANCHOR, TestArms.cell("pi", FEW, "sequential"));

    var measured = groups.measure(5, baseline, anchor);

    assertThat(groups.rounds()).isEmpty();
    assertThat(measured.facts()).containsEntry("stop_reason", "no_subject_left");
  }

  @Test
  void armsThatDoNotAgreeOnTheResultHaveNoFigures() throws Exception {
    CellSpec first = TestArms.cell("disagrees", Map.of(), "sequential");
    CellSpec second = TestArms.cell("disagrees", Map.of(), "threads");

    groups.measure(1, first, second);

    assertThat(groups.ending(first).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(groups.ending(second).outcome()).isEqualTo(Outcome.WRONG_RESULT);
    assertThat(groups.ending(second).reason()).contains("by its own account", "sequential");
  }

  @Test
  void aFolderThatCannotBeMadeIsAnOutcomeOfTheCells() throws Exception {
    Files.writeString(folder.resolve("tmp"), "a file where the folder should be");
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");

    groups.measure(1, cell);

    assertThat(groups.ending(cell).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(groups.ending(cell).reason()).contains("no folder");
  }

  @Test
  void aFaultOfTheWorkerEndsTheCellsOfItsGroupWithTheReason() throws Exception {
    groups.faultBeforeRound(2);
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");

    var measured = groups.measure(5, cell);

    assertThat(measured.facts()).containsEntry("stop_reason", "fault");
    assertThat(groups.ending(cell).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    assertThat(groups.ending(cell).reason()).contains("a fault of the test");
    assertThat(groups.ending(cell).rounds()).isEqualTo(1);
    assertThat(groups.samples(cell, "steady_seconds")).hasSize(1);
  }

  @Test
  void aGroupWithoutAPlaceEndsWithTheReason() throws Exception {
    CellSpec cell = TestArms.cell("pi", FEW, "sequential");
    try (TestGroups nowhere =
        new TestGroups(
            folder,
            _ -> {
              throw new IllegalStateException("no place for the test");
            },
            Duration.ofSeconds(30))) {
      nowhere.measure(1, cell);

      assertThat(nowhere.ending(cell).outcome()).isEqualTo(Outcome.NOT_MEASURED);
      assertThat(nowhere.ending(cell).reason()).contains("no place for the test");
    }
  }

  @Test
  void whatWasPutElsewhereIsNotBelieved() throws Exception {
    Site elsewhere = new SomewhereElse();
    try (TestGroups placed = new TestGroups(folder, _ -> elsewhere, Duration.ofSeconds(30))) {
      CellSpec cell = TestArms.cell("pi", FEW, "sequential");

      placed.measure(1, cell);

      assertThat(placed.ending(cell).quality()).isEqualTo(Quality.INVALID);
      assertThat(placed.ending(cell).qualityReasons().getFirst()).contains("could use the CPUs");
    }
  }

  @Test
  void nothingIsLeftOfARound() throws Exception {
    groups.measure(1, TestArms.cell("pi", FEW, "processes:spawn"));

    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    assertThat(folder.resolve("processes")).doesNotExist();
  }

  private static CellSpec misbehaving(String fault) {
    return TestArms.cell("misbehave", Map.of("fault", fault), "sequential");
  }

  /** A place whose processors no process is on. */
  private static final class SomewhereElse implements Site {

    private final Site anywhere = Site.anywhere();

    @Override
    public List<String> place(List<String> command) {
      return command;
    }

    @Override
    public List<Integer> cpus() {
      return List.of(1_000);
    }

    @Override
    public boolean holds(List<Integer> readBack) {
      return readBack.equals(cpus());
    }

    @Override
    public RoundWatch watch() {
      return anywhere.watch();
    }

    @Override
    public List<String> faults() {
      return List.of();
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public Map<String, Object> facts() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
