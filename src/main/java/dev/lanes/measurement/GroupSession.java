package dev.lanes.measurement;

import dev.lanes.arm.ArmFailure;
import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Evidence;
import dev.lanes.catalog.Outcome;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.Chunk.RoundEvidence.Layout;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.protocol.Precision;
import dev.lanes.statistics.StopRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one comparison group, from its pilot to the quality of its figures. It needs no server:
 * results go to a host, which is also asked whether to go on.
 */
public final class GroupSession {

  private static final Logger log = LoggerFactory.getLogger(GroupSession.class);

  private final GroupTools tools;
  private final Site site;
  private final CellGroup group;
  private final Precision precision;
  private final RandomGenerator roundSeeds;
  private final RandomGenerator pilotSeeds;
  private final Host host;
  private final long end;
  private final GroupMeasurement measurement;
  private final GroupEvidence evidence;
  private final Preparation preparation;
  private final List<RoundEvidence> unsent = new ArrayList<>();
  private @Nullable GroupPlan plan;
  private Layout layout = Layout.TURNS;
  private long roundSeed;
  private double longestRound;
  private double totalSeconds;
  private double processSeconds;
  private int rounds;
  private int folders;

  /** Whom a group reports to while it is measured. */
  public interface Host extends Round.Interruption {

    /** Takes samples, evidence of rounds and, in the end, endings. */
    void results(Chunk chunk);

    /**
     * Called before each round, while no process runs.
     *
     * @param current what is measured now, in words
     * @param secondsLeft estimate until the group ends; null when there is no ground for one yet
     * @throws Stopped if measuring should end
     */
    void betweenRounds(String current, @Nullable Double secondsLeft) throws Stopped;
  }

  /**
   * What was measured.
   *
   * @param facts of the group, for the session
   */
  public record Measured(CellGroup group, Map<String, Object> facts) {}

  private GroupSession(
      GroupTools tools,
      Site site,
      Group group,
      Precision precision,
      long seed,
      Duration share,
      Host host) {
    this.tools = tools;
    this.site = site;
    this.group = CellGroup.of(group, tools.commands());
    this.precision = precision;
    SplittableRandom seeds = new SplittableRandom(seed);
    this.roundSeeds = seeds.split();
    this.pilotSeeds = seeds.split();
    this.roundSeed = roundSeeds.nextLong();
    this.host = host;
    this.end = tools.nanoTime().getAsLong() + share.toNanos();
    this.measurement = new GroupMeasurement(this.group, precision);
    this.evidence = new GroupEvidence(this.group, site);
    this.preparation =
        new Preparation(this.group, precision, tools.calibrations(), this::pilotRound);
  }

  /**
   * Measures a group. A cell that fails leaves; the others go on, and whatever else goes wrong is
   * an outcome of the cells that were still measured.
   *
   * @param seed of everything that is random
   * @param share time after which no round begins
   * @throws Stopped if the host wants it to end; what was handed over until then is whole
   */
  public static Measured measure(
      GroupTools tools, Group group, Precision precision, long seed, Duration share, Host host)
      throws Stopped {
    Site opened;
    try {
      opened = tools.sites().apply(group);
    } catch (RuntimeException e) {
      return unmeasured(tools, group, host, e);
    }
    try (Site site = opened) {
      GroupSession session = new GroupSession(tools, site, group, precision, seed, share, host);
      String stopped = session.run();
      return new Measured(session.group, session.facts(stopped));
    }
  }

  private static Measured unmeasured(
      GroupTools tools, Group group, Host host, RuntimeException why) {
    log.error("group={} has no place to be measured on; its cells end so", group.number(), why);
    CellGroup cells = CellGroup.of(group, tools.commands());
    cells.alive().forEach(cell -> cell.fail(fault(why)));
    List<CellEnding> endings = cells.cells().stream().map(cell -> cell.ending(null, null)).toList();
    host.results(new Chunk(List.of(), List.of(), endings));
    return new Measured(cells, Map.of("group", group.number(), "stop_reason", "fault"));
  }

  private String run() throws Stopped {
    Optional<StopRule.Reason> stop = Optional.empty();
    String why;
    try {
      stop = rounds();
      why = stop.map(reason -> reason.name().toLowerCase(Locale.ROOT)).orElse("no_subject_left");
    } catch (RuntimeException e) {
      log.error("group={} cannot be measured further; its cells end so", group.number(), e);
      why = "fault";
      group.alive().forEach(cell -> cell.fail(fault(e)));
    }
    StopRule.Reason reason = stop.orElse(StopRule.Reason.PRECISE);
    send(group.cells().stream().map(cell -> ending(cell, reason)).toList());
    if (plan != null) {
      preparation.remember(plan, Math.max(processSeconds, 0));
    }
    return why;
  }

  private static ArmFailure fault(RuntimeException e) {
    return new ArmFailure(
        Outcome.NOT_MEASURED,
        "the worker could not go on with this group: %s".formatted(e),
        new Evidence(null, null, null, null));
  }

  private CellEnding ending(CellRecord cell, StopRule.Reason reason) {
    String imprecise = measurement.imprecise(cell, reason);
    return cell.ending(imprecise, evidence.assess(cell, measurement.measures(), imprecise));
  }

