package dev.lanes.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CPUs of a comparison group and what keeps its processes on them: a cgroup of its own where
 * the kernel lets us make one, else the affinity that {@code taskset} gives, else nothing.
 */
public final class Placement implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Placement.class);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** On fewer, leaving a core to the system would leave too little to measure on. */
  private static final int CPUS_TO_SHARE = 4;

  private static final int REMOVALS = 10;
  private static final Duration BETWEEN_REMOVALS = Duration.ofMillis(20);

  // $0 is the list of the cgroup's processes. Shells add to the environment by themselves; bash
  // keeps a SHLVL in any case.
  private static final String ENTER = "echo $$ > \"$0\" && unset PWD OLDPWD SHLVL && exec \"$@\"";

  private enum Mechanism {
    CPUSET,
    AFFINITY,
    NONE
  }

  private final KernelFiles files;
  private final Choice choice;
  private final List<String> whyNotBetter = new ArrayList<>();
  private Mechanism mechanism = Mechanism.NONE;
  private @Nullable Path cgroup;
  private @Nullable Integer version;
  private @Nullable String taskset;

  private Placement(KernelFiles files, Choice choice) {
    this.files = files;
    this.choice = choice;
  }

  /**
   * What was chosen.
   *
   * @param allowed what this process may use
   * @param cpus part of it
   * @param nodes NUMA nodes that they belong to; empty where it is not told
   * @param leavesCore whether a core is left to the system
   * @param cores how many it was asked for; null for all
   */
  private record Choice(
      CpuList allowed, CpuList cpus, CpuList nodes, boolean leavesCore, @Nullable Integer cores) {

    static Choice of(
        KernelFiles files, int threads, boolean onlySequential, @Nullable Integer cores) {
      CpuList allowed = files.allowedCpus();
      CpuList cpus = allowed;
      CpuList others =
          allowed.isEmpty() ? allowed : allowed.remove(core(files, allowed.numbers().getFirst()));
      int wanted = cores == null ? threads : cores;
      // Taking a core from arms that want them all would bend the end of every scaling curve.
      boolean leavesCore = allowed.size() >= CPUS_TO_SHARE && others.size() >= wanted;
      if (leavesCore) {
        cpus = others;
        cpus =
            nodes(files)
                .map(cpus::retain)
                .filter(node -> node.size() >= wanted)
                .max((one, other) -> one.size() - other.size())
                .orElse(cpus);
      }
      cpus = cpus.last(onlySequential ? 1 : cores == null ? cpus.size() : cores);
      return new Choice(allowed, cpus, nodesOf(files, cpus), leavesCore, cores);
    }

    private static CpuList core(KernelFiles files, int cpu) {
      CpuList siblings =
          files.cpus(KernelFiles.CPUS + "/cpu%d/topology/thread_siblings_list".formatted(cpu));
      return siblings.isEmpty() ? new CpuList(List.of(cpu)) : siblings;
    }

    private static Stream<CpuList> nodes(KernelFiles files) {
      return nodeNumbers(files).map(node -> cpusOfNode(files, node));
    }

    private static CpuList nodesOf(KernelFiles files, CpuList cpus) {
      return new CpuList(
          nodeNumbers(files)
              .filter(node -> !cpusOfNode(files, node).retain(cpus).isEmpty())
              .toList());
    }

    private static Stream<Integer> nodeNumbers(KernelFiles files) {
      return files.names("sys/devices/system/node", "node\\d+").stream()
          .map(name -> Integer.valueOf(name.substring("node".length())));
    }

    private static CpuList cpusOfNode(KernelFiles files, int node) {
      return files.cpus("sys/devices/system/node/node%d/cpulist".formatted(node));
    }
  }

  static Placement of(
      KernelFiles files, int threads, boolean onlySequential, @Nullable Integer cores) {
    Placement placement = new Placement(files, Choice.of(files, threads, onlySequential, cores));
    placement.establish();
    return placement;
  }

  private void establish() {
    if (choice.cpus.isEmpty()) {
      whyNotBetter.add("the host does not tell its CPUs");
      return;
    }
    try {
      enterable();
      mechanism = Mechanism.CPUSET;
      return;
    } catch (IOException e) {
      whyNotBetter.add("cpuset: " + e.getMessage());
      removeCgroup();
    }
    Optional<Path> program = program("taskset");
    if (program.isPresent()) {
      taskset = program.get().toString();
      mechanism = Mechanism.AFFINITY;
    } else {
      whyNotBetter.add("affinity: no taskset on the PATH");
    }
  }

  /** Makes a cgroup with the chosen CPUs that processes can enter. */
  private void enterable() throws IOException {
    boolean second = files.isVersion2("cpuset");
    Path parent =
        files.cgroups("cpuset").stream()
            .map(files::path)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(() -> new IOException("no cgroup of this process has one"));
    if (second) {
      handOn(parent);
    }
    removeLeftovers(parent);
    Path made =
        parent.resolve(
            "lanes-%d-%d".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet()));
    try {
      Files.createDirectory(made);
    } catch (IOException e) {
      throw new IOException("%s cannot be made (%s)".formatted(made, name(e)), e);
    }
    cgroup = made;
    version = second ? 2 : 1;
    set(made, "cpuset.cpus", choice.cpus.toString());
    set(made, "cpuset.mems", memoryNodes(parent, second));
    CpuList effective =
        files.cpus(made.resolve(second ? "cpuset.cpus.effective" : "cpuset.effective_cpus"));
    if (!effective.isEmpty() && !effective.equals(choice.cpus)) {
      throw new IOException("the kernel gave CPUs %s, not %s".formatted(effective, choice.cpus));
    }
  }

  /** Version 1 begins with no memory node at all, and refuses processes then. */
  private String memoryNodes(Path parent, boolean second) throws IOException {
    CpuList usable = files.cpus(parent.resolve(second ? "cpuset.mems.effective" : "cpuset.mems"));
    CpuList nodes = usable.isEmpty() ? choice.nodes : choice.nodes.retain(usable);
    CpuList chosen = nodes.isEmpty() ? usable : nodes;
    if (chosen.isEmpty()) {
      throw new IOException("the host does not tell its memory nodes");
    }
    return chosen.toString();
  }

  /**
   * In version 2 a cgroup passes a controller on only when told so, and not with processes in it.
   */
  private void handOn(Path parent) throws IOException {
    List<String> controllers = words(parent.resolve("cgroup.controllers"));
    if (!controllers.contains("cpuset")) {
      throw new IOException("%s is not given the controller cpuset".formatted(parent));
    }
    if (!words(parent.resolve("cgroup.subtree_control")).contains("cpuset")) {
      set(parent, "cgroup.subtree_control", "+cpuset");
    }
  }

  private static List<String> words(Path file) throws IOException {
    try {
      return List.of(Files.readString(file).strip().split("\\s+"));
    } catch (IOException e) {
      throw new IOException("%s cannot be read (%s)".formatted(file, name(e)), e);
    }
  }

  private static void set(Path folder, String file, String value) throws IOException {
    try {
      Files.writeString(
          folder.resolve(file), value, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be set to %s (%s)".formatted(folder.resolve(file), value, name(e)), e);
    }
  }

  private static String name(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** Of workers that were killed. */
  private void removeLeftovers(Path parent) {
    for (String name :
        files.names(files.root().relativize(parent).toString(), "lanes-\\d{1,10}-\\d+")) {
      long owner = Long.parseLong(name.split("-")[1]);
      if (ProcessHandle.of(owner).isEmpty()) {
        removeLeftover(parent.resolve(name));
      }
    }
  }

  private Optional<Path> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> files.path(folder).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** CPUs that an arm's processes may use: all of the worker's where nothing could be set. */
  public List<Integer> cpus() {
    return (mechanism == Mechanism.NONE ? choice.allowed : choice.cpus).numbers();
  }

  /**
   * The command that runs another one in this place. It replaces itself: the process id stays the
   * same, and the environment too, but for a SHLVL where {@code /bin/sh} is bash.
   */
  public List<String> wrap(List<String> command) {
    List<String> wrapped = new ArrayList<>();
    Path entered = cgroup;
    String program = taskset;
    if (entered != null) {
      wrapped.addAll(List.of("/bin/sh", "-c", ENTER, entered.resolve("cgroup.procs").toString()));
    } else if (program != null) {
      wrapped.addAll(List.of(program, "-c", choice.cpus.toString()));
    }
    wrapped.addAll(command);
    return List.copyOf(wrapped);
  }

  /** Whether a process that read back its allowed CPUs is where it belongs. */
  public boolean holds(List<Integer> readBack) {
    return new HashSet<>(readBack).equals(new HashSet<>(cpus()));
  }

  /**
   * What makes figures from here wrong: a profile with so many cores means those, and figures from
   * more of them would be told as figures of so many.
   */
  public List<String> faults() {
    Integer cores = choice.cores;
    int allowed = choice.allowed.size();
    String fault = null;
    if (cores == null || cores == allowed) {
      return List.of();
    } else if (allowed == 0) {
      fault = "this host does not tell its CPUs";
    } else if (allowed < cores) {
      fault = "this worker may use %d CPUs".formatted(allowed);
    } else if (mechanism == Mechanism.NONE) {
      fault = "nothing keeps processes to so many: " + String.join("; ", whyNotBetter);
    }
    return fault == null
        ? List.of()
        : List.of("the hardware profile has %d cores, but %s".formatted(cores, fault));
  }

  /** What is in force, and why nothing better is. */
  public Map<String, Object> facts() {
    HostFacts host = new HostFacts(files);
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("version", version);
    group.put("path", cgroup == null ? null : cgroup.toString());
    group.put("cpu_quota_cores", host.cpuQuotaCores());
    group.put("memory_limit_bytes", memoryLimit());
    List<String> status =
        List.of(files.text("proc/self/stat").orElse("").replaceFirst(".*\\) ", "").split(" "));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("mechanism", mechanism.name().toLowerCase(Locale.ROOT));
    facts.put(
        "isolation", choice.leavesCore && mechanism != Mechanism.NONE ? "system_core" : "none");
    facts.put("cpus", cpus());
    facts.put("cores_of_profile", choice.cores);
    facts.put("worker_cpus", choice.allowed.numbers());
    facts.put("numa_nodes", choice.nodes.isEmpty() ? null : choice.nodes.numbers());
    facts.put("cgroup", group);
    // proc(5): fields 19 and 41, counted from the third.
    facts.put("nice", status.size() > 38 ? status.get(16) : null);
    facts.put("scheduling_policy", status.size() > 38 ? status.get(38) : null);
    facts.put("limits", limits());
    facts.put("why_not_better", List.copyOf(whyNotBetter));
    return facts;
  }

  private @Nullable Long memoryLimit() {
    return files.cgroups("memory").stream()
        .flatMap(folder ->
            Stream.of("memory.max", "memory.limit_in_bytes")
                .flatMap(file -> files.number(folder + "/" + file).stream()))
        // Version 1 says "none" with the largest number of pages.
        .filter(limit -> limit < Long.MAX_VALUE / 2)
        .min(Long::compare)
        .orElse(null);
  }

  private @Nullable Map<String, String> limits() {
    Map<String, String> limits = new LinkedHashMap<>();
    files
        .lines("proc/self/limits")
        .skip(1)
        .map(line -> line.split("\\s{2,}"))
        .filter(columns -> columns.length >= 3)
        .forEach(columns -> limits.put(columns[0], columns[1]));
    return limits.isEmpty() ? null : limits;
  }

  /** Removes its cgroup; end its processes before. */
  @Override
  public void close() {
    removeCgroup();
  }

  /** The kernel needs a moment to forget a process that has just ended. */
  private void removeCgroup() {
    Path made = cgroup;
    cgroup = null;
    for (int tries = 1; made != null && tries <= REMOVALS; tries++) {
      try {
        Files.deleteIfExists(made);
        return;
      } catch (IOException e) {
        if (tries == REMOVALS) {
          log.warn("{} stays, and goes with a later start: {}", made, name(e));
        }
        LockSupport.parkNanos(BETWEEN_REMOVALS.toNanos());
      }
    }
  }

  private static void removeLeftover(Path cgroup) {
    try {
      Files.deleteIfExists(cgroup);
    } catch (IOException e) {
      log.warn("{} of a worker that is gone stays: {}", cgroup, name(e));
    }
  }
}
