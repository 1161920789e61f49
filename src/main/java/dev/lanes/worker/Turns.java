package dev.lanes.worker;

/**
 * How the slices of a round are laid out, the same for all its cells. More and shorter slices make
 * a quieter ratio; a slice must still be long against the clock and the hand-over of the token.
 *
 * @param counted turns that count; 0 before the first round has decided
 * @param warmups turns before them that are kept and flagged, but do not count
 */
record Turns(int counted, int warmups) {

  /** Twenty milliseconds: some hundred times what handing over the token takes. */
  static final double SLICE_SECONDS = 0.020;

  static final Turns UNDECIDED = new Turns(0, 0);

  private static final int MAX_TURNS = 12;

  /** What the slices of one cell may take together in a round. */
  private static final double ROUND_SECONDS = 0.6;

  /** From here on the cold batch, which has just run, is warm-up enough. */
  static final double LONG_SLICE_SECONDS = 0.25;

  private static final int MAX_LOOPS = 100_000;

  boolean decided() {
    return counted > 0;
  }

  int total() {
    return counted + warmups;
  }

  /** The layout when the longest slice takes this many seconds. */
  static Turns forSlicesOf(double longest) {
    int turns = (int) Math.floor(ROUND_SECONDS / Math.max(longest, SLICE_SECONDS));
    return new Turns(Math.clamp(turns, 1, MAX_TURNS), longest < LONG_SLICE_SECONDS ? 1 : 0);
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
}
