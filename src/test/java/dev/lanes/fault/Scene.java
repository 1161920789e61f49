package dev.lanes.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.run.RunBody;
import dev.lanes.web.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One test on a stage: its seed, its history, its workers. Ends with {@link #verdict}, which says
 * what became of the promises.
 */
final class Scene implements AutoCloseable {

  private final Stage stage;
  private final String name;
  private final long seed;
  private final Random random;
  private final History history;
  private final List<SeededWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private int submitted;
  private boolean judged;

  Scene(Stage stage, String name, long seed) throws IOException {
    this.stage = stage;
    this.name = name;
    this.seed = seed;
    this.random = new Random(seed);
    this.history = new History(Stage.histories().resolve("%s-%d.jsonl".formatted(name, seed)));
    System.out.printf("%s: seed %d; to repeat it: -Dlanes.fault.seed=%d%n", name, seed, seed);
  }

  /** How often a test of the full tier does what it does; {@code lanes.fault.times} shortens it. */
  static int times(int planned) {
    return Integer.getInteger("lanes.fault.times", planned);
  }

  Stage stage() {
    return stage;
  }

  Random random() {
    return random;
  }

  History history() {
    return history;
  }

  JdbcClient jdbc() {
    try {
      return stage.postgres().jdbc();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  int count(String what) {
    return jdbc().sql("SELECT count(*) FROM " + what).query(Integer.class).single();
  }

  /** A person's calls to all replicas. */
  Wire person(String who) {
    return new Wire(callers(stage.token("submitter", who)), history, who);
  }

  /** A host's calls to all replicas. */
  Wire wire(String host) {
    return new Wire(callers(stage.token("worker", host)), history, host);
  }

  /** A host's calls to these addresses. */
  Wire wire(String host, List<String> addresses) {
    String token = stage.token("worker", host);
    return new Wire(
        addresses.stream().map(address -> new Caller(address, token)).toList(), history, host);
  }

  private List<Caller> callers(String token) {
    return stage.replicas().stream().map(replica -> new Caller(replica.address(), token)).toList();
  }

  /** A worker whose steps the test takes itself. */
  SimulatedWorker worker(String host) {
    String token = stage.token("worker", host);
    return new SimulatedWorker(
        wire(host), new Caller(stage.replicas().getFirst().address(), token));
  }

  /** Submits so many runs of one job each and gives their addresses. */
  List<String> submit(String who, int runs) {
    Wire person = person(who);
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      addresses.add(submit(person, who, 0));
    }
    return addresses;
  }

  /** The same by several calls at once. */
  List<String> submitAtOnce(String who, int runs, int calls) throws Exception {
    List<Future<List<String>>> parts = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < calls; i++) {
        int share = runs / calls + (i < runs % calls ? 1 : 0);
        parts.add(threads.submit(() -> submit(who, share)));
      }
    }
    List<String> addresses = new ArrayList<>();
    for (Future<List<String>> part : parts) {
      addresses.addAll(part.get());
    }
    return addresses;
  }

  String submit(Wire person, String who, int priority) {
    String run = "%s %s %d".formatted(name, who, nextRun());
    return person.submit(run, RunBody.aRun().named(run).with("priority", priority).json());
  }

  private synchronized int nextRun() {
    return submitted++;
  }

  /** Submits runs until the test stops it, so that some always wait. */
  Submitting keepSubmitting(String who, int waiting) {
    Wire person = person(who);
    var going = new java.util.concurrent.atomic.AtomicBoolean(true);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 0; going.get(); i++) {
                  submit(person, who, 0);
                  while (going.get() && i - history.completed() > waiting) {
                    Living.pause(10);
                  }
                }
              } catch (InterruptedException | IllegalStateException e) {
                Thread.currentThread().interrupt();
              }
            });
    threads.add(thread);
    return () -> {
      going.set(false);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Somebody who submits until this is closed. */
  interface Submitting extends AutoCloseable {
    @Override
    void close();
  }

  /** Lets a host be known, so that runs may ask for its interpreters. */
  void knowAHost() {
    worker("elsewhere").report();
  }

  /** Starts a worker that measures until it is stopped or killed. */
  SeededWorker start(String host, SeededWorker.Pace pace) {
    return start(host, pace, wire(host));
  }

  SeededWorker start(String host, SeededWorker.Pace pace, Wire wire) {
    String token = stage.token("worker", host);
    var worker =
        new SeededWorker(
            new SimulatedWorker(wire, new Caller(stage.replicas().getFirst().address(), token)),
            host,
            history,
            random.nextLong(),
            pace);
    Thread thread = Thread.ofVirtual().name(host).unstarted(worker);
    worker.runs(thread);
    workers.add(worker);
    threads.add(thread);
    thread.start();
    return worker;
  }

  /** All that were started, also those that were killed. */
  List<SeededWorker> workers() {
    return List.copyOf(workers);
  }

  /** When the first of such calls is answered, milliseconds since 1970; waits for it. */
  long awaitFirst(String what, Predicate<Call> which) throws InterruptedException {
    Stage.await(what, 60, () -> history.firstEnd(which).isPresent());
    return history.firstEnd(which).orElseThrow();
  }

  /** Waits until nothing waits and nothing is measured, then ends the workers. */
  void awaitQuiet(int seconds) throws InterruptedException {
    Stage.await(
        "every job has ended",
        seconds,
        () -> count("job WHERE state IN ('queued', 'leased')") == 0);
    stopWorkers();
  }

  /** Ends the workers when they have done what they do. */
  void stopWorkers() throws InterruptedException {
    workers.forEach(SeededWorker::stop);
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(60));
    }
    for (SeededWorker worker : workers) {
      if (worker.failure() != null) {
        throw new AssertionError("a worker has ended by a fault", worker.failure());
      }
    }
  }

  /** Ends the workers in the middle of what they do. */
  void killWorkers() throws InterruptedException {
    workers.forEach(SeededWorker::kill);
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(60));
    }
  }

  /** What became of the promises, printed and returned. */
  Verdict verdict(Checker.Limits limits) {
    judged = true;
    Verdict verdict = new Checker(limits).check(history.calls(), Stored.read(jdbc()));
    System.out.println(name + ": " + verdict);
    return verdict;
  }

  /** Leaves the promises out: the database holds what its history does not tell. */
  void judgesNoPromises() {
    judged = true;
  }

  /** Nothing may be broken. */
  Verdict assertPromisesHold(Checker.Limits limits) {
    Verdict verdict = verdict(limits);
    assertThat(verdict.broken()).isEmpty();
    return verdict;
  }

  Checker.Limits limits() {
    return Checker.Limits.of(stage.timings().lease);
  }

  /** Prints what was measured, as the table in the documents has it. */
  void figure(String what, Object value) {
    System.out.printf("%s: figure %s = %s%n", name, what, value);
  }

  @Override
  public void close() throws IOException {
    threads.forEach(Thread::interrupt);
    if (!judged) {
      verdict(limits()); // it has failed before: what is broken so far may say why
    }
    history.close();
  }
}
