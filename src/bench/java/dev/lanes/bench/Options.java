package dev.lanes.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a benchmark, each with a value. */
record Options(Map<String, String> values) {

  Options {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Replaces the defaults that are named.
   *
   * @throws UsageException if an option is not among the defaults
   */
  static Options of(Map<String, String> defaults, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    given.forEach((name, value) -> {
      if (!defaults.containsKey(name)) {
        throw new UsageException(
            "there is no option --%s here; there are --%s"
                .formatted(name, String.join(", --", defaults.keySet())));
      }
      values.put(name, value);
    });
    return new Options(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new UsageException("the option --%s has no value".formatted(name));
    }
    return value;
  }

  List<String> list(String name) {
    return text(name).isBlank() ? List.of() : List.of(text(name).split(","));
  }

  int count(String name) {
    return (int) number(name);
  }

  double number(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw new UsageException("--%s %s: a number is needed".formatted(name, text(name)));
    }
  }
}
