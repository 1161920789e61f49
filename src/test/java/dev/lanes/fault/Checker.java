package dev.lanes.fault;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.Verdict.Promise;
import dev.lanes.fault.Verdict.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Holds a history and what the database holds in the end against the promises. It knows nothing of
 * the servers' code and needs none of them to run. An order of two calls is taken for certain only
 * where one was answered before the other was sent.
 */
final class Checker {

  /**
   * What must hold in time.
   *
   * @param lease silence for which no worker may be given up
   * @param reassigned within which a killed worker's job must have another worker
   * @param equals owners with the same priority, among whom hosts must be shared
   * @param hosts that measure at once
   */
  record Limits(Duration lease, Duration reassigned, Set<String> equals, int hosts) {

    static Limits of(Duration lease) {
      return new Limits(lease, Duration.ofDays(1), Set.of(), 0);
    }

    Limits reassignedWithin(Duration duration) {
      return new Limits(lease, duration, equals, hosts);
    }

    Limits sharedAmong(Set<String> owners, int onHosts) {
      return new Limits(lease, reassigned, owners, onHosts);
    }
  }

  /** How attempts end that nothing is heard of. */
  private static final Set<String> GIVEN_UP = Set.of("worker_lost", "not_acknowledged");

  private final Limits limits;
  private final List<Violation> broken = new ArrayList<>();
  private final List<Long> reassigned = new ArrayList<>();
  private int recovered;

  Checker(Limits limits) {
    this.limits = limits;
  }

  Verdict check(List<Call> calls, Stored stored) {
    submissions(calls, stored);
    chunks(calls, stored);
    winners(calls, stored);
    afterTheEnd(calls, stored);
    oneAtATime(calls, stored);
    tries(stored);
    silence(calls, stored);
    fairness(calls);
    int acknowledged = 0;
    int unknown = 0;
    for (Call call : calls) {
      boolean writes =
          call.kind() == Kind.SUBMIT || call.kind() == Kind.CHUNK || call.kind() == Kind.COMPLETE;
      acknowledged += writes && call.answer() == Answer.OK ? 1 : 0;
      unknown += call.answer() == Answer.UNKNOWN ? 1 : 0;
    }
    return new Verdict(
        List.copyOf(broken), acknowledged, unknown, recovered, List.copyOf(reassigned));
  }

  private void broke(Promise promise, Verdict.Kind kind, String words, Object... values) {
    broken.add(new Violation(promise, kind, words.formatted(values)));
  }

  /** P1: an acknowledged run is never lost, and is one run however often it was sent. */
  private void submissions(List<Call> calls, Stored stored) {
    Map<UUID, Stored.Run> runs = byKey(stored.runs(), Stored.Run::id);
    Map<String, List<Call>> byName =
        calls.stream()
            .filter(call -> call.kind() == Kind.SUBMIT)
            .collect(groupingBy(call -> Objects.requireNonNull(call.content())));
    byName.forEach((name, its) -> {
      Set<UUID> told =
          its.stream().filter(call -> call.answer() == Answer.OK).map(Call::run).collect(toSet());
      for (UUID run : told) {
        if (!runs.containsKey(run)) {
          broke(
              Promise.P1,
              Verdict.Kind.LOST,
              "run \"%s\" (%s) was acknowledged and is gone",
              name,
              run);
        }
      }
      long there = stored.runs().stream().filter(run -> run.name().equals(name)).count();
      if (told.size() > 1 || there > 1) {
        broke(Promise.P1, Verdict.Kind.DUPLICATED, "run \"%s\" is there %d times", name, there);
      }
      recovered += told.isEmpty() && there > 0 ? 1 : 0;
    });
    for (Stored.Run run : stored.runs()) {
      if (!byName.containsKey(run.name())) {
        broke(Promise.P1, Verdict.Kind.UNEXPECTED, "run \"%s\" was never submitted", run.name());
      }
    }
  }

  private record ChunkKey(long fence, int number) {}

