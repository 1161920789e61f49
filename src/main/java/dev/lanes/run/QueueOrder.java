package dev.lanes.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * The order in which waiting jobs of one profile are expected to begin: what {@link FairShare}
 * gives when hosts become free one after the other and nothing else comes. An estimate, as what
 * running jobs will have used by then is not known.
 */
final class QueueOrder {

  private QueueOrder() {}

  /**
   * A job that waits.
   *
   * @param urgency see {@link FairShare#urgency}
   */
  record Job(UUID id, String owner, double urgency) {}

  /**
   * What an owner has and had.
   *
   * @param minutes what was used of late, decayed
   * @param running jobs that are measured now
   */
  record Use(double minutes, int running) {
    static final Use NONE = new Use(0, 0);
  }

  private static final class Turn {
    final String owner;
    final List<Job> jobs;
    final Use use;
    int given;

    Turn(String owner, List<Job> jobs, Use use) {
      this.owner = owner;
      this.jobs = jobs;
      this.use = use;
    }

    double score(double now) {
      double urgency = jobs.get(given).urgency();
      return FairShare.score(use.minutes(), use.running() + given, urgency, now);
    }
  }

  /**
   * Ids of the jobs, the next one first.
   *
   * @param now seconds since 1970
   */
  static List<UUID> of(List<Job> jobs, Map<String, Use> uses, double now) {
    Map<String, List<Job>> byOwner = new HashMap<>();
    jobs.stream()
        .sorted(Comparator.comparingDouble(Job::urgency).thenComparing(Job::id))
        .forEach(job -> byOwner.computeIfAbsent(job.owner(), _ -> new ArrayList<>()).add(job));
    PriorityQueue<Turn> turns =
        new PriorityQueue<>(
            Comparator.<Turn>comparingDouble(turn -> turn.score(now))
                .thenComparing(turn -> turn.owner));
    byOwner.forEach(
        (owner, its) -> turns.add(new Turn(owner, its, uses.getOrDefault(owner, Use.NONE))));
    List<UUID> order = new ArrayList<>(jobs.size());
    while (!turns.isEmpty()) {
      Turn turn = turns.remove();
      order.add(turn.jobs.get(turn.given).id());
      turn.given++;
      if (turn.given < turn.jobs.size()) {
        turns.add(turn);
      }
    }
    return order;
  }
}
