package dev.lanes.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When an attempt has enough rounds: when every arm's interval is as narrow as asked, never because
 * a difference has become significant, since who looks often enough finds one between equal arms.
 *
 * <p>It looks only after the first possible number of rounds, every {@value #STEP} rounds from
 * there and at the end. Repeated looks cost coverage, so widths are judged and results reported at
 * {@link #CONFIDENCE}, which covered the truth in 95.0–96.4 % of simulated attempts.
 *
 * @param minRounds rounds before the first look, at least 1; with fewer than 6 the first look waits
 *     for 6, the fewest that have an interval
 * @param maxRounds rounds after which to stop in any case, at least {@code minRounds}
 * @param relativeHalfWidth asked precision of every ratio, above 0: 0.01 for ±1 %
 */
public record StopRule(int minRounds, int maxRounds, double relativeHalfWidth) {
  /** Nominal confidence of intervals after this rule, to be reported as 95 %. */
  public static final double CONFIDENCE = 0.96;

  /** Rounds between two looks. */
  public static final int STEP = 5;

  /** Why an attempt stops. */
  public enum Reason {
    /** Every arm is as precise as asked. */
    PRECISE,
    /** The largest number of rounds is reached. */
    MAX_ROUNDS,
    /** The time left does not suffice for another round. */
    TIME_BUDGET
  }

  /**
   * Where one arm stands.
   *
   * @param halfWidth relative half width (ln U − ln L)/2 of its interval; absent with too few
   *     rounds
   * @param roundsStillNeeded further rounds until about as precise as asked, 0 if it is; with too
   *     few rounds those missing to the first interval
   */
  public record ArmPrecision(OptionalDouble halfWidth, int roundsStillNeeded) {}

  /**
   * The state of an attempt after a round.
   *
   * @param stop why to stop; empty to go on
   * @param arms precision of each arm, in the order given
   */
  public record Step(Optional<Reason> stop, List<ArmPrecision> arms) {
    public Step {
      arms = List.copyOf(arms);
    }

    /** Whether every arm is as precise as asked, whatever the reason to stop. */
    public boolean precise() {
      return arms.stream().allMatch(arm -> arm.roundsStillNeeded() == 0);
    }
  }

  /**
   * @throws IllegalArgumentException if a component is out of range
   */
  public StopRule {
    if (minRounds < 1 || maxRounds < minRounds) {
      throw new IllegalArgumentException(
          "rounds %d to %d: the minimum must be at least 1 and at most the maximum"
              .formatted(minRounds, maxRounds));
    }
    if (!(relativeHalfWidth > 0) || Double.isInfinite(relativeHalfWidth)) {
      throw new IllegalArgumentException(
          "relative half width %s: must be positive, as 0.025 for 2.5 %% is"
              .formatted(relativeHalfWidth));
    }
  }

  /** Whether precision may end the attempt after this many rounds. */
  public boolean looksAfter(int rounds) {
    int first = Math.max(minRounds, SignedRank.smallestSize(1 - CONFIDENCE));
    return rounds == maxRounds || rounds >= first && (rounds - first) % STEP == 0;
  }

  /**
   * Decides whether to go on after a round. Precision counts only after the rounds of {@link
   * #looksAfter}; it takes precedence over the other reasons.
   *
   * @param rounds rounds run so far
   * @param logRatios per arm but the baseline, one log ratio per valid round, none if it had none
   *     yet ({@link RoundStatistic#medianLogRatio()}); at least one arm, those that failed for good
   *     left out, since they would never become precise
   * @param timeLeft what remains of the time budget
   * @param nextRound what another round is expected to take
   * @throws IllegalArgumentException if there is no arm, an arm has more values than rounds were
   *     run, or a value is not finite
   */
  public Step after(int rounds, List<double[]> logRatios, Duration timeLeft, Duration nextRound) {
    if (logRatios.isEmpty()) {
      throw new IllegalArgumentException(
          "no arm to judge after round %d: pass at least the placebo arm".formatted(rounds));
    }
    List<ArmPrecision> arms = logRatios.stream().map(arm -> precision(rounds, arm)).toList();
    return new Step(reason(rounds, new Step(Optional.empty(), arms), timeLeft, nextRound), arms);
  }

  private Optional<Reason> reason(int rounds, Step step, Duration timeLeft, Duration nextRound) {
    if (looksAfter(rounds) && step.precise()) {
      return Optional.of(Reason.PRECISE);
    }
    if (rounds >= maxRounds) {
      return Optional.of(Reason.MAX_ROUNDS);
    }
    return timeLeft.compareTo(nextRound) < 0 ? Optional.of(Reason.TIME_BUDGET) : Optional.empty();
  }

  private ArmPrecision precision(int rounds, double[] logRatios) {
    if (logRatios.length > rounds) {
      throw new IllegalArgumentException(
          "%d log ratios after %d rounds: an arm has at most one per round"
              .formatted(logRatios.length, rounds));
    }
    int fewest = SignedRank.smallestSize(1 - CONFIDENCE);
    if (logRatios.length < fewest) {
      return new ArmPrecision(OptionalDouble.empty(), fewest - logRatios.length);
    }
    OptionalDouble halfWidth = PairedRatio.of(logRatios, CONFIDENCE).halfWidth();
    double wanted = StrictMath.log1p(relativeHalfWidth);
    int needed = Decision.rounds(logRatios.length, halfWidth.orElseThrow(), wanted);
    return new ArmPrecision(halfWidth, Math.max(0, needed - logRatios.length));
  }
}