  /** P2: an acknowledged chunk is never lost or altered. */
  private void chunks(List<Call> calls, Stored stored) {
    Map<ChunkKey, List<Call>> sent =
        calls.stream()
            .filter(call -> call.kind() == Kind.CHUNK)
            .collect(groupingBy(call -> new ChunkKey(call.fence(), call.number())));
    Map<ChunkKey, Stored.Chunk> there =
        byKey(stored.chunks(), chunk -> new ChunkKey(chunk.fence(), chunk.number()));
    Map<ChunkKey, Double> values = new HashMap<>();
    stored.samples().forEach(it -> values.put(new ChunkKey(it.fence(), it.round()), it.value()));
    sent.forEach((key, its) -> {
      List<Call> told = its.stream().filter(call -> call.answer() == Answer.OK).toList();
      Set<String> contents = told.stream().map(Call::content).collect(toSet());
      if (contents.size() > 1) {
        broke(
            Promise.P2,
            Verdict.Kind.DUPLICATED,
            "chunk %d of attempt %d was acknowledged with %d contents",
            key.number(),
            key.fence(),
            contents.size());
      }
      Stored.Chunk chunk = there.get(key);
      for (Call call : told) {
        if (chunk == null) {
          broke(
              Promise.P2,
              Verdict.Kind.LOST,
              "chunk %d of attempt %d was acknowledged and is gone",
              key.number(),
              key.fence());
        } else if (!chunk.sha256().equals(call.content())
            || call.value() != null && !call.value().equals(values.get(key))) {
          broke(
              Promise.P2,
              Verdict.Kind.LOST,
              "chunk %d of attempt %d was acknowledged and has been altered",
              key.number(),
              key.fence());
        }
      }
      recovered += told.isEmpty() && chunk != null ? 1 : 0;
    });
    for (Stored.Chunk chunk : stored.chunks()) {
      ChunkKey key = new ChunkKey(chunk.fence(), chunk.number());
      boolean wasSent =
          sent.getOrDefault(key, List.of()).stream()
              .anyMatch(
                  call -> call.answer() != Answer.REFUSED && chunk.sha256().equals(call.content()));
      if (!wasSent) {
        broke(
            Promise.P2,
            Verdict.Kind.UNEXPECTED,
            "chunk %d of attempt %d is there as nobody sent it, or as it was refused",
            chunk.number(),
            chunk.fence());
      }
    }
  }

  /** P3: exactly one winning attempt for each finished job, and the one that was told so. */
  private void winners(List<Call> calls, Stored stored) {
    Map<Long, Stored.Attempt> attempts = byKey(stored.attempts(), Stored.Attempt::fence);
    Map<UUID, List<Stored.Attempt>> won =
        stored.attempts().stream()
            .filter(attempt -> "succeeded".equals(attempt.outcome()))
            .collect(groupingBy(Stored.Attempt::job));
    won.forEach((job, its) -> {
      if (its.size() > 1) {
        broke(
            Promise.P3, Verdict.Kind.DUPLICATED, "job %s was won by %d attempts", job, its.size());
      }
    });
    for (Stored.Job job : stored.jobs()) {
      boolean one =
          won.getOrDefault(job.id(), List.of()).stream()
              .anyMatch(attempt -> Objects.equals(attempt.fence(), job.currentFence()));
      if (job.state().equals("finished") != one) {
        broke(
            Promise.P3,
            Verdict.Kind.LOST,
            "job %s is %s, and the attempt that counts, %s, has %ssucceeded",
            job.id(),
            job.state(),
            job.currentFence(),
            one ? "" : "not ");
      }
    }
    Map<Long, List<Call>> completions =
        calls.stream()
            .filter(call -> call.kind() == Kind.COMPLETE && "succeeded".equals(call.content()))
            .collect(groupingBy(Call::fence));
    completions.forEach((fence, its) -> {
      Stored.Attempt attempt = attempts.get(fence);
      boolean there = attempt != null && "succeeded".equals(attempt.outcome());
      boolean told = its.stream().anyMatch(call -> call.answer() == Answer.OK);
      if (told && !there) {
        broke(
            Promise.P3,
            Verdict.Kind.LOST,
            "the success of attempt %d was acknowledged, and it counts as %s",
            fence,
            attempt == null ? "never made" : attempt.outcome());
      }
      recovered += !told && there ? 1 : 0;
    });
    won.values().stream()
        .flatMap(List::stream)
        .filter(attempt -> !completions.containsKey(attempt.fence()))
        .forEach(attempt ->
            broke(
                Promise.P3,
                Verdict.Kind.UNEXPECTED,
                "attempt %d has succeeded, which its worker never said",
                attempt.fence()));
  }

