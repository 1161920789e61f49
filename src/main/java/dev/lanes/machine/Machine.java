package dev.lanes.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine that is measured on. Everything is read from the files of the kernel below a root, so
 * that a folder can stand in for another machine.
 */
public final class Machine {

  private final KernelFiles files;
  private final HostFacts facts;
  private final HostCheck check;

  private Machine(KernelFiles files, ControlLimits limits, Path temporary) {
    this.files = files;
    this.facts = new HostFacts(files);
    this.check = new HostCheck(files, limits, temporary);
  }

  /**
   * The machine below a root, {@code /} for this one, with the usual limits.
   *
   * @throws IllegalArgumentException if the root is relative: a child process could not find it
   */
  public static Machine at(Path root) {
    return at(root, ControlLimits.DEFAULT, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Likewise with other limits.
   *
   * @param temporary folder in which processes are measured
   */
  public static Machine at(Path root, ControlLimits limits, Path temporary) {
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException(
          "%s: the root of a machine's files must be absolute".formatted(root));
    }
    return new Machine(new KernelFiles(root), limits, temporary);
  }

  /** Facts by name, with the fingerprint; null is what this machine does not tell. */
  public Map<String, Object> facts() {
    return facts.all();
  }

  /** SHA-256 in hex over the facts that only another machine or kernel changes. */
  public String fingerprint() {
    return facts.fingerprint();
  }

  /** Cores that the Java VM counts: affinity and quota included. */
  public int usableCores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Physical memory; null where it cannot be read. */
  public @Nullable Long memoryBytes() {
    return facts.memoryBytes();
  }

  /** {@code x86_64}, {@code arm64}, … */
  public String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  /** What the kernel has counted up to now. */
  public Counters counters() {
    return Counters.read(files);
  }

  /**
   * Chooses CPUs for all arms of a group and prepares what keeps their processes there.
   *
   * @param threads the most that an arm of the group runs at once
   * @param onlySequential whether no arm runs more than one thread
   */
  public Placement place(int threads, boolean onlySequential) {
    return Placement.of(files, threads, onlySequential, null);
  }

  /**
   * Likewise on so many CPUs only, as on a host that has no more.
   *
   * @param cores at least 1; where the worker may use fewer, on those
   */
  public Placement place(int threads, boolean onlySequential, int cores) {
    return Placement.of(files, threads, onlySequential, cores);
  }

  /**
   * Checks the host before an attempt.
   *
   * @param control readings of the sentinel one after the other, about twenty
   */
  public HostCheck.Findings preflight(
      Sentinel.Reference reference, List<Sentinel.Reading> control) {
    return check.before(reference, control, false);
  }

  /**
   * Likewise.
   *
   * @param loadIsOwn whether the load average is that of an attempt that has just ended: then it
   *     tells nothing about others
   */
  public HostCheck.Findings preflight(
      Sentinel.Reference reference, List<Sentinel.Reading> control, boolean loadIsOwn) {
    return check.before(reference, control, loadIsOwn);
  }

  /** Checks the host after an attempt against what was found before it. */
  public HostCheck.Findings endcheck(HostCheck.Findings before) {
    return check.after(before);
  }
}
