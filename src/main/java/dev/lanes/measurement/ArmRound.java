package dev.lanes.measurement;

import dev.lanes.arm.Arm;
import dev.lanes.catalog.Measure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one arm gave in one round. */
final class ArmRound {

  /** Phases that do not overlap; the others are sums or parts of them. */
  private static final List<Measure> PHASES =
      List.of(
          Measure.IMPORT_SECONDS,
          Measure.CREATE_SECONDS,
          Measure.COLD_BATCH_SECONDS,
          Measure.TEARDOWN_SECONDS);

  private final int loops;
  private final double[] seconds;
  private final double[] cpuSeconds;
  private final double[] runDelaySeconds;
  private final double[] involuntarySwitches;
  private final double[] parkedCpuSeconds;
  private final Map<Measure, double[]> observed = new EnumMap<>(Measure.class);
  private final Map<Measure, Double> phases = new EnumMap<>(Measure.class);
  private double parkedSeconds;
  private int turns;

  /** Room for that many slices of that many batches each. */
  ArmRound(int loops, int turns) {
    this.loops = loops;
    this.seconds = new double[turns];
    this.cpuSeconds = new double[turns];
    this.runDelaySeconds = new double[turns];
    this.involuntarySwitches = new double[turns];
    this.parkedCpuSeconds = new double[turns];
  }

  void add(Arm.Slice slice) {
    seconds[turns] = slice.seconds();
    cpuSeconds[turns] = orNaN(slice.cpuSeconds());
    runDelaySeconds[turns] = orNaN(slice.runDelaySeconds());
    involuntarySwitches[turns] = orNaN(slice.involuntarySwitches());
    parkedCpuSeconds[turns] = orNaN(slice.parkedCpuSeconds());
    parkedSeconds += slice.parkedSeconds();
    slice
        .observed()
        .forEach((id, value) -> Measure.of(id).ifPresent(measure -> observe(measure, value)));
    turns++;
  }

  private void observe(Measure measure, double value) {
    observed.computeIfAbsent(measure, _ -> unknown())[turns] = value;
  }

  private double[] unknown() {
    double[] values = new double[seconds.length];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** Takes the values of phases, such as the cold batch, as the harness names them. */
  void phases(Map<String, Double> samples) {
    samples.forEach((id, value) -> Measure.of(id).ifPresent(measure -> phases.put(measure, value)));
  }

  int turns() {
    return turns;
  }

  /** Seconds per slice, warm-ups too. */
  double[] slices() {
    return Arrays.copyOf(seconds, turns);
  }

  /** Time in which the arm was timed: its slices, and the phases that one waits for. */
  double insideSeconds() {
    double phaseSeconds = 0;
    for (Measure phase : PHASES) {
      phaseSeconds += phases.getOrDefault(phase, 0.0);
    }
    return Arrays.stream(seconds, 0, turns).sum() + phaseSeconds;
  }

  /** Processor time that was used between the slices; NaN where it is not known. */
  double parkedCpuSeconds() {
    return Arrays.stream(parkedCpuSeconds, 0, turns).sum();
  }

  /** Wall time between the slices. */
  double parkedSeconds() {
    return parkedSeconds;
  }

  /** Whether all slices of the round have been run. */
  private boolean whole() {
    return turns > 0 && turns == seconds.length;
  }

  /** Values of phases by measure. */
  Map<Measure, Double> phases() {
    return phases;
  }

  /**
   * One value per turn, of times per batch and of evidence per slice; what the system could not
   * tell is left out. Nothing before all slices have been run.
   */
  Map<Measure, double[]> perTurn() {
    Map<Measure, double[]> values = new EnumMap<>(Measure.class);
    if (whole()) {
      values.put(Measure.STEADY_SECONDS, perBatch(seconds));
      putKnown(values, Measure.CPU_SECONDS, perBatch(cpuSeconds));
      putKnown(values, Measure.RUN_DELAY_SECONDS, runDelaySeconds);
      putKnown(values, Measure.INVOLUNTARY_SWITCHES, involuntarySwitches);
      putKnown(values, Measure.PARKED_CPU_SECONDS, parkedCpuSeconds);
      observed.forEach((measure, found) -> putKnown(values, measure, found));
    }
    return values;
  }

  private double[] perBatch(double[] perSlice) {
    return Arrays.stream(perSlice).map(value -> value / loops).toArray();
  }

  private static void putKnown(Map<Measure, double[]> values, Measure measure, double[] found) {
    if (Arrays.stream(found).noneMatch(Double::isNaN)) {
      values.put(measure, found);
    }
  }
}
