package dev.lanes.measurement;

import dev.lanes.arm.Arm;
import dev.lanes.catalog.ArmRole;
import dev.lanes.protocol.Chunk.RoundEvidence.Layout;
import dev.lanes.protocol.Precision;
import dev.lanes.statistics.Decision;
import dev.lanes.statistics.Plan;
import dev.lanes.statistics.WarmUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Rounds before the rounds, of which nothing is kept but what they teach: how many batches make a
 * slice that the clock can see, how many slices are warm-up, how many turns and rounds are worth
 * their time, and whether the arms rest while they are parked.
 */
final class Pilot {

  /** Processes per arm, and slices of each, where time allows. */
  private static final int PROCESSES = 3;

  private static final int SLICES = 30;

  /**
   * Seconds that the slices of one process may take: all of them while slices are short. Of long
   * ones a few tell enough, and the rounds that follow would take hardly more time than thirty.
   */
  private static final double PROCESS_SECONDS = 2;

  /** Warm-up of arms that never became steady: on a noisy host more would not make them so. */
  private static final int RESTLESS_WARMUPS = 10;

  /** Fewest slices from which warm-up can be told. */
  private static final int FEWEST = 4;

  /** Part of the time that the fewest rounds leave. */
  private static final double RESERVE = 0.25;

  /** Below there is no interval. */
  private static final int FEWEST_ROUNDS = 6;

  /** Median of normal values against their mean, π/2. */
  private static final double MEDIAN_VARIANCE = Math.PI / 2;

  private final CellGroup group;
  private final Precision precision;
  private final Supplier<Round> rounds;

  /**
   * Seconds per batch of the slices of each process, by cell; the first process has been calibrated
   * on.
   */
  private final Map<CellRecord, List<double[]>> slices = new HashMap<>();

  private final Map<CellRecord, Double> sliceSeconds = new HashMap<>();
  private final List<Double> processSeconds = new ArrayList<>();
  private double insideSeconds;

  /**
   * @param rounds makes a new round
   */
  Pilot(CellGroup group, Precision precision, Supplier<Round> rounds) {
    this.group = group;
    this.precision = precision;
    this.rounds = rounds;
  }

  /**
   * Runs the pilot. Each cell that has not failed then knows its batches per slice and its
   * warm-ups.
   *
   * @param most seconds that it may take; one process of each arm is run in any case
   * @param budget seconds that the rounds may take after it
   */
  GroupPlan run(double most, double budget) throws Stopped {
    double spent = 0;
    double last = 0;
    for (int process = 0; process < processes() && spent + last <= most; process++) {
      if (group.subjects().isEmpty() || process > 0 && !warmUpNeeded(compared())) {
        break;
      }
      last = process(process == 0, most - spent);
      spent += last;
    }
    boolean steady = decideWarmups();
    int turns = turns(budget);
    double process = processSeconds.stream().mapToDouble(s -> s).average().orElse(0);
    return new GroupPlan(
        turns,
        group.alive().stream().anyMatch(CellRecord::restless) ? Layout.ONE_BY_ONE : Layout.TURNS,
        plannedRounds(turns),
        process + (warmups() + turns) * turnSeconds(),
        steady,
        false,
        spent,
        insideSeconds);
  }

  /** No more than a quarter of the rounds that they prepare. */
  private int processes() {
    return Math.clamp(precision.maxRounds() / 4, 1, PROCESSES);
  }

  /** Whether the cold batch has not warmed every arm already. */
  private boolean warmUpNeeded(List<CellRecord> cells) {
    return cells.stream()
        .anyMatch(cell -> !(sliceSeconds.getOrDefault(cell, 0.0) >= Turns.LONG_SLICE_SECONDS));
  }

