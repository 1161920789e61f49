package dev.lanes.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.host.Environment.Change;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a host's facts makes it another environment, and what does not. */
class EnvironmentTests {

  private static final long GIB = 1L << 30;

  private static final Map<String, Object> FACTS =
      Map.of(
          "cpu_model", "Simulated 3000",
          "microcode", "0x1",
          "smt_active", 1,
          "governor", "powersave",
          "frequency_driver", "intel_pstate",
          "kernel", "Linux 6.12",
          "virtualisation", "none",
          "os", "Some Linux 1",
          "load_1_minute", 0.5);

  @Test
  void theOrderOfFactsMakesNoDifference() {
    Map<String, Object> backwards = new LinkedHashMap<>();
    FACTS.keySet().stream()
        .sorted((one, other) -> other.compareTo(one))
        .forEach(key -> backwards.put(key, FACTS.get(key)));

    assertThat(fingerprint(backwards)).isEqualTo(fingerprint(FACTS)).matches("[0-9a-f]{64}");
  }

  /** A new value here makes every host of every installation wait for a review. */
  @Test
  void theFingerprintIsTheSameInEveryVersion() {
    assertThat(fingerprint(FACTS))
        .isEqualTo("51f520efd6fae8de9831e0221c80044e1dac34dd5340e2581c5d8d06e082e905");
  }

  @ParameterizedTest
  @CsvSource({
    "cpu_model, Simulated 4000",
    "microcode, 0x2",
    "smt_active, 0",
    "governor, performance",
    "frequency_driver, acpi-cpufreq",
    "kernel, Linux 6.13",
    "virtualisation, KVM",
    "os, Some Linux 2"
  })
  void anotherMachineKernelOrSettingIsAnotherEnvironment(String key, String value) {
    assertThat(fingerprint(with(key, value))).isNotEqualTo(fingerprint(FACTS));
    assertThat(fingerprint(with(key, null))).isNotEqualTo(fingerprint(FACTS));
  }

  @ParameterizedTest
  @CsvSource({"load_1_minute, 9", "boot_id, x", "temperature_celsius, 70", "hostname, other"})
  void aMomentIsNoEnvironment(String key, String value) {
    assertThat(fingerprint(with(key, value))).isEqualTo(fingerprint(FACTS));
    assertThat(fingerprint(with(key, null))).isEqualTo(fingerprint(FACTS));
  }

  @Test
  void coresArchitectureAndMemoryCount() {
    String usual = of(4, 16 * GIB, "x86_64", FACTS).fingerprint();

    assertThat(of(8, 16 * GIB, "x86_64", FACTS).fingerprint()).isNotEqualTo(usual);
    assertThat(of(4, 32 * GIB, "x86_64", FACTS).fingerprint()).isNotEqualTo(usual);
    assertThat(of(4, null, "x86_64", FACTS).fingerprint()).isNotEqualTo(usual);
    assertThat(of(4, 16 * GIB, "arm64", FACTS).fingerprint()).isNotEqualTo(usual);
    assertThat(of(4, 16 * GIB - 200_000_000, "x86_64", FACTS).fingerprint())
        .as("what a kernel keeps back")
        .isEqualTo(usual);
  }

  @Test
  void whatIsAbsentStaysAbsentAndIsNotEmpty() {
    assertThat(environment(with("governor", null)).facts()).doesNotContainKey("governor");
    assertThat(fingerprint(with("governor", null))).isNotEqualTo(fingerprint(with("governor", "")));
  }

  @Test
  void twoFactsCannotBeTakenForOne() {
    var one = of(4, null, "x86_64", with("governor", "a\nmemory_gib=16"));
    var other = of(4, 16 * GIB, "x86_64", with("governor", "a"));

    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void changesAreToldInOneOrderWithBothValues() {
    Map<String, Object> later = with("governor", "performance");
    later.put("kernel", "Linux 6.13");
    later.remove("microcode");
    later.put("load_1_minute", 9);

    var changes = environment(FACTS).changesTo(environment(later));

    assertThat(changes)
        .containsExactly(
            new Change("microcode", "0x1", null),
            new Change("governor", "powersave", "performance"),
            new Change("kernel", "Linux 6.12", "Linux 6.13"));
    assertThat(changes)
        .extracting(Change::words)
        .startsWith(
            "microcode was 0x1 and is not told", "governor was powersave and is performance");
    assertThat(environment(FACTS).changesTo(environment(FACTS))).isEmpty();
  }

  private static Map<String, Object> with(String key, String value) {
    Map<String, Object> facts = new HashMap<>(FACTS);
    facts.put(key, value);
    return facts;
  }

  private static String fingerprint(Map<String, Object> facts) {
    return environment(facts).fingerprint();
  }

  private static Environment environment(Map<String, Object> facts) {
    return of(4, 16 * GIB, "x86_64", facts);
  }

  private static Environment of(
      int cores, Long memoryBytes, String architecture, Map<String, Object> facts) {
    return Environment.of(
        new HostFacts(cores, memoryBytes, architecture, facts, Map.of(), List.of()));
  }
}
