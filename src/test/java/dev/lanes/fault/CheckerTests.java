package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.fault.Call.Answer;
import dev.lanes.fault.Call.Kind;
import dev.lanes.fault.Verdict.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A checker that never finds anything would pass every fault test. */
class CheckerTests {

  private static final UUID RUN = new UUID(0, 1);
  private static final UUID JOB = new UUID(0, 2);
  private static final long START = 1_000_000;

  private final List<Call> calls = new ArrayList<>();
  private final List<Stored.Run> runs = new ArrayList<>();
  private final List<Stored.Job> jobs = new ArrayList<>();
  private final List<Stored.Attempt> attempts = new ArrayList<>();
  private final List<Stored.Chunk> chunks = new ArrayList<>();
  private final List<Stored.Sample> samples = new ArrayList<>();
  private long now = START;

  /** One run that went well: submitted, measured by w1 as attempt 1 with one chunk. */
  private void oneGoodRun() {
    call(Kind.SUBMIT, "ann", null, Answer.OK, null, "a run", null);
    call(Kind.ASK, "w1", 1L, Answer.OK, null, null, null);
    call(Kind.RENEW, "w1", 1L, Answer.OK, null, null, null);
    call(Kind.CHUNK, "w1", 1L, Answer.OK, 0, "aa", 1.5);
    call(Kind.COMPLETE, "w1", 1L, Answer.OK, 1, "succeeded", null);
    runs.add(new Stored.Run(RUN, "a run", "completed"));
    jobs.add(new Stored.Job(JOB, RUN, "ann", "finished", 1, 3, 1L));
    attempts.add(new Stored.Attempt(1, JOB, "w1", "succeeded", false, START * 1000 + 900_000));
    chunks.add(new Stored.Chunk(1, 0, "aa", START * 1000 + 800_000));
    samples.add(new Stored.Sample(1, 0, 1.5));
  }

  private void call(
      Kind kind, String who, Long fence, Answer answer, Integer number, String content, Double v) {
    calls.add(
        new Call(
            kind,
            calls.size(),
            now,
            now + 5,
            who,
            0,
            fence,
            number,
            content,
            v,
            JOB,
            RUN,
            answer,
            answer == Answer.OK ? 200 : 0));
    now += 10;
  }

  private Verdict verdict() {
    return verdict(Checker.Limits.of(Duration.ofSeconds(5)));
  }

  private Verdict verdict(Checker.Limits limits) {
    return new Checker(limits).check(calls, new Stored(runs, jobs, attempts, chunks, samples));
  }

  private void assertBroken(Promise promise, Verdict.Kind kind, String words) {
    assertThat(verdict().broken())
        .anySatisfy(violation -> {
          assertThat(violation.promise()).isEqualTo(promise);
          assertThat(violation.kind()).isEqualTo(kind);
          assertThat(violation.words()).contains(words);
        });
  }

