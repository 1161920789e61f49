package dev.lanes.run;

import java.time.Instant;

/**
 * How the hosts are shared among the owners of runs. The owner with the lowest score gets the next
 * free host: (decayed minutes + running jobs + 1) · 2^(−points / 100), where the points are the
 * priority of the owner's most urgent job and what it has gained by waiting. The first factor with
 * the powers of two is the rule of Buildbarn's scheduler; the decayed minutes are there because
 * with a single host nobody runs anything at the moment at which it becomes free.
 */
final class FairShare {

  /** So many seconds of waiting are worth a point of priority: an hour is worth 100. */
  static final double SECONDS_PER_POINT = 36;

  /** Points that halve a score. */
  private static final double POINTS_PER_HALF = 100;

  /** After so many seconds half of what an owner has used is forgotten. */
  static final double HALF_LIFE_SECONDS = 3600;

  private FairShare() {}

  /**
   * When a job of priority 0 would have to be submitted to be as urgent, in seconds since 1970: the
   * lower, the more urgent. It does not change while a job waits, so an index can hold it.
   */
  static double urgency(Instant submitted, int priority) {
    return submitted.toEpochMilli() / 1000.0 - SECONDS_PER_POINT * priority;
  }

  /**
   * The lower, the sooner it is the owner's turn.
   *
   * @param minutes what the owner used of late, decayed
   * @param running jobs of the owner that are measured now
   * @param urgency of the owner's most urgent job
   * @param now seconds since 1970
   */
  static double score(double minutes, int running, double urgency, double now) {
    double points = (now - urgency) / SECONDS_PER_POINT;
    return (minutes + running + 1) * Math.pow(2, -points / POINTS_PER_HALF);
  }
}
