package dev.lanes.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may only differ between two cells when it was asked for. */
enum Across {
  HOST,
  ENVIRONMENT,
  PROTOCOL,
  WORKLOAD;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it is written in the address. */
  String asked() {
    return "across=" + id();
  }

  static Optional<Across> of(String id) {
    return Arrays.stream(values()).filter(value -> value.id().equals(id)).findFirst();
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(Across::id).toList();
  }
}