  @Test
  void aRunThatWentWellBreaksNothing() {
    oneGoodRun();

    Verdict verdict = verdict();

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.acknowledged()).isEqualTo(3);
    assertThat(verdict.recovered()).isZero();
  }

  @Test
  void whatNobodyWasToldOfAndIsThereIsRecovered() {
    oneGoodRun();
    calls.replaceAll(call ->
        call.kind() == Kind.ASK || call.kind() == Kind.RENEW
            ? call
            : call.answered(0, call.begun(), call.ended(), Answer.UNKNOWN, 0));

    Verdict verdict = verdict();

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.unknown()).isEqualTo(3);
    assertThat(verdict.recovered()).as("the run, its chunk, its success").isEqualTo(3);
  }

  @Test
  void aLostRunIsFound() {
    oneGoodRun();
    runs.clear();

    assertBroken(Promise.P1, Verdict.Kind.LOST, "was acknowledged and is gone");
  }

  @Test
  void aRunThatIsThereTwiceIsFound() {
    oneGoodRun();
    runs.add(new Stored.Run(UUID.randomUUID(), "a run", "completed"));

    assertBroken(Promise.P1, Verdict.Kind.DUPLICATED, "there 2 times");
  }

  @Test
  void aRunThatNobodySubmittedIsFound() {
    oneGoodRun();
    runs.add(new Stored.Run(UUID.randomUUID(), "another", "completed"));

    assertBroken(Promise.P1, Verdict.Kind.UNEXPECTED, "\"another\" was never submitted");
  }

  @Test
  void aLostChunkIsFound() {
    oneGoodRun();
    chunks.clear();

    assertBroken(Promise.P2, Verdict.Kind.LOST, "is gone");
  }

  @Test
  void anAlteredDigestIsFound() {
    oneGoodRun();
    chunks.set(0, new Stored.Chunk(1, 0, "bb", START * 1000));

    assertBroken(Promise.P2, Verdict.Kind.LOST, "has been altered");
  }

  @Test
  void anAlteredValueIsFound() {
    oneGoodRun();
    samples.set(0, new Stored.Sample(1, 0, 1.6));

    assertBroken(Promise.P2, Verdict.Kind.LOST, "has been altered");
  }

  @Test
  void twoContentsOfOneChunkAreFound() {
    oneGoodRun();
    call(Kind.CHUNK, "w1", 1L, Answer.OK, 0, "bb", 1.5);

    assertBroken(Promise.P2, Verdict.Kind.DUPLICATED, "with 2 contents");
  }

  @Test
  void aChunkThatWasRefusedAndIsThereIsFound() {
    oneGoodRun();
    call(Kind.CHUNK, "w1", 1L, Answer.REFUSED, 1, "cc", 1.0);
    chunks.add(new Stored.Chunk(1, 1, "cc", START * 1000));

    assertBroken(Promise.P2, Verdict.Kind.UNEXPECTED, "as it was refused");
  }

  @Test
  void twoWinnersAreFound() {
    oneGoodRun();
    attempts.add(new Stored.Attempt(2, JOB, "w2", "succeeded", false, START * 1000));

    assertBroken(Promise.P3, Verdict.Kind.DUPLICATED, "won by 2 attempts");
    assertBroken(Promise.P3, Verdict.Kind.UNEXPECTED, "its worker never said");
  }

  @Test
  void anAcknowledgedSuccessThatDoesNotCountIsFound() {
    oneGoodRun();
    attempts.set(0, new Stored.Attempt(1, JOB, "w1", "worker_lost", false, START * 1000 + 900_000));

    assertBroken(Promise.P3, Verdict.Kind.LOST, "it counts as worker_lost");
    assertBroken(Promise.P3, Verdict.Kind.LOST, "has not succeeded");
  }

  @Test
  void aChunkAfterTheEndIsFound() {
    oneGoodRun();
    chunks.set(0, new Stored.Chunk(1, 0, "aa", START * 1000 + 2_400_000));

    assertBroken(Promise.P4, Verdict.Kind.UNEXPECTED, "stored 1.5 s after its end");
  }

  @Test
  void aWriteToAnAttemptThatHasBeenReplacedIsFound() {
    oneGoodRun();
    call(Kind.ASK, "w2", 2L, Answer.OK, null, null, null);
    call(Kind.COMPLETE, "w1", 1L, Answer.OK, 1, "succeeded", null);

    assertBroken(Promise.P4, Verdict.Kind.UNEXPECTED, "accepted after attempt 2");
  }

  @Test
  void aJobThatIsMeasuredTwiceAtOnceIsFound() {
    oneGoodRun();
    call(Kind.ASK, "w2", 2L, Answer.OK, null, null, null);
    call(Kind.RENEW, "w1", 1L, Answer.OK, null, null, null);

    assertBroken(Promise.P5, Verdict.Kind.DUPLICATED, "attempt 2 of the same job");
  }

  @Test
  void aHostWithTwoOpenAttemptsIsFound() {
    oneGoodRun();
    attempts.add(new Stored.Attempt(2, UUID.randomUUID(), "w3", null, false, null));
    attempts.add(new Stored.Attempt(3, UUID.randomUUID(), "w3", null, false, null));

    assertBroken(Promise.P5, Verdict.Kind.DUPLICATED, "host w3 has 2 open attempts");
  }

  @Test
  void aJobThatNobodyMeasuresIsFound() {
    oneGoodRun();
    jobs.add(new Stored.Job(UUID.randomUUID(), RUN, "ann", "queued", 0, 3, null));

    assertBroken(Promise.P6, Verdict.Kind.LOST, "queued for ever");
  }

  @Test
  void aTryTooManyIsFound() {
    oneGoodRun();
    for (long fence = 2; fence < 5; fence++) {
      attempts.add(new Stored.Attempt(fence, JOB, "w2", "worker_lost", false, START * 1000));
    }

    assertBroken(Promise.P6, Verdict.Kind.DUPLICATED, "was tried 4 times");
  }

  @Test
  void aDelayAfterADeathIsFound() {
    oneGoodRun();
    attempts.set(
        0, new Stored.Attempt(1, JOB, "w1", "worker_lost", true, START * 1000 + 20_000_000));
    call(Kind.KILL, "w1", 1L, Answer.OK, null, null, null);
    now += 13_000;
    call(Kind.ASK, "w2", 2L, Answer.OK, null, null, null);

    Verdict verdict =
        verdict(Checker.Limits.of(Duration.ofSeconds(5)).reassignedWithin(Duration.ofSeconds(12)));

    assertThat(verdict.broken()).extracting(Verdict.Violation::promise).contains(Promise.P8);
    assertThat(verdict.reassignedMs()).containsExactly(13_015L);
  }

  @Test
  void aLivingWorkerThatIsGivenUpIsFound() {
    oneGoodRun();
    attempts.set(
        0, new Stored.Attempt(1, JOB, "w1", "worker_lost", true, START * 1000 + 2_020_000));

    assertBroken(Promise.P8, Verdict.Kind.UNEXPECTED, "given up 2.0 s after a sign of life");
  }

  @Test
  void anOwnerThatGetsEverythingFirstIsFound() {
    List<Integer> oneAfterTheOther = IntStream.range(0, 20).boxed().toList();

    assertThat(brokenShares(oneAfterTheOther))
        .containsExactly("while all of them waited, owners got {ann=10, bob=0}");
  }

  @Test
  void ownersThatTakeTurnsAreFair() {
    List<Integer> byTurns = IntStream.range(0, 20).mapToObj(i -> i / 2 + i % 2 * 10).toList();

    assertThat(brokenShares(byTurns)).isEmpty();
  }

  /** Runs 0 to 9 are ann's, 10 to 19 bob's, given to a host in this order. */
  private List<String> brokenShares(List<Integer> order) {
    for (int i = 0; i < 20; i++) {
      calls.add(lease(Kind.SUBMIT, i < 10 ? "ann" : "bob", null, new UUID(1, i)));
    }
    now += 1000;
    for (int i : order) {
      calls.add(lease(Kind.ASK, "w1", (long) i, new UUID(1, i)));
      now += 10;
    }
    var limits = Checker.Limits.of(Duration.ofSeconds(5)).sharedAmong(Set.of("ann", "bob"), 1);
    return verdict(limits).broken().stream()
        .filter(violation -> violation.promise() == Promise.P9)
        .map(Verdict.Violation::words)
        .toList();
  }

  private Call lease(Kind kind, String who, Long fence, UUID run) {
    return new Call(
        kind, 0, now, now + 5, who, 0, fence, null, "run " + run, null, run, run, Answer.OK, 200);
  }
}
