package dev.lanes.measurement;

/**
 * How long a slice is, and how often arms take turns with theirs in a round. More and shorter
 * slices make a quieter ratio; a slice must still be long against the clock and the hand-over of
 * the token.
 */
final class Turns {

  /**
   * Two hundred times what handing over the token takes, some 130 µs on a virtual machine of two
   * processors ({@code src/bench/run overhead}): so it costs less than 0.5 % of the time.
   */
  static final double SLICE_SECONDS = 0.030;

  /** Turns that count when nothing is known about the noise: few where slices are long. */
  private static final int USUAL = 12;

  private static final int FEW = 3;
  private static final double USUAL_SECONDS = 5;

  /** From here on the cold batch, which has just run, is warm-up enough. */
  static final double LONG_SLICE_SECONDS = 0.25;

  private static final int MAX_LOOPS = 100_000;

  private Turns() {}

  /**
   * How many turns count when nothing is known about the noise.
   *
   * @param turnSeconds what a slice of every arm takes
   */
  static int unknowing(double turnSeconds) {
    return turnSeconds > 0 ? (int) Math.clamp(USUAL_SECONDS / turnSeconds, FEW, USUAL) : USUAL;
  }

  /** How many batches to try next, when this many took that long; the same when it was enough. */
  static int loops(int loops, double seconds) {
    if (seconds >= SLICE_SECONDS || loops >= MAX_LOOPS) {
      return loops;
    }
    double wanted = Math.ceil(loops * SLICE_SECONDS / Math.max(seconds, 1e-9) * 1.1);
    // At most tenfold at once: the first batch is slower than those that follow.
    return (int) Math.min(Math.min(wanted, loops * 10.0), MAX_LOOPS);
  }

  /** How many batches make a slice, when this many took that long for certain. */
  static int adjusted(int loops, double seconds) {
    if (!(seconds > 0)) {
      return loops;
    }
    return (int) Math.clamp(Math.ceil(loops * SLICE_SECONDS / seconds), 1, MAX_LOOPS);
  }

  /** Whether a slice of that many batches is less than half or more than twice as long as meant. */
  static boolean misses(int loops, double seconds) {
    boolean canShrink = loops > 1;
    boolean canGrow = loops < MAX_LOOPS;
    return canShrink && seconds > 2 * SLICE_SECONDS || canGrow && seconds < SLICE_SECONDS / 2;
  }
}
