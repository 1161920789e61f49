package dev.lanes.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTuningTests {

  private static final String GOVERNOR = "sys/devices/system/cpu/cpufreq/policy%d/scaling_governor";
  private static final String NO_TURBO = "sys/devices/system/cpu/intel_pstate/no_turbo";
  private static final String BOOST = "sys/devices/system/cpu/cpufreq/boost";
  private static final String SMT = "sys/devices/system/cpu/smt/control";
  private static final String PAGES = "sys/kernel/mm/transparent_hugepage/enabled";
  private static final String ASLR = "proc/sys/kernel/randomize_va_space";

  @TempDir private Path folder;
  private Path root;
  private Path journal;
  private KernelFolder kernel;

  @BeforeEach
  void begin() {
    root = folder.resolve("root");
    journal = folder.resolve("tuning-journal");
    kernel =
        new KernelFolder(root)
            .with("proc/self/cgroup", "0::/")
            .with(GOVERNOR.formatted(0), "powersave")
            .with(GOVERNOR.formatted(1), "schedutil")
            .with(NO_TURBO, "0")
            .with(SMT, "on")
            .with(PAGES, "[always] madvise never")
            .with(ASLR, "2");
  }

  @Test
  void setsWhatMakesAHostSteadierAndBringsItBack() throws Exception {
    try (HostTuning tuning = HostTuning.apply(root, journal)) {
      assertTuned();
      assertThat(kernel.read(ASLR)).as("randomisation stays").isEqualTo("2");
      assertThat(tuning.facts().get("governor"))
          .isEqualTo(knob("powersave, schedutil", "performance", null));
      assertThat(tuning.facts().get("smt")).isEqualTo(knob("on", "off", null));
      assertThat(journal).exists();
    }

    assertRestored();
    assertThat(journal).doesNotExist();
  }

  @Test
  void theOtherKindOfTurboIsSwitchedTheOtherWay() throws Exception {
    Files.delete(root.resolve(NO_TURBO));
    kernel.with(BOOST, "1");

    try (HostTuning _ = HostTuning.apply(root, journal)) {
      assertThat(kernel.read(BOOST)).isEqualTo("0");
    }
    assertThat(kernel.read(BOOST)).isEqualTo("1");
  }

  @Test
  void whatCannotBeSetIsToldAndTheRestIsSet() throws Exception {
    Files.delete(root.resolve(NO_TURBO));
    kernel.with(SMT, "notsupported");

    try (HostTuning tuning = HostTuning.apply(root, journal)) {
      assertThat(tuning.facts().get("turbo"))
          .isEqualTo(knob(null, null, "the host has no /" + BOOST));
      assertThat(tuning.facts().get("smt"))
          .isEqualTo(knob("notsupported", "notsupported", "the host says notsupported"));
      assertThat(kernel.read(GOVERNOR.formatted(0))).isEqualTo("performance");
    }
  }

  @Test
  void aSettingThatThisUserMayNotWriteIsTold() throws Exception {
    assertThat(root.resolve(NO_TURBO).toFile().setReadOnly()).isTrue();
    assumeFalse(Files.isWritable(root.resolve(NO_TURBO)), "root may write everything");

    try (HostTuning tuning = HostTuning.apply(root, journal)) {
      assertThat(tuning.facts().get("turbo"))
          .isEqualTo(knob("0", "0", "this user may not write /" + NO_TURBO));
    }
  }

  @Test
  void processorsStayWhereCpusetsWouldLoseThem() throws Exception {
    kernel.with("proc/self/cgroup", "3:cpuset:/\n0::/");

    try (HostTuning tuning = HostTuning.apply(root, journal)) {
      assertThat(kernel.read(SMT)).isEqualTo("on");
      assertThat(tuning.facts().get("smt"))
          .isEqualTo(knob("on", "on", "cpusets of version 1 would not get the processors back"));
    }
  }

  @Test
  void noTuningChangesNothing() {
    try (HostTuning none = HostTuning.none()) {
      assertThat(none.facts().keySet())
          .containsExactly("governor", "turbo", "transparent_hugepages", "smt");
      assertThat(none.facts().get("smt")).asString().contains("tuning is not asked for");
    }
  }

  @Test
  void whatIsNotInTheJournalIsNotChanged() throws Exception {
    Files.createDirectory(journal);

    assertThatIOException().isThrownBy(() -> HostTuning.apply(root, journal));

    assertRestored();
  }

  @Test
  void aKilledWorkersSettingsComeBackWithTheNextStart() throws Exception {
    Process killed = tunedProcess();
    assertTuned();

    killed.destroyForcibly().waitFor();
    assertTuned();
    List<String> troubles = HostTuning.restore(root, journal);

    assertThat(troubles).isEmpty();
    assertRestored();
  }

  @Test
  void applyingAfterAKillKeepsTheOldestValues() throws Exception {
    tunedProcess().destroyForcibly().waitFor();

    HostTuning.apply(root, journal).close();

    assertRestored();
  }

  @Test
  void aJournalThatIsCutAnywhereRestoresWhatItNames() throws Exception {
    HostTuning.apply(root, journal);
    byte[] whole = Files.readAllBytes(journal);
    for (int length = 0; length < whole.length; length++) {
      tune();
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(journal, cut);
      long named = Arrays.stream(toInts(cut)).filter(value -> value == '\n').count();
      boolean torn = length > 0 && cut[length - 1] != '\n';

      List<String> troubles = HostTuning.restored(root, journal);

      assertThat(restored()).as("cut at %d", length).isEqualTo(named);
      assertThat(troubles).as("cut at %d", length).hasSize(torn ? 1 : 0);
      if (torn) {
        assertThat(troubles.getFirst()).contains("torn line");
      }
    }
  }

  @Test
  void aLineThatTheDiskGarbledIsNotWrittenAnywhere() throws Exception {
    HostTuning.apply(root, journal);
    Files.writeString(journal, Files.readString(journal).replace("powersave", "powerslave"));

    List<String> troubles = HostTuning.restore(root, journal);

    assertThat(troubles).singleElement().asString().contains("powerslave");
    assertThat(kernel.read(GOVERNOR.formatted(0))).isEqualTo("performance");
    assertThat(kernel.read(GOVERNOR.formatted(1))).isEqualTo("schedutil");
  }

  @Test
  void whatSomebodyElseChangedMeanwhileStays() throws Exception {
    HostTuning tuning = HostTuning.apply(root, journal);
    kernel.with(GOVERNOR.formatted(0), "ondemand");

    tuning.close();

    assertThat(kernel.read(GOVERNOR.formatted(0))).isEqualTo("ondemand");
    assertThat(kernel.read(GOVERNOR.formatted(1))).isEqualTo("schedutil");
  }

  @Test
  void withoutAJournalThereIsNothingToRestore() {
    assertThat(HostTuning.restore(root, journal)).isEmpty();
    assertRestored();
  }

  private Process tunedProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TunedProcess.class.getName(),
                root.toString(),
                journal.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader();
    assertThat(lines.readLine()).as("what the process says once it has tuned").isEqualTo("tuned");
    return process;
  }

  /** As {@code apply} does, without its journal. */
  private void tune() {
    kernel
        .with(GOVERNOR.formatted(0), "performance")
        .with(GOVERNOR.formatted(1), "performance")
        .with(NO_TURBO, "1")
        .with(SMT, "off")
        .with(PAGES, "madvise");
  }

  private void assertTuned() {
    assertThat(kernel.read(GOVERNOR.formatted(0))).isEqualTo("performance");
    assertThat(kernel.read(GOVERNOR.formatted(1))).isEqualTo("performance");
    assertThat(kernel.read(NO_TURBO)).isEqualTo("1");
    assertThat(kernel.read(SMT)).isEqualTo("off");
    assertThat(kernel.read(PAGES)).isEqualTo("madvise");
  }

  private void assertRestored() {
    assertThat(restored()).isEqualTo(5);
  }

  /** How many settings are as they were. */
  private long restored() {
    return Map.of(
                GOVERNOR.formatted(0),
                "powersave",
                GOVERNOR.formatted(1),
                "schedutil",
                NO_TURBO,
                "0",
                SMT,
                "on")
            .entrySet()
            .stream()
            .filter(setting -> kernel.read(setting.getKey()).equals(setting.getValue()))
            .count()
        + (kernel.read(PAGES).contains("always") ? 1 : 0);
  }

  private static int[] toInts(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> bytes[i]);
    return values;
  }

  private static Map<String, Object> knob(String before, String after, String whyNot) {
    Map<String, Object> knob = new HashMap<>();
    knob.put("before", before);
    knob.put("after", after);
    knob.put("why_not", whyNot);
    return knob;
  }
}
