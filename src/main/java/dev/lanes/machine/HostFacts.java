package dev.lanes.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this host is, as far as it can be read. What cannot be read is null, never a guess. */
final class HostFacts {

  private static final String POLICY = KernelFiles.CPUS + "/cpufreq/policy0/";

  private final KernelFiles files;

  HostFacts(KernelFiles files) {
    this.files = files;
  }

  /** Everything, with the fingerprint. */
  Map<String, Object> all() {
    Map<String, Object> facts = new LinkedHashMap<>(stable());
    facts.put("fingerprint", fingerprint());
    facts.put("online_cores", onlineCores());
    facts.put("os", os());
    facts.put("hostname", text("proc/sys/kernel/hostname"));
    facts.put("boot_id", bootId());
    facts.put("board_vendor", text("sys/class/dmi/id/sys_vendor"));
    facts.put("board_product", text("sys/class/dmi/id/product_name"));
    facts.put("cpu_quota_cores", cpuQuotaCores());
    putProcessorState(facts);
    putKernelSettings(facts);
    putMoment(facts);
    return facts;
  }

  /** SHA-256 over what only another machine, kernel or start of the kernel changes. */
  String fingerprint() {
    return sha256(new TreeMap<>(stable()).toString());
  }

  /** Processors count as present, online or not: tuning switches some of them off. */
  private Map<String, Object> stable() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cpu_model", cpu("model name"));
    facts.put("cpu_family", cpu("cpu family"));
    facts.put("cpu_model_number", cpu("model"));
    facts.put("cpu_stepping", cpu("stepping"));
    facts.put("microcode", cpu("microcode"));
    facts.put("present_cpus", text(KernelFiles.CPUS + "/present"));
    facts.put("sockets", sockets());
    facts.put("cores_per_socket", cpu("cpu cores"));
    facts.put("caches", caches());
    facts.put("numa_nodes", text("sys/devices/system/node/online"));
    facts.put("memory_bytes", memoryBytes());
    facts.put("virtualisation", virtualisation().orElse(null));
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("kernel_build", text("proc/sys/kernel/version"));
    // Only its digest: there are systems that hand secrets over on it.
    facts.put(
        "kernel_command_line_sha256",
        files.text("proc/cmdline").map(HostFacts::sha256).orElse(null));
    return facts;
  }

  private void putProcessorState(Map<String, Object> facts) {
    facts.put("smt_control", text(KernelFiles.CPUS + "/smt/control"));
    facts.put("smt_active", number(KernelFiles.CPUS + "/smt/active"));
    facts.put("mitigations", mitigations());
    facts.put("frequency_driver", text(POLICY + "scaling_driver"));
    facts.put("governor", text(POLICY + "scaling_governor"));
    facts.put("min_frequency_khz", number(POLICY + "scaling_min_freq"));
    facts.put("max_frequency_khz", number(POLICY + "scaling_max_freq"));
    facts.put("current_frequency_khz", number(POLICY + "scaling_cur_freq"));
    facts.put("turbo", turbo(files).orElse(null));
    facts.put("idle_driver", text(KernelFiles.CPUS + "/cpuidle/current_driver"));
    facts.put("idle_governor", text(KernelFiles.CPUS + "/cpuidle/current_governor"));
    facts.put("isolated_cpus", text(KernelFiles.CPUS + "/isolated"));
    facts.put("nohz_full_cpus", text(KernelFiles.CPUS + "/nohz_full"));
    facts.put("rcu_nocbs_cpus", bootParameter("rcu_nocbs"));
  }

  private void putKernelSettings(Map<String, Object> facts) {
    facts.put("clocksource", clocksource());
    facts.put("transparent_hugepages", text("sys/kernel/mm/transparent_hugepage/enabled"));
    for (String setting :
        List.of(
            "vm/swappiness",
            "vm/overcommit_memory",
            "kernel/randomize_va_space",
            "kernel/perf_event_paranoid",
            "kernel/sched_autogroup_enabled",
            "kernel/sched_rt_runtime_us",
            "kernel/numa_balancing",
            "kernel/nmi_watchdog")) {
      facts.put(setting.substring(setting.indexOf('/') + 1), number("proc/sys/" + setting));
    }
  }

  private void putMoment(Map<String, Object> facts) {
    List<String> load = List.of(files.text("proc/loadavg").orElse("").split(" "));
    facts.put("load_1_minute", load.size() < 4 ? null : (Double) Double.parseDouble(load.get(0)));
    facts.put("load_5_minutes", load.size() < 4 ? null : (Double) Double.parseDouble(load.get(1)));
    facts.put("load_15_minutes", load.size() < 4 ? null : (Double) Double.parseDouble(load.get(2)));
    facts.put("runnable_threads", load.size() < 4 ? null : load.get(3).replaceFirst("/.*", ""));
    facts.put(
        "uptime_seconds",
        files
            .text("proc/uptime")
            .map(text -> Double.valueOf(text.replaceFirst(" .*", "")))
            .orElse(null));
    facts.put("temperature_celsius", temperature());
    facts.put("mains_online", supply("online"));
    facts.put("battery_status", supply("status"));
  }

  @Nullable Integer onlineCores() {
    CpuList online = files.cpus(KernelFiles.CPUS + "/online");
    return online.isEmpty() ? null : (Integer) online.size();
  }

  @Nullable Long memoryBytes() {
    return kibibytes("MemTotal");
  }

  @Nullable Long availableMemoryBytes() {
    return kibibytes("MemAvailable");
  }

  @Nullable String bootId() {
    return text("proc/sys/kernel/random/boot_id");
  }

  @Nullable String clocksource() {
    return text("sys/devices/system/clocksource/clocksource0/current_clocksource");
  }

  @Nullable Double loadOfOneMinute() {
    return files.text("proc/loadavg").map(text -> Double.valueOf(text.split(" ")[0])).orElse(null);
  }

  @Nullable String governor() {
    return text(POLICY + "scaling_governor");
  }

  /**
   * When this boot began, by the clock of the day, in seconds since 1970: moves with that clock.
   */
  @Nullable Long bootSeconds() {
    return files
        .lines("proc/stat")
        .filter(line -> line.startsWith("btime "))
        .map(line -> Long.valueOf(line.substring("btime ".length()).strip()))
        .findFirst()
        .orElse(null);
  }

  /** Only x86 says in its flags whether a hypervisor is there; elsewhere it stays unknown. */
  Optional<String> virtualisation() {
    return files
        .field("proc/cpuinfo", "flags")
        .map(flags ->
            (" " + flags + " ").contains(" hypervisor ")
                ? files.text("sys/class/dmi/id/product_name").orElse("hypervisor")
                : "none");
  }

  /** The tightest CPU quota from the cgroup of this process up to the root, in cores. */
  @Nullable Double cpuQuotaCores() {
    return files.cgroups("cpu").stream()
        .flatMap(group -> Stream.concat(quotaOfVersion2(group), quotaOfVersion1(group)))
        .min(Double::compare)
        .orElse(null);
  }

  private Stream<Double> quotaOfVersion2(String group) {
    return files.text(group + "/cpu.max").stream()
        .filter(limit -> !limit.startsWith("max"))
        .map(limit -> limit.split(" "))
        .map(limit -> Double.parseDouble(limit[0]) / Double.parseDouble(limit[1]));
  }

  private Stream<Double> quotaOfVersion1(String group) {
    return files.number(group + "/cpu.cfs_quota_us").stream()
        .filter(quota -> quota > 0)
        .flatMap(quota ->
            files.number(group + "/cpu.cfs_period_us").stream()
                .map(period -> (double) quota / period));
  }

  /** Whether the processor may run above its nominal frequency. */
  static Optional<Boolean> turbo(KernelFiles files) {
    return files
        .number(KernelFiles.CPUS + "/intel_pstate/no_turbo")
        .map(off -> off == 0)
        .or(() -> files.number(KernelFiles.CPUS + "/cpufreq/boost").map(on -> on == 1));
  }

  private @Nullable Long sockets() {
    long packages =
        files.names(KernelFiles.CPUS, "cpu\\d+").stream()
            .flatMap(cpu ->
                files.text(KernelFiles.CPUS + "/" + cpu + "/topology/physical_package_id").stream())
            .distinct()
            .count();
    return packages == 0 ? null : (Long) packages;
  }

  private @Nullable Map<String, String> caches() {
    String folder = KernelFiles.CPUS + "/cpu0/cache";
    Map<String, String> caches = new TreeMap<>();
    for (String index : files.names(folder, "index\\d+")) {
      String cache = folder + "/" + index;
      Optional<String> size = files.text(cache + "/size");
      size.ifPresent(text ->
          caches.put(
              "L%s %s"
                  .formatted(
                      files.text(cache + "/level").orElse("?"),
                      files.text(cache + "/type").orElse("?")),
              text));
    }
    return caches.isEmpty() ? null : caches;
  }

  private @Nullable Map<String, String> mitigations() {
    String folder = KernelFiles.CPUS + "/vulnerabilities";
    Map<String, String> mitigations = new TreeMap<>();
    for (String name : files.names(folder, "\\w+")) {
      files.text(folder + "/" + name).ifPresent(state -> mitigations.put(name, state));
    }
    return mitigations.isEmpty() ? null : mitigations;
  }

  private @Nullable String bootParameter(String name) {
    return files.text("proc/cmdline").stream()
        .flatMap(line -> Stream.of(line.split(" ")))
        .filter(parameter -> parameter.startsWith(name + "="))
        .map(parameter -> parameter.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  /** Of the hottest zone. */
  private @Nullable Double temperature() {
    return files.names("sys/class/thermal", "thermal_zone\\d+").stream()
        .flatMap(zone -> files.number("sys/class/thermal/" + zone + "/temp").stream())
        .map(milli -> milli / 1000.0)
        .max(Double::compare)
        .orElse(null);
  }

  /** Name and version of the distribution, whose libraries every interpreter uses. */
  private @Nullable String os() {
    return files
        .lines("etc/os-release")
        .filter(line -> line.startsWith("PRETTY_NAME="))
        .map(line -> line.substring("PRETTY_NAME=".length()).strip().replace("\"", ""))
        .findFirst()
        .orElse(null);
  }

  private @Nullable String supply(String property) {
    return files.names("sys/class/power_supply", ".+").stream()
        .flatMap(name -> files.text("sys/class/power_supply/" + name + "/" + property).stream())
        .findFirst()
        .orElse(null);
  }

  private @Nullable Long kibibytes(String name) {
    return files
        .field("proc/meminfo", name)
        .filter(text -> text.matches("\\d{1,15} kB"))
        .map(text -> Long.parseLong(text.replace(" kB", "")) * 1024)
        .orElse(null);
  }

  private @Nullable String cpu(String name) {
    return files.field("proc/cpuinfo", name).orElse(null);
  }

  private @Nullable String text(String file) {
    return files.text(file).orElse(null);
  }

  private @Nullable Long number(String file) {
    return files.number(file).orElse(null);
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
