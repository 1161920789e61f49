package dev.lanes.worker;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.statistics.StopRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a job: measures its groups one after the other and puts the results into a spool. */
final class Attempt {

  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Lease lease;
  private final ArmCommands commands;
  private final Spool spool;
  private final Contact contact;
  private final ProcessJournal journal;
  private final ScheduledExecutorService timer;
  private final Duration phaseLimit;
  private final Path folder;
  private final LongSupplier nanoTime;
  private final Random random;
  private final long deadline;

  Attempt(
      Lease lease,
      ArmCommands commands,
      Spool spool,
      Contact contact,
      ProcessJournal journal,
      ScheduledExecutorService timer,
      Duration phaseLimit,
      Path folder,
      LongSupplier nanoTime) {
    this.lease = lease;
    this.commands = commands;
    this.spool = spool;
    this.contact = contact;
    this.journal = journal;
    this.timer = timer;
    this.phaseLimit = phaseLimit;
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.random = new Random(job().seed());
    this.deadline = nanoTime.getAsLong() + (long) (job().precision().timeBudgetS() * 1e9);
  }

  private JobSpec job() {
    return lease.job();
  }

  /** Measures every group. */
  void run() throws Stopped {
    List<Group> groups = job().groups();
    log.info(
        "fence={} run={} groups={} starts; results are sent while it goes on",
        lease.fence(),
        job().run(),
        groups.size());
    for (int i = 0; i < groups.size(); i++) {
      measure(groups.get(i), groups.size() - i);
    }
  }

  /** Every group may use its share of the time that is left; what one leaves, the others get. */
  private void measure(Group group, int groupsLeft) throws Stopped {
    long share = Math.max(0, deadline - nanoTime.getAsLong()) / groupsLeft;
    long end = nanoTime.getAsLong() + share;
    List<CellRecord> cells = group.cells().stream().map(this::record).toList();
    GroupMeasurement measurement = new GroupMeasurement(cells, job().precision());
    Turns turns = Turns.UNDECIDED;
    long longestRound = 0;
    Optional<StopRule.Reason> stop = Optional.empty();
    while (stop.isEmpty() && cells.stream().anyMatch(CellRecord::alive)) {
      long started = nanoTime.getAsLong();
      double later = (groupsLeft - 1) * share / 1e9;
      contact.progress(progress(group, measurement, longestRound, end - started, later));
      turns = round(measurement.rounds(), cells, turns);
      longestRound = Math.max(longestRound, nanoTime.getAsLong() - started);
      stop =
          measurement.roundDone(
              Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())),
              Duration.ofNanos(longestRound));
      if (stop.isEmpty()) {
        keep(cells, List.of());
      }
    }
    StopRule.Reason reason = stop.orElse(StopRule.Reason.PRECISE);
    keep(
        cells,
        cells.stream().map(cell -> cell.ending(measurement.imprecise(cell, reason))).toList());
  }

  private CellRecord record(CellSpec cell) {
    try {
      return new CellRecord(cell, commands.of(cell), null);
    } catch (ArmFailure failure) {
      return new CellRecord(cell, null, failure);
    }
  }

  private Turns round(int number, List<CellRecord> cells, Turns turns) throws Stopped {
    Round round =
        new Round(
            number,
            cells,
            random,
            folder.resolve(String.valueOf(number)),
            journal,
            timer,
            phaseLimit,
            contact::checkpoint);
    Turns laidOut = round.run(turns);
    journal.clear();
    return laidOut;
  }

  private void keep(List<CellRecord> cells, List<CellEnding> endings) {
    List<RoundSamples> samples = new ArrayList<>();
    cells.forEach(cell -> samples.addAll(cell.takeUnsent()));
    spool.add(new Chunk(samples, List.of(), endings));
  }

  private Progress progress(
      Group group, GroupMeasurement measurement, long longestRound, long left, double later) {
    CellSpec first = group.cells().getFirst();
    String parameters =
        first.parameters().entrySet().stream()
            .map(parameter -> " %s=%s".formatted(parameter.getKey(), parameter.getValue()))
            .sorted()
            .collect(Collectors.joining());
    int cells = group.cells().size();
    String current =
        "%s%s · %d tasks on %d workers · %d %s · round %d of at most %d"
            .formatted(
                first.workload(),
                parameters,
                first.tasks(),
                first.parallelism(),
                cells,
                cells == 1 ? "cell" : "cells in turns",
                measurement.rounds() + 1,
                job().precision().maxRounds());
    return new Progress(current, secondsLeft(measurement, longestRound, left, later));
  }

  /** Groups that come later are taken to need all the time that they may have. */
  private static @Nullable Double secondsLeft(
      GroupMeasurement measurement, long longestRound, long left, double later) {
    if (longestRound == 0) {
      return null;
    }
    return Math.min(measurement.roundsLeft() * longestRound, Math.max(left, longestRound)) / 1e9
        + later;
  }
}
