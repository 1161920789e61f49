package dev.lanes.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.schedule.TestDispatcher.Killed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** P7: a schedule makes its run once for each time at which it is due. */
@OnTestServer
class NightTests {

  private static final int NIGHTS = 100;

  /** A dispatcher that makes one firing takes eight steps; one that dies at the ninth lives. */
  private static final int STEPS = 9;

  @Autowired private TestServer server;
  @Autowired private ApplicationContext beans;

  private ScheduleCalls calls;

  @BeforeEach
  void aHostAndASuite() {
    server.clear();
    server.worker("w1").report();
    calls = new ScheduleCalls(server);
    calls.saveSuite("one");
  }

  /** The clocks of New York show the time of this schedule twice in one of these nights. */
  @Test
  void whicheverOfTwoServersIsKilledEveryNightHasItsRunOnce() throws Exception {
    Random random = new Random(20260814);
    UUID schedule = calls.make("one", "cron", "30 1 * * *", "zone", "America/New_York");
    List<Instant> nights = nights("30 1 * * *", "America/New_York", "2025-09-01T00:00:00Z");
    calls.dueFrom(schedule, nights.getFirst());
    int killed = 0;

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Instant night : nights) {
        Instant look = night.plusMillis(random.nextInt(5_000));
        TestDispatcher victim = new TestDispatcher(beans).dyingAt(1 + random.nextInt(STEPS));
        TestDispatcher other = new TestDispatcher(beans);
        killed += atOnce(threads, look, victim, other);
        // What the one that was left, or the one that was started anew, finds at its next look.
        new TestDispatcher(beans).lookAt(look.plusSeconds(5));
        calls.endRuns();
      }
    }

    assertOneRunEach(schedule, nights);
    assertThat(killed).as("servers that were killed before they had done").isGreaterThan(40);
  }

  /** One server at a time, killed at every step in turn: nobody else is there to make up for it. */
  @Test
  void whoeverComesAfterAKilledServerFinishesWhatItLeft() {
    UUID schedule = calls.make("one", "zone", "Australia/Lord_Howe");
    List<Instant> nights =
        nights("30 2 * * *", "Australia/Lord_Howe", "2025-09-20T00:00:00Z").subList(0, STEPS);
    calls.dueFrom(schedule, nights.getFirst());
    int killed = 0;

    for (int step = 1; step <= STEPS; step++) {
      Instant night = nights.get(step - 1);
      killed += look(new TestDispatcher(beans).dyingAt(step), night.plusSeconds(1));
      new TestDispatcher(beans).lookAt(night.plusSeconds(60));
      calls.endRuns();
    }

    assertOneRunEach(schedule, nights);
    assertThat(killed).as("steps at which a server was killed").isEqualTo(STEPS - 1);
  }

  private static List<Instant> nights(String cron, String zone, String from) {
    Cron times = Cron.of(cron, ZoneId.of(zone));
    return times.from(times.after(Instant.parse(from)).orElseThrow(), NIGHTS);
  }

  /** Lets both look at the same moment, and says how many of them were killed. */
  private static int atOnce(ExecutorService threads, Instant time, TestDispatcher... dispatchers)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(dispatchers.length);
    List<Future<Integer>> looks = new ArrayList<>();
    for (TestDispatcher dispatcher : dispatchers) {
      looks.add(
          threads.submit(() -> {
            start.await();
            return look(dispatcher, time);
          }));
    }
    int killed = 0;
    for (Future<Integer> look : looks) {
      killed += get(look);
    }
    return killed;
  }

  private static int get(Future<Integer> look) throws InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a server failed that was not killed", e.getCause());
    }
  }

  private static int look(TestDispatcher dispatcher, Instant time) {
    try {
      dispatcher.lookAt(time);
      return 0;
    } catch (Killed e) {
      return 1;
    }
  }

  private void assertOneRunEach(UUID schedule, List<Instant> nights) {
    List<JsonNode> firings = calls.firings(schedule);
    assertThat(firings.stream().map(firing -> Instant.parse(firing.path("due_at").asString())))
        .as("P7: due times, each with one firing")
        .containsExactlyElementsOf(nights);
    assertThat(firings).allMatch(firing -> firing.path("outcome").asString().equals("fired"));
    assertThat(firings.stream().map(firing -> firing.path("run").asString()).distinct())
        .as("P7: their runs")
        .hasSize(nights.size());
    assertThat(calls.count("run")).as("P7: all runs that were made").isEqualTo(nights.size());
  }

  @Test
  void afterThreeDaysWithoutAServerOneRunMakesUpForThem() {
    UUID schedule = calls.make("one", "missed", "once");
    Instant first = Instant.parse("2025-10-24T00:30:00Z");
    calls.dueFrom(schedule, first);

    // The night in which Berlin's clocks go back is among them.
    new TestDispatcher(beans).lookAt(first.plus(Duration.ofHours(72)));
    new TestDispatcher(beans).lookAt(first.plus(Duration.ofHours(72)).plusSeconds(5));

    assertThat(outcomes(schedule))
        .containsExactly(
            "2025-10-24T00:30:00Z skipped",
            "2025-10-25T00:30:00Z skipped",
            "2025-10-26T00:30:00Z fired");
    assertThat(calls.firings(schedule).getFirst().path("reason").asString()).contains("no server");
    assertThat(calls.firings(schedule).getLast().path("reason").asString()).contains("made up");
    assertThat(calls.count("run")).isEqualTo(1);
    assertThat(next(schedule)).isEqualTo("2025-10-27T01:30:00Z");
  }

  @Test
  void orNoneWhereItsPolicyIsToSkip() {
    UUID schedule = calls.make("one", "missed", "skip");
    Instant first = Instant.parse("2025-10-24T00:30:00Z");
    calls.dueFrom(schedule, first);

    new TestDispatcher(beans).lookAt(first.plus(Duration.ofHours(72)));
    assertThat(outcomes(schedule))
        .containsExactly(
            "2025-10-24T00:30:00Z skipped",
            "2025-10-25T00:30:00Z skipped",
            "2025-10-26T00:30:00Z skipped");
    assertThat(calls.count("run")).isZero();

    new TestDispatcher(beans).lookAt(Instant.parse("2025-10-27T01:30:02Z"));
    assertThat(outcomes(schedule)).contains("2025-10-27T01:30:00Z fired").hasSize(4);
  }

  @Test
  void aServerThatComesAFewMinutesLateHasMissedNothing() {
    UUID schedule = calls.make("one", "missed", "skip");
    Instant due = Instant.parse("2025-10-24T00:30:00Z");
    calls.dueFrom(schedule, due);

    new TestDispatcher(beans).lookAt(due.plus(Duration.ofMinutes(4)));

    assertThat(outcomes(schedule)).containsExactly("2025-10-24T00:30:00Z fired");
  }

  @Test
  void thousandsOfMissedTimesAreAllToldAndMakeOneRun() {
    UUID schedule = calls.make("one", "cron", "* * * * *", "missed", "once");
    Instant first = Instant.parse("2025-10-24T00:00:00Z");
    calls.dueFrom(schedule, first);

    new TestDispatcher(beans).lookAt(first.plus(Duration.ofMinutes(1_199)));

    assertThat(calls.count("firing")).isEqualTo(1_200);
    assertThat(calls.count("firing WHERE outcome = 'fired'")).isEqualTo(1);
    assertThat(calls.firings(schedule).getLast().path("outcome").asString()).isEqualTo("fired");
  }

  private List<String> outcomes(UUID schedule) {
    return calls.firings(schedule).stream()
        .map(firing -> firing.path("due_at").asString() + " " + firing.path("outcome").asString())
        .toList();
  }

  private String next(UUID schedule) {
    return calls.get(schedule).path("next_firings").path(0).path("due_at").asString();
  }
}
