package dev.lanes.fault;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.fault.LeaseModel.Job;
import dev.lanes.fault.LeaseModel.Try;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion.AttemptOutcome;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.protocol.Lease;
import dev.lanes.run.Cells;
import dev.lanes.run.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.web.client.HttpClientErrorException;

/**
 * F26: lives of a queue, each two hundred random steps of workers, people and time, held against a
 * model after every step. A failure names the seed and the first step that went wrong; a shorter
 * life with the same seed has the same steps up to there.
 */
@OnTestServer
@Tag("fault")
class LeaseModelTests {

  private static final int STEPS = 200;
  private static final List<String> HOSTS = List.of("h0", "h1", "h2");
  private static final String[] OUTCOMES = {"succeeded", "cancelled", "infra_error"};

  @Autowired private TestServer server;

  @Autowired
  @Qualifier("reapLeases")
  private Task<Void> reaper;

  private final Map<String, SimulatedWorker> workers = new HashMap<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final Map<Long, List<Lease>> leases = new TreeMap<>();
  private final Map<Job, String> runs = new HashMap<>();
  private final List<String> trail = new ArrayList<>();
  private LeaseModel model = new LeaseModel();
  private Queue queue;

  @Test
  @Tag("smoke")
  void aFewLivesFollowTheModel() {
    live(3);
  }

  @Test
  void fiftyLivesFollowTheModel() {
    live(Scene.times(50));
  }

  private void live(int lives) {
    Long given = Long.getLong("lanes.fault.seed");
    long first = given == null ? new Random().nextInt(1_000_000) : given;
    System.out.printf("F26: %d lives from seed %d%n", lives, first);
    for (long seed = first; seed < first + lives; seed++) {
      live(seed);
    }
  }