  /** P4: nothing is written to an attempt after its end. */
  private void afterTheEnd(List<Call> calls, Stored stored) {
    Map<Long, Stored.Attempt> attempts = byKey(stored.attempts(), Stored.Attempt::fence);
    for (Stored.Chunk chunk : stored.chunks()) {
      Stored.Attempt attempt = attempts.get(chunk.fence());
      if (attempt == null
          || attempt.endedMicros() != null && chunk.storedMicros() > attempt.endedMicros()) {
        broke(
            Promise.P4,
            Verdict.Kind.UNEXPECTED,
            "chunk %d of attempt %d was stored %s after its end",
            chunk.number(),
            chunk.fence(),
            attempt == null
                ? "long"
                : "%.1f s".formatted((chunk.storedMicros() - attempt.endedMicros()) / 1e6));
      }
    }
    Leases leases = new Leases(calls);
    for (Call call : calls) {
      boolean writes = call.kind() == Kind.CHUNK || call.kind() == Kind.COMPLETE;
      if (writes && call.answer() == Answer.OK) {
        Call later = leases.laterOfTheJob(call);
        if (later != null) {
          broke(
              Promise.P4,
              Verdict.Kind.UNEXPECTED,
              "a %s of attempt %d was accepted after attempt %d of the same job had begun",
              call.kind().name().toLowerCase(),
              call.fence(),
              later.fence());
        }
      }
    }
  }

  /** Who was given what, in the order in which workers heard of it. */
  private static final class Leases {

    private final Map<Long, UUID> jobs = new HashMap<>();
    private final Map<UUID, List<Call>> ofJob;
    private final Map<String, List<Call>> ofHost;

    Leases(List<Call> calls) {
      List<Call> given = calls.stream().filter(Call::gives).toList();
      given.forEach(call -> jobs.put(call.fence(), call.job()));
      this.ofJob = given.stream().collect(groupingBy(Call::job));
      this.ofHost = given.stream().collect(groupingBy(Call::who));
    }

    /** A later attempt of the call's job that had surely begun when the call was sent, or null. */
    Call laterOfTheJob(Call call) {
      return later(ofJob.getOrDefault(jobs.get(call.fence()), List.of()), call);
    }

    Call laterOfTheHost(Call call) {
      return later(ofHost.getOrDefault(call.who(), List.of()), call);
    }

    private static Call later(List<Call> given, Call call) {
      return given.stream()
          .filter(lease -> lease.fence() > call.fence() && lease.ended() < call.begun())
          .findFirst()
          .orElse(null);
    }
  }

  /** P5: at most one open attempt for each job and for each host. */
  private void oneAtATime(List<Call> calls, Stored stored) {
    Leases leases = new Leases(calls);
    for (Call call : calls) {
      if (call.is(Kind.RENEW, Answer.OK)) {
        Call ofJob = leases.laterOfTheJob(call);
        Call ofHost = leases.laterOfTheHost(call);
        Call later = ofJob == null ? ofHost : ofJob;
        if (later != null) {
          broke(
              Promise.P5,
              Verdict.Kind.DUPLICATED,
              "attempt %d went on after attempt %d of the same %s had begun",
              call.fence(),
              later.fence(),
              ofJob == null ? "host" : "job");
        }
      }
    }
    List<Stored.Attempt> openOnes =
        stored.attempts().stream().filter(attempt -> attempt.outcome() == null).toList();
    twice(openOnes, Stored.Attempt::host, "host");
    twice(openOnes, Stored.Attempt::job, "job");
  }

  private void twice(List<Stored.Attempt> openOnes, Function<Stored.Attempt, ?> of, String what) {
    openOnes.stream()
        .collect(groupingBy(of))
        .forEach((key, its) -> {
          if (its.size() > 1) {
            broke(
                Promise.P5,
                Verdict.Kind.DUPLICATED,
                "%s %s has %d open attempts",
                what,
                key,
                its.size());
          }
        });
  }

