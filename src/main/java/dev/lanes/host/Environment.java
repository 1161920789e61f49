package dev.lanes.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a host decides whether its figures may be compared over time. Load, uptime or the
 * interpreters are no part of it.
 *
 * @param facts as text by name, in a fixed order; what the host does not tell is absent
 */
record Environment(Map<String, String> facts) {

  /** Facts in the order of the fingerprint. Another order or name makes every fingerprint new. */
  static final List<String> KEYS =
      List.of(
          "cpu_model",
          "microcode",
          "cores",
          "smt_active",
          "frequency_driver",
          "governor",
          "memory_gib",
          "architecture",
          "virtualisation",
          "kernel",
          "os");

  private static final double GIB = 1L << 30;

  Environment {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String key : KEYS) {
      String fact = facts.get(key);
      if (fact != null) {
        ordered.put(key, fact);
      }
    }
    facts = Collections.unmodifiableMap(ordered);
  }

  /** The environment that a report tells of. */
  static Environment of(HostFacts report) {
    Map<String, String> facts = new LinkedHashMap<>();
    report
        .facts()
        .forEach((name, fact) -> {
          if (fact != null) {
            facts.put(name, String.valueOf(fact));
          }
        });
    facts.put("cores", String.valueOf(report.cores()));
    facts.put("architecture", report.architecture());
    // In whole GiB: the kernel keeps some mebibytes back, another number at every update.
    Long memory = report.memoryBytes();
    if (memory == null) {
      facts.remove("memory_gib");
    } else {
      facts.put("memory_gib", String.valueOf(Math.round(memory / GIB)));
    }
    return new Environment(facts);
  }

  /** SHA-256 in hex over names and values, each with its length, so that no two can be mixed up. */
  String fingerprint() {
    StringBuilder text = new StringBuilder();
    facts.forEach((name, fact) ->
        text.append(name).append('=').append(fact.length()).append(':').append(fact).append('\n'));
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * One fact that differs.
   *
   * @param before null where it was absent
   * @param after null where it is absent now
   */
  record Change(String key, @Nullable String before, @Nullable String after) {

    /** The change in words, {@code governor was powersave and is performance}. */
    String words() {
      return "%s was %s and is %s".formatted(key, told(before), told(after));
    }

    private static String told(@Nullable String fact) {
      return fact == null ? "not told" : fact;
    }
  }

  /** What is different in a later environment, in the order of the fingerprint. */
  List<Change> changesTo(Environment later) {
    return KEYS.stream()
        .filter(key -> !Objects.equals(facts.get(key), later.facts.get(key)))
        .map(key -> new Change(key, facts.get(key), later.facts.get(key)))
        .toList();
  }
}
