package dev.lanes.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether the stored samples of a cell are whole rounds. */
final class WholeRounds {

  private WholeRounds() {}

  /**
   * What is not whole, in words: a value twice, or a round whose slices are not as many as in the
   * others.
   */
  static List<String> faults(JsonNode samples) {
    List<String> faults = new ArrayList<>();
    Map<String, Map<Integer, Set<Integer>>> turns = new TreeMap<>();
    for (JsonNode sample : samples) {
      String measure = sample.path("measure").asString();
      int round = sample.path("round").asInt();
      int turn = sample.path("turn").asInt();
      boolean first =
          turns
              .computeIfAbsent(measure, _ -> new TreeMap<>())
              .computeIfAbsent(round, _ -> new TreeSet<>())
              .add(turn);
      if (!first) {
        faults.add("%s of round %d has turn %d twice".formatted(measure, round, turn));
      }
    }
    turns.forEach((measure, rounds) -> {
      int most = rounds.values().stream().mapToInt(Set::size).max().orElse(0);
      rounds.forEach((round, numbers) -> {
        if (numbers.size() != most) {
          faults.add(
              "%s of round %d has %d of %d turns".formatted(measure, round, numbers.size(), most));
        }
      });
    });
    return faults;
  }
}
