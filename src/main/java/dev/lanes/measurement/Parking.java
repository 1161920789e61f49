package dev.lanes.measurement;

/** Whether an arm rests while others have their slices. */
final class Parking {

  /** Share of the parked time that its workers may use the processor for. */
  static final double LIMIT = 0.001;

  /**
   * What a gap between two slices may cost in any case: two clocks that are not read at the same
   * instant, and workers that go to sleep only after the last result.
   */
  static final double GAP_SECONDS = 100e-6;

  private Parking() {}

  /** Processor time over wall time while parked, beyond what the gaps themselves explain. */
  static double share(ArmRound round) {
    double beyond = round.parkedCpuSeconds() - GAP_SECONDS * round.turns();
    return round.parkedSeconds() > 0 ? Math.max(0, beyond) / round.parkedSeconds() : 0;
  }

  /** Whether the workers of the arm use the processor while they are parked. */
  static boolean restless(ArmRound round) {
    return share(round) > LIMIT;
  }
}
