package dev.lanes.machine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the kernel at one moment, all of them since the boot. What a host does not count is
 * null.
 *
 * @param stealTicks processor time that the hypervisor gave to others, of all CPUs together
 * @param irqTicks processor time in interrupts, hard and soft
 * @param totalTicks processor time, idle included
 * @param cpuPressureMicros time in which some task waited for a processor
 * @param memoryPressureMicros time in which some task waited for memory
 * @param ioPressureMicros time in which some task waited for a device
 * @param throttledPeriods how often the CPU quota of a cgroup of this process stopped it
 * @param throttledNanos for how long, of all threads together
 * @param thermalThrottles how often a core or a package became too hot
 * @param contextSwitches of all CPUs together
 */
public record Counters(
    @Nullable Long stealTicks,
    @Nullable Long irqTicks,
    @Nullable Long totalTicks,
    @Nullable Long cpuPressureMicros,
    @Nullable Long memoryPressureMicros,
    @Nullable Long ioPressureMicros,
    @Nullable Long throttledPeriods,
    @Nullable Long throttledNanos,
    @Nullable Long thermalThrottles,
    @Nullable Long contextSwitches) {

  private static final Pattern PRESSURE = Pattern.compile("some .*total=(\\d+).*");

  /** Places in the line {@code cpu} of /proc/stat; proc(5). */
  private static final int IRQ = 5;

  private static final int SOFTIRQ = 6;
  private static final int STEAL = 7;

  /** Guest time comes after and is inside user time already. */
  private static final int SUMMED = 8;

  static Counters read(KernelFiles files) {
    long[] ticks = ticks(files);
    return new Counters(
        ticks.length < SUMMED ? null : (Long) ticks[STEAL],
        ticks.length < SUMMED ? null : (Long) (ticks[IRQ] + ticks[SOFTIRQ]),
        ticks.length < SUMMED ? null : (Long) Arrays.stream(ticks).limit(SUMMED).sum(),
        pressure(files, "cpu"),
        pressure(files, "memory"),
        pressure(files, "io"),
        throttling(files, "nr_throttled", 1, "nr_throttled"),
        throttling(files, "throttled_time", 1_000, "throttled_usec"),
        thermalThrottles(files),
        stat(files, "ctxt").map(Long::valueOf).orElse(null));
  }

  private static long[] ticks(KernelFiles files) {
    return stat(files, "cpu").stream()
        .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private static Optional<String> stat(KernelFiles files, String name) {
    return files
        .lines("proc/stat")
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .findFirst();
  }

  private static @Nullable Long pressure(KernelFiles files, String resource) {
    return files
        .lines("proc/pressure/" + resource)
        .map(PRESSURE::matcher)
        .filter(Matcher::matches)
        .map(line -> Long.valueOf(line.group(1)))
        .findFirst()
        .orElse(null);
  }

  /** Of every cgroup up to the root: a quota further up stops this process just as well. */
  private static @Nullable Long throttling(
      KernelFiles files, String version1, long scale, String version2) {
    OptionalLong sum =
        files.cgroups("cpu").stream()
            .flatMap(group -> files.lines(group + "/cpu.stat"))
            .map(line -> line.split(" "))
            .filter(pair -> pair.length == 2)
            .flatMapToLong(pair -> {
              if (pair[0].equals(version1)) {
                return LongStream.of(Long.parseLong(pair[1]));
              }
              return pair[0].equals(version2)
                  ? LongStream.of(Long.parseLong(pair[1]) * scale)
                  : LongStream.empty();
            })
            .reduce(Long::sum);
    return sum.isPresent() ? (Long) sum.getAsLong() : null;
  }

  private static @Nullable Long thermalThrottles(KernelFiles files) {
    OptionalLong sum =
        files.names(KernelFiles.CPUS, "cpu\\d+").stream()
            .flatMap(cpu ->
                List.of("core_throttle_count", "package_throttle_count").stream()
                    .map(count -> KernelFiles.CPUS + "/" + cpu + "/thermal_throttle/" + count))
            .flatMap(file -> files.number(file).stream())
            .mapToLong(Long::longValue)
            .reduce(Long::sum);
    return sum.isPresent() ? (Long) sum.getAsLong() : null;
  }

  /**
   * What happened since an earlier reading: {@code steal_share} and {@code irq_share} of all
   * processor time; {@code pressure_cpu_share}, {@code pressure_memory_share} and {@code
   * pressure_io_share} of the wall time; {@code throttled_periods}, {@code throttled_seconds},
   * {@code thermal_throttles}, {@code context_switches}. What the host does not count is left out.
   *
   * @param seconds wall time between the two readings
   * @throws IllegalArgumentException if it is not positive
   */
  public Map<String, Double> since(Counters earlier, double seconds) {
    if (!(seconds > 0)) {
      throw new IllegalArgumentException(
          "%s s between two readings of the counters: it must be above 0".formatted(seconds));
    }
    Map<String, Double> changes = new LinkedHashMap<>();
    BiConsumer<String, @Nullable Double> put =
        (name, value) -> {
          if (value != null) {
            changes.put(name, value);
          }
        };
    Double ticks = growth(totalTicks, earlier.totalTicks);
    if (ticks != null && ticks > 0) {
      put.accept("steal_share", over(growth(stealTicks, earlier.stealTicks), ticks));
      put.accept("irq_share", over(growth(irqTicks, earlier.irqTicks), ticks));
    }
    double micros = seconds * 1e6;
    put.accept(
        "pressure_cpu_share", over(growth(cpuPressureMicros, earlier.cpuPressureMicros), micros));
    put.accept(
        "pressure_memory_share",
        over(growth(memoryPressureMicros, earlier.memoryPressureMicros), micros));
    put.accept(
        "pressure_io_share", over(growth(ioPressureMicros, earlier.ioPressureMicros), micros));
    put.accept("throttled_periods", growth(throttledPeriods, earlier.throttledPeriods));
    put.accept("throttled_seconds", over(growth(throttledNanos, earlier.throttledNanos), 1e9));
    put.accept("thermal_throttles", growth(thermalThrottles, earlier.thermalThrottles));
    put.accept("context_switches", growth(contextSwitches, earlier.contextSwitches));
    return Map.copyOf(changes);
  }

  /** Some kernels count steal and pressure a little backwards; nothing happens less than never. */
  private static @Nullable Double growth(@Nullable Long now, @Nullable Long earlier) {
    return now == null || earlier == null ? null : (Double) (double) Math.max(0, now - earlier);
  }

  private static @Nullable Double over(@Nullable Double part, double whole) {
    return part == null ? null : (Double) (part / whole);
  }
}
