package dev.lanes.worker;

import dev.lanes.catalog.Interpreter;
import dev.lanes.protocol.HostReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this host is, as far as it can be read. What cannot be read is null, never a guess.
 *
 * @param usableCores cores that the Java VM counts: affinity and quota included
 * @param onlineCores cores that the kernel has switched on
 * @param memoryBytes of the machine
 * @param architecture {@code x86_64}, {@code arm64}, …
 * @param cpuModel as the CPU names itself
 * @param kernel name and release: {@code Linux 6.1.0-44-amd64}
 * @param bootId changes at every boot
 * @param virtualisation {@code none}, or the product that the machine calls itself, or {@code
 *     hypervisor} where only the presence of one shows
 * @param cpuQuotaCores CPU seconds per second that the cgroup allows; null without a limit
 */
record HostFacts(
    int usableCores,
    @Nullable Integer onlineCores,
    @Nullable Long memoryBytes,
    String architecture,
    @Nullable String cpuModel,
    String kernel,
    @Nullable String hostname,
    @Nullable String bootId,
    @Nullable String virtualisation,
    @Nullable Double cpuQuotaCores) {

  /** Reads the files of the kernel below {@code root}, and asks the Java VM for the rest. */
  static HostFacts read(Path root) {
    return new HostFacts(
        Runtime.getRuntime().availableProcessors(),
        text(root, "sys/devices/system/cpu/online").map(HostFacts::countOf).orElse(null),
        field(root, "proc/meminfo", "MemTotal").map(HostFacts::bytesOf).orElse(null),
        architecture(System.getProperty("os.arch")),
        field(root, "proc/cpuinfo", "model name").orElse(null),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        text(root, "proc/sys/kernel/hostname").orElse(null),
        text(root, "proc/sys/kernel/random/boot_id").orElse(null),
        virtualisation(root).orElse(null),
        quota(root).orElse(null));
  }

  /** The facts as the server hears them; what could not be read is told as absent. */
  HostReport report(List<Interpreter> interpreters) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("online_cores", onlineCores);
    facts.put("cpu_model", cpuModel);
    facts.put("kernel", kernel);
    facts.put("hostname", hostname);
    facts.put("boot_id", bootId);
    facts.put("virtualisation", virtualisation);
    facts.put("cpu_quota_cores", cpuQuotaCores);
    return new HostReport(usableCores, memoryBytes, architecture, facts, interpreters);
  }

  private static String architecture(String osArch) {
    return switch (osArch) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm64";
      default -> osArch;
    };
  }

  /** The kernel's list of CPUs: {@code 0-3,8,10-11} counts seven. */
  private static Integer countOf(String cpus) {
    return Stream.of(cpus.split(","))
        .map(range -> range.split("-"))
        .mapToInt(ends -> 1 + Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]))
        .sum();
  }

  private static Long bytesOf(String kibibytes) {
    return Long.parseLong(kibibytes.replace(" kB", "")) * 1024;
  }

  /** Only x86 says in its flags whether a hypervisor is there; elsewhere it stays unknown. */
  private static Optional<String> virtualisation(Path root) {
    return field(root, "proc/cpuinfo", "flags")
        .map(flags ->
            (" " + flags + " ").contains(" hypervisor ")
                ? text(root, "sys/class/dmi/id/product_name").orElse("hypervisor")
                : "none");
  }

  /** The tightest limit from the cgroup of this process up to the root of its tree. */
  private static Optional<Double> quota(Path root) {
    return lines(root, "proc/self/cgroup")
        .map(line -> line.split(":", 3))
        .flatMap(entry ->
            switch (entry[1]) {
              case "" -> upwards(entry[2]).flatMap(group -> quotaOfVersion2(root, group));
              case "cpu", "cpu,cpuacct", "cpuacct,cpu" ->
                  upwards(entry[2]).flatMap(group -> quotaOfVersion1(root, group));
              default -> Stream.empty();
            })
        .min(Double::compare);
  }

  private static Stream<Path> upwards(String group) {
    return Stream.iterate(Path.of(group), Objects::nonNull, Path::getParent);
  }

  private static Stream<Double> quotaOfVersion2(Path root, Path group) {
    return text(root, "sys/fs/cgroup" + group + "/cpu.max").stream()
        .filter(limit -> !limit.startsWith("max"))
        .map(limit -> limit.split(" "))
        .map(limit -> Double.parseDouble(limit[0]) / Double.parseDouble(limit[1]));
  }

  private static Stream<Double> quotaOfVersion1(Path root, Path group) {
    String folder = "sys/fs/cgroup/cpu" + group;
    return text(root, folder + "/cpu.cfs_quota_us").map(Double::valueOf).stream()
        .filter(quota -> quota > 0)
        .flatMap(quota ->
            text(root, folder + "/cpu.cfs_period_us").stream()
                .map(period -> quota / Double.parseDouble(period)));
  }

  private static Optional<String> field(Path root, String file, String name) {
    return lines(root, file)
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
        .map(pair -> pair[1].strip())
        .findFirst();
  }

  private static Optional<String> text(Path root, String file) {
    return lines(root, file).map(String::strip).filter(line -> !line.isEmpty()).findFirst();
  }

  private static Stream<String> lines(Path root, String file) {
    try {
      return Files.readAllLines(root.resolve(file)).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