  private Optional<StopRule.Reason> rounds() throws Stopped {
    Optional<StopRule.Reason> stop = Optional.empty();
    host.betweenRounds(current(), null);
    follow(preparation.plan(secondsToEnd()));
    while (stop.isEmpty() && !group.subjects().isEmpty()) {
      host.betweenRounds(current(), secondsLeft());
      if (!round() || group.subjects().isEmpty()) {
        continue;
      }
      stop =
          measurement.roundDone(
              Duration.ofNanos(Math.max(0, end - tools.nanoTime().getAsLong())),
              Duration.ofNanos((long) (longestRound * 1e9)));
      if (stop.isPresent() && evidence.wantsMoreRounds(stop.get(), precision.maxRounds())) {
        stop = Optional.empty();
      }
      if (stop.isEmpty()) {
        send(List.of());
      }
    }
    return stop;
  }

  private void follow(GroupPlan found) {
    plan = found;
    layout = found.layout();
  }

  private GroupPlan plan() {
    if (plan == null) {
      throw new IllegalStateException("group %d has no plan yet".formatted(group.number()));
    }
    return plan;
  }

  /** Runs a round; false when it showed only that earlier calibrations do not hold any more. */
  private boolean round() throws Stopped {
    site.watch().begin();
    Round.Result result;
    try (Round round = newRound(roundSeed)) {
      result = round.run(plan().turns(), layout);
    }
    RoundWatch.Observation seen = site.watch().end(result.seconds());
    if (rounds == 0 && plan().reused() && misses(result)) {
      follow(preparation.pilot(secondsToEnd()));
      return false;
    }
    keep(result, seen);
    return true;
  }

  private static boolean misses(Round.Result result) {
    return result.arms().entrySet().stream()
        .anyMatch(arm -> {
          double[] slices = arm.getValue().slices();
          return slices.length > 0 && Turns.misses(arm.getKey().loops(), Numbers.median(slices));
        });
  }

  private void keep(Round.Result result, RoundWatch.Observation seen) {
    result.arms().forEach((cell, given) -> cell.add(rounds, given));
    Map<String, Double> counters = new HashMap<>(seen.counters());
    counters.put("inside_share", result.insideSeconds() / result.seconds());
    counters.put("parked_share", result.parkedShare());
    RoundEvidence told =
        new RoundEvidence(
            group.number(),
            rounds,
            result.seconds(),
            result.hashSeed(),
            layout,
            seen.sentinels(),
            counters,
            seen.disturbances());
    unsent.add(told);
    evidence.roundDone(told);
    totalSeconds += result.seconds();
    longestRound = Math.max(longestRound, result.seconds());
    processSeconds = result.seconds() - result.sliceSeconds();
    result
        .arms()
        .forEach((cell, given) -> {
          if (Parking.restless(given)) {
            cell.foundRestless();
            layout = Layout.ONE_BY_ONE;
          }
        });
    rounds++;
    roundSeed = roundSeeds.nextLong();
  }

  /** Pilots have chance of their own, so that how many there are changes nothing in the rounds. */
  private Round pilotRound() {
    return newRound(pilotSeeds.nextLong());
  }

  private Round newRound(long seed) {
    return new Round(
        group,
        tools.starter().placed(site::place),
        tools.folder().resolve(String.valueOf(folders++)),
        new SplittableRandom(seed),
        host,
        tools.nanoTime());
  }

  private void send(List<CellEnding> endings) {
    List<RoundSamples> samples = new ArrayList<>();
    group.cells().forEach(cell -> samples.addAll(cell.takeUnsent()));
    host.results(new Chunk(samples, List.copyOf(unsent), endings));
    unsent.clear();
  }

  private double secondsToEnd() {
    return Math.max(0, (end - tools.nanoTime().getAsLong()) / 1e9);
  }

  private double secondsLeft() {
    double round = rounds == 0 ? plan().roundSeconds() : totalSeconds / rounds;
    return Math.min(
        measurement.roundsLeft(plan().rounds()) * round, Math.max(secondsToEnd(), round));
  }

  private String current() {
    List<CellSpec> subjects =
        group.cells().stream()
            .filter(cell -> cell.role() == ArmRole.SUBJECT)
            .map(CellRecord::cell)
            .toList();
    CellSpec first = subjects.isEmpty() ? group.cells().getFirst().cell() : subjects.getFirst();
    String parameters =
        first.parameters().entrySet().stream()
            .map(parameter -> " %s=%s".formatted(parameter.getKey(), parameter.getValue()))
            .sorted()
            .collect(Collectors.joining());
    return "%s%s · %d tasks on %s workers · %d %s · %s"
        .formatted(
            first.workload(),
            parameters,
            first.tasks(),
            subjects.stream()
                .map(CellSpec::parallelism)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")),
            subjects.size(),
            subjects.size() == 1 ? "cell" : "cells in turns",
            plan == null
                ? "pilot"
                : "round %d of at most %d".formatted(rounds + 1, precision.maxRounds()));
  }

  private Map<String, Object> facts(String stopReason) {
    Map<String, Object> loops = new LinkedHashMap<>();
    group.cells().forEach(cell -> loops.put(cell.cell().id().toString(), cell.loops()));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("group", group.number());
    facts.put("turns", plan == null ? null : plan.turns());
    facts.put("warmups", group.cells().stream().mapToInt(CellRecord::warmups).max().orElse(0));
    facts.put("loops", loops);
    facts.put("layout", layout.name().toLowerCase(Locale.ROOT));
    facts.put("planned_rounds", plan == null ? null : plan.rounds());
    facts.put("rounds", rounds);
    facts.put("stop_reason", stopReason);
    facts.put("pilot", plan == null ? null : plan.reused() ? "reused" : "measured");
    facts.put("pilot_seconds", plan == null ? null : plan.seconds());
    facts.put("pilot_inside_seconds", plan == null ? null : plan.insideSeconds());
    facts.put("steady", plan == null ? null : plan.steady());
    facts.putAll(site.facts());
    return facts;
  }
}