  /** P6: every job comes to an end, after no more tries than it may have. */
  private void tries(Stored stored) {
    Map<UUID, List<Stored.Attempt>> byJob =
        stored.attempts().stream().collect(groupingBy(Stored.Attempt::job));
    for (Stored.Job job : stored.jobs()) {
      if (job.state().equals("queued") || job.state().equals("leased")) {
        broke(Promise.P6, Verdict.Kind.LOST, "job %s is %s for ever", job.id(), job.state());
      }
      long tried =
          byJob.getOrDefault(job.id(), List.of()).stream()
              .filter(attempt -> !"not_acknowledged".equals(attempt.outcome()))
              .count();
      if (tried > job.maxAttempts() || job.attempts() != tried) {
        broke(
            Promise.P6,
            Verdict.Kind.DUPLICATED,
            "job %s was tried %d times and says %d of at most %d",
            job.id(),
            tried,
            job.attempts(),
            job.maxAttempts());
      }
    }
  }

  /** P8: a dead worker delays its job for a limited time, and a living one is never given up. */
  private void silence(List<Call> calls, Stored stored) {
    Map<Long, Stored.Attempt> attempts = byKey(stored.attempts(), Stored.Attempt::fence);
    for (Call kill : calls) {
      Stored.Attempt attempt = kill.kind() == Kind.KILL ? attempts.get(kill.fence()) : null;
      if (attempt != null && attempt.outcome() != null && GIVEN_UP.contains(attempt.outcome())) {
        calls.stream()
            .filter(call ->
                call.gives() && call.job().equals(kill.job()) && call.fence() > kill.fence())
            .mapToLong(Call::ended)
            .min()
            .ifPresent(next -> reassigned.add(next - kill.begun()));
      }
    }
    for (long delay : reassigned) {
      if (delay > limits.reassigned().toMillis()) {
        broke(
            Promise.P8,
            Verdict.Kind.LOST,
            "a killed worker's job had no other for %.1f s",
            delay / 1000.0);
      }
    }
    Map<Long, Long> heard = new TreeMap<>();
    calls.stream()
        .filter(call -> call.is(Kind.RENEW, Answer.OK))
        .forEach(call -> heard.merge(call.fence(), call.begun(), Math::max));
    heard.forEach((fence, at) -> {
      Stored.Attempt attempt = attempts.get(fence);
      if (attempt != null && attempt.silent() && attempt.endedMicros() != null) {
        double seconds = attempt.endedMicros() / 1e6 - at / 1e3;
        if (seconds < limits.lease().toMillis() / 1e3) {
          broke(
              Promise.P8,
              Verdict.Kind.UNEXPECTED,
              "attempt %d was given up %.1f s after a sign of life; its lease is %d s",
              fence,
              seconds,
              limits.lease().toSeconds());
        }
      }
    });
  }

  /** P9: while several owners wait, each gets its share of the hosts, within a tenth. */
  private void fairness(List<Call> calls) {
    if (limits.equals().isEmpty()) {
      return;
    }
    Map<UUID, String> owners = new HashMap<>();
    Map<String, Long> from = new HashMap<>();
    calls.stream()
        .filter(call -> call.is(Kind.SUBMIT, Answer.OK) && limits.equals().contains(call.who()))
        .forEach(call -> {
          owners.put(call.run(), call.who());
          from.merge(call.who(), call.ended(), Math::min);
        });
    Map<String, List<Call>> given =
        calls.stream()
            .filter(call -> call.gives() && owners.containsKey(call.run()))
            .collect(groupingBy(call -> owners.get(call.run())));
    long begin = from.values().stream().mapToLong(Long::longValue).max().orElse(0);
    long end =
        given.values().stream()
            .mapToLong(its -> its.stream().mapToLong(Call::ended).max().orElse(0))
            .min()
            .orElse(0);
    Map<String, Long> shares =
        limits.equals().stream()
            .collect(
                toMap(
                    owner -> owner,
                    owner ->
                        given.getOrDefault(owner, List.of()).stream()
                            .filter(call -> call.begun() > begin && call.ended() <= end)
                            .map(Call::fence)
                            .distinct()
                            .count(),
                    Math::max,
                    TreeMap::new));
    long most = shares.values().stream().mapToLong(Long::longValue).max().orElse(0);
    long least = shares.values().stream().mapToLong(Long::longValue).min().orElse(0);
    // Whole jobs: on each host one may be ahead by one.
    if (most - least > Math.max(0.1 * most, limits.hosts() + 1)) {
      broke(Promise.P9, Verdict.Kind.UNEXPECTED, "while all of them waited, owners got %s", shares);
    }
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    Map<K, V> map = new HashMap<>();
    values.forEach(value -> map.put(key.apply(value), value));
    return map;
  }
}
