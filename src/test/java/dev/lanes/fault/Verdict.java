package dev.lanes.fault;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a checker found.
 *
 * @param broken every way in which a promise was broken
 * @param acknowledged writes that a server said it has
 * @param unknown calls without an answer
 * @param recovered writes that are there although nobody was told so
 * @param reassignedMs for each worker that was killed with a job: how long until another had it
 */
record Verdict(
    List<Violation> broken, int acknowledged, int unknown, int recovered, List<Long> reassignedMs) {

  /** The promises of the queue, as {@code src/docs/faults.md} numbers them. */
  enum Promise {
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    P8,
    P9
  }

  /** The classes of Jepsen; the fourth, recovered, breaks nothing. */
  enum Kind {
    /** Acknowledged, and not there. */
    LOST,
    /** There, and never allowed or never asked for. */
    UNEXPECTED,
    /** There twice. */
    DUPLICATED
  }

  record Violation(Promise promise, Kind kind, String words) {
    @Override
    public String toString() {
      return "%s %s: %s".formatted(promise, kind.name().toLowerCase(), words);
    }
  }

  private long count(Kind kind) {
    return broken.stream().filter(one -> one.kind() == kind).count();
  }

  /** Milliseconds within which so great a share of the killed workers' jobs had another worker. */
  long reassignedMs(double share) {
    return percentile(reassignedMs, share);
  }

  /** The smallest value that so great a share of the values does not exceed; 0 of none. */
  static long percentile(List<Long> values, double share) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  @Override
  public String toString() {
    String words =
        broken.stream()
            .limit(10)
            .map(violation -> "\n  " + violation)
            .collect(Collectors.joining());
    return "%d acknowledged, %d unknown: %d lost, %d unexpected, %d duplicated, %d recovered%s"
        .formatted(
            acknowledged,
            unknown,
            count(Kind.LOST),
            count(Kind.UNEXPECTED),
            count(Kind.DUPLICATED),
            recovered,
            words);
  }
}