  private double process(boolean first, double left) throws Stopped {
    try (Round round = rounds.get()) {
      round.start(group.alive());
      round.prepare();
      if (first) {
        for (CellRecord cell : round.running()) {
          calibrate(round, cell);
        }
      }
      round.slices(turnsWithin(Math.min(PROCESS_SECONDS, left - round.seconds())));
      round.finish();
      Round.Result result = round.result();
      double inSlices = 0;
      insideSeconds += result.insideSeconds();
      for (var given : result.arms().entrySet()) {
        double[] found = given.getValue().slices();
        inSlices += Arrays.stream(found).sum();
        keep(given.getKey(), found);
        if (first) {
          refine(given.getKey());
        }
      }
      result
          .arms()
          .forEach((cell, given) -> {
            if (Parking.restless(given)) {
              cell.foundRestless();
            }
          });
      processSeconds.add(result.seconds() - inSlices);
      return result.seconds();
    }
  }

  private void keep(CellRecord cell, double[] found) {
    double[] perBatch = Arrays.stream(found).map(seconds -> seconds / cell.loops()).toArray();
    slices.computeIfAbsent(cell, _ -> new ArrayList<>()).add(perBatch);
    if (found.length > 0) {
      sliceSeconds.put(cell, Numbers.median(found));
    }
  }

  /** The one slice that a cell was calibrated by may have been a disturbed one. */
  private void refine(CellRecord cell) {
    double found = sliceSeconds.getOrDefault(cell, Double.NaN);
    int loops = Turns.adjusted(cell.loops(), found);
    sliceSeconds.put(cell, found / cell.loops() * loops);
    cell.loops(loops);
  }

  private void calibrate(Round round, CellRecord cell) throws Stopped {
    double cold = round.coldSeconds(cell);
    int loops = 1;
    double seconds = cold;
    if (!(cold >= Turns.LONG_SLICE_SECONDS)) {
      Arm.Slice trial = round.trial(cell, loops);
      while (trial != null && Turns.loops(loops, trial.seconds()) > loops) {
        loops = Turns.loops(loops, trial.seconds());
        trial = round.trial(cell, loops);
      }
      seconds = trial == null ? Double.NaN : trial.seconds();
    }
    cell.loops(loops);
    sliceSeconds.put(cell, seconds);
  }

  /** None where the cold batch has warmed all: the rounds themselves show the rest. */
  private int turnsWithin(double left) {
    double turn = warmUpNeeded(compared()) ? turnSeconds() : 0;
    return turn > 0 ? (int) Math.clamp(left / turn, 0, SLICES) : 0;
  }

  /** What a slice of every arm takes. */
  private double turnSeconds() {
    return group.alive().stream()
        .mapToDouble(cell -> sliceSeconds.getOrDefault(cell, Double.NaN))
        .filter(Double::isFinite)
        .sum();
  }

  /**
   * The same warm-ups for all arms that are compared, those of the slowest to warm. The anchor is a
   * program of its own and may need others: warming long slices for its sake would only take time.
   */
  private boolean decideWarmups() {
    List<CellRecord> anchors =
        group.alive().stream().filter(cell -> cell.role() == ArmRole.ANCHOR).toList();
    boolean steady = decideWarmups(compared());
    decideWarmups(anchors);
    return steady;
  }

  private List<CellRecord> compared() {
    return group.alive().stream().filter(cell -> cell.role() != ArmRole.ANCHOR).toList();
  }

  private boolean decideWarmups(List<CellRecord> cells) {
    boolean needed = warmUpNeeded(cells);
    int most = needed ? 1 : 0;
    boolean steady = true;
    for (CellRecord cell : cells) {
      double[][] processes = warming(cell);
      if (needed && Arrays.stream(processes).anyMatch(process -> process.length >= FEWEST)) {
        WarmUp warmUp = WarmUp.of(processes, Decision.THRESHOLD);
        steady &= warmUp.steady();
        most = Math.max(most, warmUp.steady() ? warmUp.slices() : RESTLESS_WARMUPS);
      }
    }
    for (CellRecord cell : cells) {
      cell.warmups(most);
    }
    return steady;
  }

