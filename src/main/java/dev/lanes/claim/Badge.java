package dev.lanes.claim;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A small picture of a claim's verdicts, for a page elsewhere. */
final class Badge {

  /** Width of a character of 11 px Verdana, roughly. */
  private static final double CHARACTER = 6.6;

  private static final int MARGIN = 8;

  private Badge() {}

  /** An SVG document. */
  static String of(ClaimView claim) {
    String name = "claim " + claim.id();
    String says = says(claim);
    int left = width(name);
    int right = width(says);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" \
    aria-label="%2$s: %3$s"><title>%2$s: %3$s</title>\
    <rect width="%4$d" height="20" fill="#444"/>\
    <rect x="%4$d" width="%5$d" height="20" fill="%6$s"/>\
    <g fill="#fff" font-family="Verdana,sans-serif" font-size="11">\
    <text x="%7$d" y="14">%2$s</text><text x="%8$d" y="14">%3$s</text></g></svg>
    """
        .formatted(left + right, name, says, left, right, colour(claim), MARGIN, left + MARGIN);
  }

  private static int width(String text) {
    return (int) Math.ceil(text.length() * CHARACTER) + 2 * MARGIN;
  }

  /** Hosts and interpreters by their verdict, {@code 2 confirmed, 1 refuted}. */
  static String says(ClaimView claim) {
    if (claim.kind() == Claim.Kind.INFORMATIONAL) {
      return "informational";
    }
    Map<ClaimVerdict, Long> counts =
        claim.verdicts().stream()
            .filter(one -> one.verdict() != ClaimVerdict.NOT_TESTABLE)
            .collect(
                Collectors.groupingBy(Judgement::verdict, TreeMap::new, Collectors.counting()));
    if (counts.isEmpty()) {
      return "no verdict";
    }
    String all =
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + one.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return counts.size() == 1 ? all.substring(all.indexOf(' ') + 1) : all;
  }

  private static String colour(ClaimView claim) {
    List<ClaimVerdict> decided =
        claim.verdicts().stream()
            .map(Judgement::verdict)
            .filter(verdict -> verdict != ClaimVerdict.NOT_TESTABLE)
            .distinct()
            .toList();
    if (decided.equals(List.of(ClaimVerdict.CONFIRMED))) {
      return "#1a6b3c";
    }
    return decided.equals(List.of(ClaimVerdict.REFUTED)) ? "#9b2c2c" : "#555f6b";
  }
}
