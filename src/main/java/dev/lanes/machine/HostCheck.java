package dev.lanes.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a host is fit to be measured on, before an attempt, and stayed so, after it. */
public final class HostCheck {

  /** Clocks that are monotonic and cheap to read, of bare metal and of the known hypervisors. */
  private static final Set<String> CLOCKSOURCES =
      Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "xen", "arch_sys_counter");

  /** Load of one minute for each core that a host may have before anything is measured. */
  private static final double LOAD_PER_CORE = 0.3;

  private static final long FREE_MEMORY_BYTES = 512L << 20;
  private static final long FREE_DISK_BYTES = 1L << 30;

  /** Whole seconds are told: a difference of one may be rounding. */
  private static final long CLOCK_STEP_SECONDS = 1;

  private final KernelFiles files;
  private final HostFacts host;
  private final ControlLimits limits;
  private final Path temporary;

  HostCheck(KernelFiles files, ControlLimits limits, Path temporary) {
    this.files = files;
    this.host = new HostFacts(files);
    this.limits = limits;
    this.temporary = temporary;
  }

  /**
   * What a check found.
   *
   * @param faults why figures of this attempt would be invalid
   * @param warnings what speaks against them
   * @param refuse whether the attempt should not be made at all
   * @param facts what was read, by name; null where the host does not tell
   */
  public record Findings(
      List<String> faults, List<String> warnings, boolean refuse, Map<String, Object> facts) {

    public Findings {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
      facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
  }

  Findings before(Sentinel.Reference reference, List<Sentinel.Reading> control, boolean loadIsOwn) {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, Object> facts = state();
    String clock = host.clocksource();
    if (clock != null && !CLOCKSOURCES.contains(clock)) {
      faults.add("the clock source is %s, not one of %s".formatted(clock, CLOCKSOURCES));
    }
    facts.put("load_is_own", loadIsOwn);
    if (!loadIsOwn) {
      checkLoad(warnings, facts);
    }
    checkRoom(warnings, facts);
    Double quota = host.cpuQuotaCores();
    if (quota != null) {
      warnings.add(say("a CPU quota of %.2f cores is in force", quota));
    }
    facts.put("notes", notes());
    boolean calm = checkControl(warnings, facts, reference, control);
    boolean bareMetal = host.virtualisation().filter("none"::equals).isPresent();
    return new Findings(faults, warnings, !calm && limits.refuses(bareMetal), facts);
  }

  Findings after(Findings before) {
    List<String> faults = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Map<String, Object> earlier = before.facts();
    Map<String, Object> facts = state();
    for (String fact : List.of("fingerprint", "boot_id", "clocksource")) {
      if (!Objects.equals(earlier.get(fact), facts.get(fact))) {
        faults.add("%s changed from %s to %s".formatted(fact, earlier.get(fact), facts.get(fact)));
      }
    }
    if (earlier.get("boot_seconds") instanceof Long then
        && facts.get("boot_seconds") instanceof Long now
        && Math.abs(now - then) > CLOCK_STEP_SECONDS) {
      faults.add("the clock of the day was set by %d s".formatted(now - then));
    }
    for (String knob : HostTuning.KNOBS) {
      if (!Objects.equals(earlier.get(knob), facts.get(knob))) {
        faults.add("%s changed from %s to %s".formatted(knob, earlier.get(knob), facts.get(knob)));
      }
    }
    grown(earlier, facts, "thermal_throttles")
        .ifPresent(times -> faults.add("the processor became too hot %d times".formatted(times)));
    grown(earlier, facts, "throttled_periods")
        .ifPresent(
            times -> warnings.add("a CPU quota stopped processes in %d periods".formatted(times)));
    checkLoadOfOthers(warnings, facts);
    return new Findings(faults, warnings, false, facts);
  }

  /**
   * What may make a host noisy and is for its owner to know. Whether it does is seen by the placebo
   * and the control workload.
   */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (host.governor() != null && !"performance".equals(host.governor())) {
      notes.add("the frequency governor is %s, not performance".formatted(host.governor()));
    }
    if (HostFacts.turbo(files).orElse(false)) {
      notes.add("turbo is on: the frequency depends on what other cores do");
    }
    return notes;
  }

  private Map<String, Object> state() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fingerprint", host.fingerprint());
    facts.put("boot_id", host.bootId());
    facts.put("boot_seconds", host.bootSeconds());
    facts.put("clocksource", host.clocksource());
    facts.put("load_1_minute", host.loadOfOneMinute());
    facts.put("cpu_quota_cores", host.cpuQuotaCores());
    facts.put("turbo", HostFacts.turbo(files).orElse(null));
    Counters counters = Counters.read(files);
    facts.put("throttled_periods", counters.throttledPeriods());
    facts.put("thermal_throttles", counters.thermalThrottles());
    facts.putAll(HostTuning.values(files));
    return facts;
  }

  private void checkLoad(List<String> warnings, Map<String, Object> facts) {
    Double load = host.loadOfOneMinute();
    Integer cores = host.onlineCores();
    if (load != null && cores != null && load > LOAD_PER_CORE * cores) {
      warnings.add(
          say("the load is %.2f, more than %.1f for each of %d cores", load, LOAD_PER_CORE, cores));
    }
  }

  /** After an attempt the load is its own too; beyond the cores it can only be others'. */
  private void checkLoadOfOthers(List<String> warnings, Map<String, Object> facts) {
    Double load = host.loadOfOneMinute();
    Integer cores = host.onlineCores();
    if (load != null && cores != null && load > (1 + LOAD_PER_CORE) * cores) {
      warnings.add(say("the load is %.2f on %d cores: more than the arms can use", load, cores));
    }
  }

  private void checkRoom(List<String> warnings, Map<String, Object> facts) {
    Long memory = host.availableMemoryBytes();
    facts.put("available_memory_bytes", memory);
    if (memory != null && memory < FREE_MEMORY_BYTES) {
      warnings.add(
          "%d MiB of memory are free, less than %d"
              .formatted(memory >> 20, FREE_MEMORY_BYTES >> 20));
    }
    Long disk = freeDisk();
    facts.put("free_disk_bytes", disk);
    if (disk != null && disk < FREE_DISK_BYTES) {
      warnings.add(
          "%d MiB are free in %s, less than %d"
              .formatted(disk >> 20, temporary, FREE_DISK_BYTES >> 20));
    }
  }

  private @Nullable Long freeDisk() {
    try {
      return Files.getFileStore(temporary).getUsableSpace();
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether the control workload stayed within its limits. */
  private boolean checkControl(
      List<String> warnings,
      Map<String, Object> facts,
      Sentinel.Reference reference,
      List<Sentinel.Reading> control) {
    double[] seconds = control.stream().mapToDouble(Sentinel.Reading::cpuSeconds).toArray();
    facts.put("control_readings", seconds.length);
    facts.put("reference_readings", reference.readings());
    if (seconds.length == 0) {
      facts.put("control_spread", null);
      facts.put("control_drift", null);
      facts.put("control_parallel_efficiency", null);
      warnings.add("no control workload was run");
      return true;
    }
    double median = Quantile.of(seconds, 0.5);
    double spread = (Quantile.of(seconds, 0.9) - Quantile.of(seconds, 0.1)) / median;
    double drift = Math.log(median / reference.cpuSeconds());
    facts.put("control_spread", spread);
    facts.put("control_drift", drift);
    if (spread > limits.spread()) {
      warnings.add(
          say(
              "the control workload spreads by %.1f %%, more than %.1f %%",
              100 * spread, 100 * limits.spread()));
    }
    if (Math.abs(drift) > limits.drift()) {
      warnings.add(
          say(
              "the control workload takes %.2f times its reference, more than %.2f or less than"
                  + " %.2f",
              Math.exp(drift), Math.exp(limits.drift()), Math.exp(-limits.drift())));
    }
    double efficiency =
        Quantile.of(
            control.stream().mapToDouble(Sentinel.Reading::parallelEfficiency).toArray(), 0.5);
    facts.put("control_parallel_efficiency", efficiency);
    if (efficiency < Disturbances.EFFICIENCY) {
      warnings.add(
          say(
              "all cores at once had %.0f %% of the speed of one, less than %.0f %%",
              100 * efficiency, 100 * Disturbances.EFFICIENCY));
    }
    return spread <= limits.spread() && Math.abs(drift) <= limits.drift();
  }

  private static Optional<Long> grown(
      Map<String, Object> earlier, Map<String, Object> now, String count) {
    return earlier.get(count) instanceof Long first
            && now.get(count) instanceof Long last
            && last > first
        ? Optional.of(last - first)
        : Optional.empty();
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
