package dev.lanes.analysis;

import dev.lanes.analysis.Crossing.Ahead;
import dev.lanes.analysis.Crossing.Size;
import dev.lanes.catalog.Measure;
import dev.lanes.statistics.Crossover;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The answer to the question from which size on one is better than the other. */
record CrossingSentence(CrossingSizes asked, Crossover found, List<Size> sizes) {

  String text() {
    return switch (found.status()) {
      case CROSSED -> crossed();
      case SEVERAL ->
          "no single size: the better one changes between %s"
              .formatted(
                  found.changes().stream()
                      .map(change ->
                          "%s and %s (then %s)"
                              .formatted(
                                  number(change.from()),
                                  number(change.to()),
                                  name(CrossingSizes.ahead(change.ahead()))))
                      .collect(Collectors.joining(", ")));
      case NONE -> none();
      case NOT_IDENTIFIABLE -> unknown();
    };
  }

  private String crossed() {
    Ahead after = CrossingSizes.ahead(found.changes().getFirst().ahead());
    return "from %s = %s on, 95 %% CI [%s, %s], %s %s"
        .formatted(
            asked.x(),
            number(found.size().orElseThrow()),
            end(found.lower(), "below " + number(smallest())),
            end(found.upper(), "beyond " + number(largest())),
            name(after),
            better(other(after)));
  }

  private String none() {
    Ahead ahead =
        sizes.stream()
            .map(Size::ahead)
            .filter(side -> side != Ahead.NEITHER)
            .findFirst()
            .orElseThrow();
    String undecided =
        sizes.stream()
            .filter(size -> size.ahead() == Ahead.NEITHER)
            .map(size -> number(size.x()))
            .collect(Collectors.joining(", "));
    String sentence =
        "%s %s at every size that is decided, from %s to %s"
            .formatted(name(ahead), better(other(ahead)), number(smallest()), number(largest()));
    return undecided.isEmpty() ? sentence : sentence + "; undecided: " + undecided;
  }

  private String unknown() {
    if (sizes.size() < Crossover.FEWEST_SIZES) {
      return "no answer: %d of at least %d sizes".formatted(sizes.size(), Crossover.FEWEST_SIZES);
    }
    int needed = Crossover.fewestRounds(sizes.size());
    int rounds = sizes.stream().mapToInt(Size::rounds).max().orElse(0);
    return rounds < needed
        ? "too few rounds for an answer: %d of at least %d".formatted(rounds, needed)
        : "no answer: at no size is it decided which is better";
  }

  private String better(Ahead worse) {
    Measure.Words words = asked.measure().words();
    return "%s %s than %s".formatted(words.verb(), words.better(), name(worse));
  }

  private String name(Ahead side) {
    return side == Ahead.A ? asked.a() : asked.b();
  }

  private static Ahead other(Ahead side) {
    return side == Ahead.A ? Ahead.B : Ahead.A;
  }

  private double smallest() {
    return sizes.getFirst().x();
  }

  private double largest() {
    return sizes.getLast().x();
  }

  private static String end(OptionalDouble end, String open) {
    return end.isPresent() ? number(end.getAsDouble()) : open;
  }

  /** Three digits, or all that are before the point. */
  static String number(double value) {
    return value >= 100 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
