package dev.lanes.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of the machine that make it steadier, for as long as something is measured. The old
 * values are in a journal on disk before anything is changed, and come back at the end, or at the
 * next start of a worker that was killed. The randomisation of addresses stays on: switched off, it
 * would turn one lucky layout into a bias that no repetition removes.
 */
public final class HostTuning implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HostTuning.class);

  /** Names of what is set, as facts call them. */
  static final List<String> KNOBS =
      List.of("knob_governor", "knob_turbo", "knob_transparent_hugepages", "knob_smt");

  private final KernelFiles files;
  private final @Nullable Path journal;
  private final Map<String, Object> before;
  private final Map<String, String> whyNot = new LinkedHashMap<>();

  private HostTuning(KernelFiles files, @Nullable Path journal) {
    this.files = files;
    this.journal = journal;
    this.before = values(files);
  }

  /**
   * A setting that one file or several of them hold.
   *
   * @param name as in {@link #KNOBS}
   * @param paths below the root; empty where the host has none
   * @param wanted value to write
   * @param obstacle why it is not set here; null where it can be
   */
  private record Knob(String name, List<String> paths, String wanted, @Nullable String obstacle) {}

  /** SMT last: the processors that it switches off take their other settings with them. */
  private static List<Knob> knobs(KernelFiles files) {
    return List.of(
        governor(files),
        turbo(files),
        knob(
            files,
            "knob_transparent_hugepages",
            "sys/kernel/mm/transparent_hugepage/enabled",
            "madvise"),
        smt(files));
  }

  private static Knob governor(KernelFiles files) {
    String folder = KernelFiles.CPUS + "/cpufreq";
    List<String> policies =
        files.names(folder, "policy\\d+").stream()
            .map(policy -> folder + "/" + policy + "/scaling_governor")
            .filter(file -> files.text(file).isPresent())
            .toList();
    return new Knob(
        "knob_governor", policies, "performance", policies.isEmpty() ? absent(folder) : null);
  }

  private static Knob turbo(KernelFiles files) {
    String intel = KernelFiles.CPUS + "/intel_pstate/no_turbo";
    return files.text(intel).isPresent()
        ? knob(files, "knob_turbo", intel, "1")
        : knob(files, "knob_turbo", KernelFiles.CPUS + "/cpufreq/boost", "0");
  }

  private static Knob smt(KernelFiles files) {
    String file = KernelFiles.CPUS + "/smt/control";
    Knob knob = knob(files, "knob_smt", file, "off");
    String state = files.text(file).orElse("");
    String obstacle = knob.obstacle;
    if (obstacle == null && !state.equals("on") && !state.equals("off")) {
      obstacle = "the host says " + state;
    } else if (obstacle == null && !files.isVersion2("cpuset")) {
      // cgroup-v1/cpusets: a processor that goes leaves every cpuset for good.
      obstacle = "cpusets of version 1 would not get the processors back";
    }
    return new Knob(knob.name, knob.paths, knob.wanted, obstacle);
  }

  private static Knob knob(KernelFiles files, String name, String file, String wanted) {
    boolean there = files.text(file).isPresent();
    return new Knob(name, there ? List.of(file) : List.of(), wanted, there ? null : absent(file));
  }

  private static String absent(String file) {
    return "the host has no /" + file;
  }

  /** Changes nothing. */
  public static HostTuning none() {
    return new HostTuning(new KernelFiles(Path.of("/")), null);
  }

  /**
   * Sets what can be set. What an earlier start left is restored before.
   *
   * @param journal file that keeps the old values meanwhile
   * @throws IOException if the journal cannot be written; nothing is changed then that is not in it
   */
  public static HostTuning apply(Path root, Path journal) throws IOException {
    restore(root, journal);
    KernelFiles files = new KernelFiles(root);
    HostTuning tuning = new HostTuning(files, journal);
    for (Knob knob : knobs(files)) {
      if (knob.obstacle != null) {
        tuning.whyNot.put(knob.name, knob.obstacle);
      } else {
        tuning.set(new TuningJournal(journal), knob);
      }
    }
    return tuning;
  }

  private void set(TuningJournal entries, Knob knob) throws IOException {
    for (String file : knob.paths) {
      String old = chosen(files.text(file).orElse(""));
      if (old.equals(knob.wanted)) {
        continue;
      }
      if (!Files.isWritable(files.path(file))) {
        whyNot.put(knob.name, "this user may not write /" + file);
        return;
      }
      entries.add(new TuningJournal.Entry(file, old, knob.wanted));
      try {
        write(files, file, knob.wanted);
      } catch (IOException e) {
        whyNot.put(knob.name, "the kernel refused /%s: %s".formatted(file, e.getMessage()));
        return;
      }
    }
  }

  /**
   * Brings the old values back that a journal names, the last change first, where nobody has
   * changed them since.
   *
   * @return what could not be read or restored, in words; the journal stays then if a value may be
   *     restored later
   */
  public static List<String> restore(Path root, Path journal) {
    List<String> troubles = restored(root, journal);
    troubles.forEach(trouble -> log.warn("the host's settings: {}", trouble));
    return troubles;
  }

  static List<String> restored(Path root, Path journal) {
    KernelFiles files = new KernelFiles(root);
    List<String> troubles = new ArrayList<>();
    boolean again = false;
    try {
      TuningJournal.Contents contents = new TuningJournal(journal).read();
      troubles.addAll(contents.unreadable());
      for (TuningJournal.Entry entry : contents.entries().reversed()) {
        String now = chosen(files.text(entry.file()).orElse(""));
        if (now.equals(entry.old())) {
          continue;
        }
        if (!now.equals(entry.set())) {
          troubles.add(
              "/%s is %s: somebody else changed it from %s, and it stays"
                  .formatted(entry.file(), now.isEmpty() ? "gone" : now, entry.set()));
          continue;
        }
        try {
          write(files, entry.file(), entry.old());
        } catch (IOException e) {
          again = true;
          troubles.add(
              "/%s stays %s, and was %s: %s"
                  .formatted(entry.file(), entry.set(), entry.old(), e.getMessage()));
        }
      }
      if (!again) {
        Files.deleteIfExists(journal);
      }
    } catch (IOException e) {
      troubles.add("%s cannot be read or removed: %s".formatted(journal, e.getMessage()));
    }
    return List.copyOf(troubles);
  }

  private static void write(KernelFiles files, String file, String value) throws IOException {
    Files.writeString(
        files.path(file), value, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Values in force, by knob; null where the host has none. Several values stand side by side. */
  static Map<String, Object> values(KernelFiles files) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Knob knob : knobs(files)) {
      TreeSet<String> different = new TreeSet<>();
      knob.paths.forEach(
          file -> files.text(file).map(HostTuning::chosen).ifPresent(different::add));
      values.put(knob.name, different.isEmpty() ? null : String.join(", ", different));
    }
    return values;
  }

  /** The kernel brackets the one of several that holds: {@code always [madvise] never}. */
  private static String chosen(String text) {
    int open = text.indexOf('[');
    int close = text.indexOf(']', open + 1);
    return open >= 0 && close > 0 ? text.substring(open + 1, close) : text;
  }

  /** For each knob its value before, its value now, and why it was not set. */
  public Map<String, Object> facts() {
    Map<String, Object> now = values(files);
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String knob : KNOBS) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("before", before.get(knob));
      one.put("after", now.get(knob));
      one.put("why_not", journal == null ? "tuning is not asked for" : whyNot.get(knob));
      facts.put(knob.replaceFirst("knob_", ""), one);
    }
    return facts;
  }

  /** Brings the old values back. */
  @Override
  public void close() {
    Path written = journal;
    if (written != null) {
      restore(files.root(), written);
    }
  }
}