  private void live(long seed) {
    server.clear();
    queue = new Queue(server);
    model = new LeaseModel();
    leases.clear();
    runs.clear();
    trail.clear();
    for (String host : HOSTS) {
      workers.put(host, server.worker(host));
      starts.put(host, 0);
      workers.get(host).report();
    }
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      letEverybodyMeasure();
      try {
        step(random);
        compare();
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed %d, step %d: %s%nbefore: %s"
                .formatted(
                    seed,
                    step,
                    e.getMessage(),
                    trail.subList(Math.max(0, trail.size() - 12), trail.size())),
            e);
      }
    }
  }

  /** Quarantine and pauses are tested by themselves. */
  private void letEverybodyMeasure() {
    server.jdbc().sql("UPDATE host SET state = 'active' WHERE state <> 'active'").update();
    server
        .jdbc()
        .sql(
            """
            UPDATE job SET not_before = now() - interval '1 s', avoid_host_id = NULL,
                           avoid_until = NULL
            WHERE state = 'queued'
            """)
        .update();
  }

  private void step(Random random) {
    String host = HOSTS.get(random.nextInt(HOSTS.size()));
    int kind = random.nextInt(100);
    if (kind < 12) {
      submit();
    } else if (kind < 34) {
      idle(host, false);
    } else if (kind < 38) {
      idle(host, true);
    } else if (kind < 43) {
      cancel(random);
    } else if (kind < 46) {
      openASecondAttempt(host);
    } else if (!model.tries.isEmpty()) {
      Try one = any(random);
      switch (kind % 4) {
        case 0 -> renew(random.nextInt(4) == 0 ? host : one.host, one);
        case 1, 2 -> send(one, random);
        default -> {
          if (random.nextInt(4) == 0) {
            expire(one);
          } else {
            complete(one, random);
          }
        }
      }
    }
  }

  /** Mostly one of the newest: most of the old ones have ended. */
  private Try any(Random random) {
    List<Try> all = List.copyOf(model.tries.values());
    int back = Math.min(all.size(), random.nextInt(5) == 0 ? all.size() : 4);
    return all.get(all.size() - 1 - random.nextInt(back));
  }

  /** The newest lease of the attempt, at times one whose answer was overtaken. */
  private Lease lease(Try one, Random random) {
    List<Lease> sent = leases.get(one.fence);
    return random.nextInt(6) == 0 ? sent.getFirst() : sent.getLast();
  }

  private void submit() {
    trail.add("submit");
    String run = queue.submit(aRun());
    UUID id =
        server
            .jdbc()
            .sql("SELECT id FROM job WHERE run_id = CAST(:run AS uuid)")
            .param("run", run.substring(run.lastIndexOf('/') + 1))
            .query(UUID.class)
            .single();
    Job job = new Job();
    model.jobs.put(id, job);
    runs.put(job, run);
  }

  private void idle(String host, boolean startedAnew) {
    trail.add("%s %s".formatted(host, startedAnew ? "starts anew" : "asks"));
    SimulatedWorker worker = workers.get(host);
    if (startedAnew) {
      worker = worker.restarted();
      workers.put(host, worker);
      starts.merge(host, 1, Integer::sum);
    }
    String agent = host + "#" + starts.get(host);
    List<UUID> queued = model.queued();
    Try held = model.openOn(host);
    Desired desired = startedAnew ? worker.report() : worker.idle();

    if (model.sendsAgain(held, agent)) {
      assertThat(desired.action()).isEqualTo(Action.START);
      assertThat(desired.lease().fence()).isEqualTo(held.fence);
      model.sentAgain(held, desired.lease().token());
      leases.get(held.fence).add(desired.lease());
      return;
    }
    boolean mayHave = model.forget(held, agent);
    if (!mayHave || queued.isEmpty()) {
      assertThat(desired.action()).isEqualTo(Action.IDLE);
      return;
    }
    assertThat(desired.action()).isEqualTo(Action.START);
    Lease lease = desired.lease();
    assertThat(queued).contains(lease.job().job());
    assertThat(model.tries).as("a new fence is the greatest").doesNotContainKey(lease.fence());
    assertThat(model.tries.isEmpty() || model.tries.lastKey() < lease.fence()).isTrue();
    model.given(lease.fence(), lease.job().job(), host, agent, lease.token());
    leases.put(lease.fence(), new ArrayList<>(List.of(lease)));
  }

  private void renew(String host, Try one) {
    trail.add("%s renews %d".formatted(host, one.fence));
    Action action = workers.get(host).busy(leases.get(one.fence).getLast()).action();

    if (one.open() && one.host.equals(host)) {
      one.acknowledged = true;
      assertThat(action).isEqualTo(one.job.cancelRequested ? Action.CANCEL : Action.CONTINUE);
    } else {
      assertThat(action).isEqualTo(Action.ABANDON);
    }
  }

  private void send(Try one, Random random) {
    Lease lease = lease(one, random);
    int number = random.nextInt(LeaseModel.ENDINGS + 1);
    double value = random.nextInt(4) == 0 ? 2 : 1;
    trail.add("chunk %d of %d: %s".formatted(number, one.fence, value));
    List<Chunk.CellEnding> endings = new ArrayList<>();
    if (number == LeaseModel.ENDINGS) {
      Cells.of(lease).forEach(cell -> endings.add(Cells.succeeded(cell.id(), 1)));
    }
    Chunk chunk =
        new Chunk(List.of(Cells.total(Cells.first(lease), number, value)), List.of(), endings);

    boolean expected = model.store(one, lease.token(), number, "" + value);
    boolean accepted = accepts(() -> workers.get(one.host).send(lease, number, chunk));
    assertThat(accepted).isEqualTo(expected);
  }

  private void complete(Try one, Random random) {
    Lease lease = lease(one, random);
    String outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
    int announced = random.nextInt(LeaseModel.ENDINGS + 2);
    trail.add("completion of %d: %s, %d chunks".formatted(one.fence, outcome, announced));

    boolean expected = model.complete(one, lease.token(), outcome, announced);
    boolean accepted =
        accepts(() ->
            workers
                .get(one.host)
                .complete(lease, AttemptOutcome.valueOf(outcome.toUpperCase()), announced));
    assertThat(accepted).isEqualTo(expected);
  }

  private static boolean accepts(Runnable call) {
    try {
      call.run();
      return true;
    } catch (HttpClientErrorException.Conflict e) {
      return false;
    }
  }

  /** The lease of one attempt runs out, and a server looks for such. */
  private void expire(Try one) {
    trail.add("the lease of %d expires".formatted(one.fence));
    server
        .jdbc()
        .sql("UPDATE attempt SET lease_expires_at = now() - interval '1 s' WHERE fence = :fence")
        .param("fence", one.fence)
        .update();
    queue.letServersHaveBeenThere();
    if (one.open()) {
      model.expire(one);
    }
    reaper.execute(new TaskInstance<>("reap-leases", "recurring"), null);
  }

  private void cancel(Random random) {
    List<Job> jobs = List.copyOf(runs.keySet());
    if (!jobs.isEmpty()) {
      Job job =
          jobs.stream()
              .sorted(java.util.Comparator.comparing(runs::get))
              .skip(random.nextInt(jobs.size()))
              .findFirst()
              .orElseThrow();
      trail.add("cancel " + runs.get(job));
      boolean expected = model.cancel(job);
      assertThat(queue.cancel(runs.get(job)).status()).isEqualTo(expected ? 202 : 409);
    }
  }

  /** What the code never does, the database refuses. */
  private void openASecondAttempt(String host) {
    Try held = model.openOn(host);
    UUID other = model.queued().stream().min(java.util.Comparator.naturalOrder()).orElse(null);
    if (held == null || other == null) {
      return;
    }
    trail.add("a second attempt on " + host);
    boolean refused = false;
    try {
      server
          .jdbc()
          .sql(
              """
              INSERT INTO attempt (job_id, host_id, agent, token_sha256, leased_at,
                                   lease_expires_at)
              SELECT :job, id, 'by hand', sha256('x'), now(), now() FROM host WHERE name = :host
              """)
          .param("job", other)
          .param("host", host)
          .update();
    } catch (DuplicateKeyException e) {
      refused = true;
    }
    assertThat(refused).as("P5: the database refuses a second open attempt of a host").isTrue();
  }

  private void compare() {
    Map<Long, String> outcomes = new TreeMap<>();
    server
        .jdbc()
        .sql("SELECT fence, coalesce(outcome, 'open') FROM attempt")
        .query(row -> {
          outcomes.put(row.getLong(1), row.getString(2));
        });
    Map<Long, String> expected = new TreeMap<>();
    model.tries.forEach((fence, one) -> expected.put(fence, one.open() ? "open" : one.outcome));
    assertThat(outcomes).as("attempts").isEqualTo(expected);
    Map<UUID, String> states = new HashMap<>();
    server
        .jdbc()
        .sql("SELECT id, state FROM job")
        .query(row -> {
          states.put(row.getObject(1, UUID.class), row.getString(2));
        });
    Map<UUID, String> expectedStates = new HashMap<>();
    model.jobs.forEach((id, job) -> expectedStates.put(id, job.state));
    assertThat(states).as("jobs").isEqualTo(expectedStates);
  }
}
