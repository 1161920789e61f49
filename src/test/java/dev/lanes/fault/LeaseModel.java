package dev.lanes.fault;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the queue should be like after each step, told without a database. */
final class LeaseModel {

  private static final int MOST_TRIES = 3;
  private static final int MOST_HOSTS_LOST = 2;
  private static final int MOST_SENT = 5;

  /** The chunk that tells how every cell ended. */
  static final int ENDINGS = 3;

  static final class Job {
    String state = "queued";
    boolean cancelRequested;
    private int tries;
    private final Set<String> lostHosts = new HashSet<>();
  }

  static final class Try {
    final long fence;
    final Job job;
    final String host;
    final String agent;
    String token;
    boolean acknowledged;
    @Nullable String outcome;
    private int sent = 1;
    private final Map<Integer, String> chunks = new HashMap<>();

    Try(long fence, Job job, String host, String agent, String token) {
      this.fence = fence;
      this.job = job;
      this.host = host;
      this.agent = agent;
      this.token = token;
    }

    boolean open() {
      return outcome == null;
    }
  }

  final Map<UUID, Job> jobs = new HashMap<>();
  final TreeMap<Long, Try> tries = new TreeMap<>();

  @Nullable Try openOn(String host) {
    return tries.values().stream()
        .filter(one -> one.open() && one.host.equals(host))
        .findFirst()
        .orElse(null);
  }

  List<UUID> queued() {
    return jobs.keySet().stream().filter(id -> jobs.get(id).state.equals("queued")).toList();
  }

  /** Whether an idle worker is sent what it was sent before. */
  boolean sendsAgain(@Nullable Try held, String agent) {
    return held != null && !held.acknowledged && held.agent.equals(agent) && held.sent < MOST_SENT;
  }

  void sentAgain(Try held, String token) {
    held.token = token;
    held.sent++;
  }

  /** What an idle worker still held is over; returns whether it may be given another job. */
  boolean forget(@Nullable Try held, String agent) {
    if (held == null) {
      return true;
    }
    boolean deaf = held.agent.equals(agent) && !held.acknowledged;
    end(held, deaf ? "not_acknowledged" : "worker_lost");
    return !deaf;
  }

  void given(long fence, UUID job, String host, String agent, String token) {
    Job its = jobs.get(job);
    its.state = "leased";
    its.tries++;
    tries.put(fence, new Try(fence, its, host, agent, token));
  }

  /** Whether the chunk is accepted. */
  boolean store(Try one, String token, int number, String content) {
    if (!one.open() || !one.token.equals(token)) {
      return false;
    }
    return one.chunks.computeIfAbsent(number, _ -> content).equals(content);
  }

  /** Whether the completion is accepted. */
  boolean complete(Try one, String token, String outcome, int announced) {
    if (!one.token.equals(token)) {
      return false;
    }
    if (!one.open()) {
      return outcome.equals(one.outcome);
    }
    long stored = one.chunks.keySet().stream().filter(number -> number < announced).count();
    boolean ended = one.chunks.containsKey(ENDINGS);
    if (stored < announced || outcome.equals("succeeded") && !ended) {
      return false;
    }
    end(one, outcome);
    return true;
  }

  void expire(Try one) {
    end(one, one.acknowledged ? "worker_lost" : "not_acknowledged");
  }

  private void end(Try one, String outcome) {
    one.outcome = outcome;
    Job job = one.job;
    if (outcome.equals("worker_lost")) {
      job.lostHosts.add(one.host);
    }
    job.state =
        switch (outcome) {
          case "succeeded" -> "finished";
          case "cancelled" -> "cancelled";
          case "not_acknowledged" -> {
            job.tries--;
            yield job.cancelRequested ? "cancelled" : "queued";
          }
          default -> {
            boolean given = job.tries < MOST_TRIES && job.lostHosts.size() < MOST_HOSTS_LOST;
            yield job.cancelRequested ? "cancelled" : given ? "queued" : "failed";
          }
        };
  }

  /** Whether the cancellation is accepted. */
  boolean cancel(Job job) {
    switch (job.state) {
      case "finished", "failed" -> {
        return false;
      }
      case "queued" -> job.state = "cancelled";
      default -> {}
    }
    job.cancelRequested = true;
    return true;
  }
}