  /** The first process was warmed by calibrating it; it tells only where there is no other. */
  private double[][] warming(CellRecord cell) {
    List<double[]> processes = slices.getOrDefault(cell, List.of());
    return (processes.size() > 1 ? processes.subList(1, processes.size()) : processes)
        .toArray(double[][]::new);
  }

  private int turns(double budget) {
    double process = processSeconds.stream().mapToDouble(s -> s).average().orElse(0);
    Spread spread = spread();
    int wanted =
        spread.known()
            ? Plan.turns(
                Math.max(process, 1e-3) + warmups() * turnSeconds(),
                turnSeconds(),
                spread.slices(),
                spread.rounds())
            : Turns.unknowing(turnSeconds());
    return within(budget, wanted, process, turnSeconds(), warmups(), precision);
  }

  /**
   * As many turns as wanted, but few enough that the fewest rounds fit into the time, with a
   * reserve for rounds that a busy host stretches.
   */
  static int within(
      double budget, int wanted, double process, double turn, int warmups, Precision precision) {
    int fewest = Math.max(precision.minRounds(), Math.min(FEWEST_ROUNDS, precision.maxRounds()));
    double left = (1 - RESERVE) * budget / fewest - process;
    return turn > 0 ? Math.clamp((long) (left / turn) - warmups, 1, wanted) : wanted;
  }

  private int warmups() {
    return group.alive().stream().mapToInt(CellRecord::warmups).max().orElse(0);
  }

  private int plannedRounds(int turns) {
    Spread spread = spread();
    if (!spread.known()) {
      return precision.maxRounds();
    }
    double deviation = Math.sqrt(spread.rounds() + spread.slices() * MEDIAN_VARIANCE / turns);
    return Math.clamp(
        Plan.roundsForHalfWidth(deviation, precision.relativeHalfWidth()),
        precision.minRounds(),
        precision.maxRounds());
  }

  /**
   * Variances of the log ratios to the baseline, averaged over the arms that are compared with it.
   *
   * @param slices of turns within a process
   * @param rounds that rounds of endless turns would have
   */
  private record Spread(boolean known, double slices, double rounds) {}

  private Spread spread() {
    CellRecord baseline = group.baseline().orElse(null);
    List<Spread> found = new ArrayList<>();
    for (CellRecord cell : group.alive()) {
      if (baseline != null && cell != baseline && cell.role() != ArmRole.ANCHOR) {
        found.add(spread(cell, baseline));
      }
    }
    List<Spread> known = found.stream().filter(Spread::known).toList();
    return new Spread(
        !known.isEmpty(),
        known.stream().mapToDouble(Spread::slices).average().orElse(0),
        known.stream().mapToDouble(Spread::rounds).average().orElse(0));
  }

  private Spread spread(CellRecord cell, CellRecord baseline) {
    List<double[]> own = slices.getOrDefault(cell, List.of());
    List<double[]> other = slices.getOrDefault(baseline, List.of());
    List<double[]> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(own.size(), other.size()); i++) {
      double[] ratio = Numbers.logRatios(own.get(i), other.get(i), warmups());
      if (ratio.length >= FEWEST) {
        ratios.add(ratio);
      }
    }
    if (ratios.size() < 2) {
      return new Spread(false, 0, 0);
    }
    double within = ratios.stream().mapToDouble(Numbers::variance).average().orElseThrow();
    double turns = ratios.stream().mapToInt(ratio -> ratio.length).average().orElseThrow();
    double[] medians = ratios.stream().mapToDouble(Numbers::median).toArray();
    double explained = within * MEDIAN_VARIANCE / turns;
    // Of so few processes a variance of nothing is not believed: no less than what the turns hide.
    double between = Math.max(Numbers.variance(medians) - explained, explained);
    return new Spread(within > 0, within, between);
  }
}
