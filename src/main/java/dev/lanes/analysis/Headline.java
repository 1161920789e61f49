package dev.lanes.analysis;

import dev.lanes.analysis.Comparison.Entry;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Quality;
import dev.lanes.statistics.SignedRank;
import dev.lanes.statistics.StopRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The finding of a group in one sentence.
 *
 * @param baseline value of the pivot that the others are compared with
 * @param measure whose words tell it
 * @param entries all of the group
 * @param fastest the best first, then those that are not told apart from it
 */
record Headline(Object baseline, Measure measure, List<Entry> entries, List<Entry> fastest) {

  /** The fewest rounds for which an interval of this confidence exists. */
  private static final int FEWEST_ROUNDS = SignedRank.smallestSize(1 - StopRule.CONFIDENCE);

  /** The sentence; null while there is nothing to tell. */
  @Nullable String sentence() {
    List<Entry> compared = entries.stream().filter(entry -> entry.ratio() != null).toList();
    if (compared.size() < 2) {
      return null;
    }
    List<Entry> invalid = with(compared, Quality.INVALID);
    if (fastest.isEmpty() && !invalid.isEmpty()) {
      return "no answer: the figures of %s are invalid".formatted(values(invalid.stream()));
    }
    if (fastest.isEmpty()) {
      int rounds = compared.stream().mapToInt(Entry::rounds).max().orElse(0);
      return "too few rounds for an answer: %d of at least %d".formatted(rounds, FEWEST_ROUNDS);
    }
    StringBuilder sentence = new StringBuilder(finding());
    for (Entry entry : with(fastest, Quality.UNSTABLE)) {
      sentence.append(
          "; %s is unstable: %s".formatted(entry.value(), reasons(entry.qualityReasons())));
    }
    if (!invalid.isEmpty()) {
      sentence.append("; invalid and left out: ").append(values(invalid.stream()));
    }
    return sentence.toString();
  }

  private String finding() {
    Measure.Words words = measure.words();
    if (fastest.stream().anyMatch(entry -> entry.value().equals(baseline))) {
      String others = values(fastest.stream().filter(entry -> !entry.value().equals(baseline)));
      return others.isEmpty()
          ? "nothing %s %s than %s".formatted(words.verb(), words.better(), baseline)
          : "nothing is shown to %s %s than %s; as good as it: %s"
              .formatted(words.infinitive(), words.better(), baseline, others);
    }
    Entry best = fastest.getFirst();
    String tie = values(fastest.stream().skip(1));
    String sentence =
        "%s %s %s than %s".formatted(best.value(), words.verb(), best.sentence(), baseline);
    return tie.isEmpty() ? sentence : sentence + "; not told apart from it: " + tie;
  }

  /** The weightiest reason; a worker that gave none has at least told the class. */
  static String reasons(List<String> reasons) {
    return reasons.isEmpty() ? "no reason was told" : reasons.getFirst();
  }

  private static List<Entry> with(List<Entry> entries, Quality quality) {
    return entries.stream().filter(entry -> entry.quality() == quality).toList();
  }

  private static String values(Stream<Entry> entries) {
    return entries.map(entry -> String.valueOf(entry.value())).collect(Collectors.joining(", "));
  }
}
