package dev.lanes.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.run.QueueOrder.Job;
import dev.lanes.run.QueueOrder.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the next host, as arithmetic; {@link FairQueueTests} asks the database. */
class QueueOrderTests {

  private static final double NOW = 1_000_000;

  private final Map<UUID, String> names = new HashMap<>();

  private Job job(String owner, int number, int priority, double waitedSeconds) {
    UUID id = new UUID(owner.hashCode(), number);
    names.put(id, owner + number);
    Instant submitted = Instant.ofEpochMilli((long) ((NOW - waitedSeconds) * 1000));
    return new Job(id, owner, FairShare.urgency(submitted, priority));
  }

  private List<String> order(List<Job> jobs, Map<String, Use> uses) {
    return QueueOrder.of(jobs, uses, NOW).stream().map(names::get).toList();
  }

  @Test
  void ownersTakeTurns() {
    List<Job> jobs = new ArrayList<>();
    IntStream.range(0, 4).forEach(i -> jobs.add(job("a", i, 0, 10 - i)));
    IntStream.range(0, 2).forEach(i -> jobs.add(job("b", i, 0, 1)));

    assertThat(order(jobs, Map.of())).containsExactly("a0", "b0", "a1", "b1", "a2", "a3");
  }

  @Test
  void whoUsedMuchOfLateComesLater() {
    var jobs = List.of(job("a", 0, 0, 10), job("b", 0, 0, 1));

    assertThat(order(jobs, Map.of("a", new Use(30, 0)))).containsExactly("b0", "a0");
    assertThat(order(jobs, Map.of("b", new Use(0, 1)))).containsExactly("a0", "b0");
  }

  @Test
  void ofOneOwnerTheGreaterPriorityGoesFirst() {
    var jobs = List.of(job("a", 0, 0, 60), job("a", 1, 5, 0), job("a", 2, 0, 61));

    assertThat(order(jobs, Map.of())).containsExactly("a1", "a2", "a0");
  }

  @Test
  void anHourOfWaitingIsWorthAHundredPoints() {
    var jobs = List.of(job("a", 0, 100, 0), job("a", 1, 0, 3601));

    assertThat(order(jobs, Map.of())).containsExactly("a1", "a0");
  }

  /**
   * One owner has a backlog of thousands, one a few, one waits with the lowest priority. Each job
   * takes a minute. The few are done as if the backlog were not there, and nobody starves.
   */
  @ParameterizedTest(name = "{0} hosts")
  @ValueSource(ints = {1, 4})
  void nobodyWaitsBehindABacklog(int hosts) {
    double jobSeconds = 60;
    Map<String, List<Job>> waiting = new HashMap<>();
    waiting.put("backlog", jobs("backlog", 5000, 0, 0));
    waiting.put("few", jobs("few", 10, 0, 600));
    waiting.put("low", jobs("low", 1, -100, 600));
    Map<String, Double> minutes = new HashMap<>();
    Map<String, List<Double>> waits = new HashMap<>();
    List<String> given = new ArrayList<>();

    for (double now = 0; now < 4 * 3600; now += jobSeconds) {
      double at = now;
      double decay = Math.pow(2, -jobSeconds / FairShare.HALF_LIFE_SECONDS);
      minutes.replaceAll((owner, used) -> used * decay);
      Map<String, Integer> running = new HashMap<>();
      for (int host = 0; host < hosts; host++) {
        String next =
            waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .filter(entry -> submitted(entry.getValue().getFirst(), entry.getKey()) <= at)
                .map(Map.Entry::getKey)
                .min(
                    Comparator.comparingDouble(owner ->
                        FairShare.score(
                            minutes.getOrDefault(owner, 0.0),
                            running.getOrDefault(owner, 0),
                            waiting.get(owner).getFirst().urgency(),
                            at)))
                .orElseThrow();
        Job job = waiting.get(next).removeFirst();
        waits.computeIfAbsent(next, _ -> new ArrayList<>()).add(now - submitted(job, next));
        running.merge(next, 1, Integer::sum);
        given.add(next);
      }
      running.forEach((owner, jobs) -> minutes.merge(owner, jobs * jobSeconds / 60, Double::sum));
    }

    assertThat(waits.get("few")).hasSize(10);
    // The plan's bound: two job lengths times users over hosts, for each of the owner's own jobs.
    assertThat(waits.get("few").getFirst()).isLessThanOrEqualTo(2 * jobSeconds * 3 / hosts);
    assertThat(waits.get("few").getLast()).isLessThanOrEqualTo(10 * 2 * jobSeconds * 3 / hosts);
    assertThat(waits.get("low")).hasSize(1);
    assertThat(waits.get("low").getFirst()).isLessThanOrEqualTo(3600);
  }

  private static double submitted(Job job, String owner) {
    return job.urgency() + (owner.equals("low") ? -100 * FairShare.SECONDS_PER_POINT : 0);
  }

  private static List<Job> jobs(String owner, int count, int priority, double submitted) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = Instant.ofEpochMilli((long) (submitted * 1000));
      jobs.add(new Job(new UUID(owner.hashCode(), i), owner, FairShare.urgency(at, priority)));
    }
    return jobs;
  }
}
