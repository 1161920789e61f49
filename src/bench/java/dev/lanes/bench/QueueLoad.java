package dev.lanes.bench;

import dev.lanes.bench.QueueCalls.Taken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Loads the queue for a while, each host by a thread of its own, and counts what got done. */
final class QueueLoad {

  private final QueueCalls calls;
  private final SplittableRandom random;

  QueueLoad(QueueCalls calls, long seed) {
    this.calls = calls;
    this.random = new SplittableRandom(seed);
  }

  /** Runs that are submitted one at a time while the only host that may measure them waits. */
  Map<String, Object> dispatches(int times) throws Exception {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      // Long enough for the call to have arrived, and not in step with the server's looks.
      QueueCalls.Dispatched dispatched = calls.dispatch(30 + random.nextInt(50));
      seconds.add(dispatched.seconds());
      calls.acknowledge(dispatched.job());
      calls.complete(dispatched.job(), 0);
    }
    return Map.of("seconds", seconds);
  }

  /** What one host did: from asking to having, and when it was done with it. */
  private record Unit(double leaseSeconds, long end) {}

  /**
   * Hosts take jobs, acknowledge and complete them, one after the other.
   *
   * @param rate jobs a second of all hosts together; 0 for as many as they can
   * @param results whether each job succeeds, with a chunk of endings, or ends as cancelled
   */
  Map<String, Object> leases(int hosts, double seconds, double rate, boolean results)
      throws Exception {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Callable<List<Unit>>> all = new ArrayList<>();
    for (int host = 1; host <= hosts; host++) {
      int number = host;
      double step = rate == 0 ? 0 : hosts / rate * 1e9;
      long first = start + (long) (random.nextDouble() * step);
      all.add(() -> {
        List<Unit> units = new ArrayList<>();
        for (long i = 0; System.nanoTime() < end; i++) {
          sleepUntil(Math.min(end, first + (long) (i * step)));
          if (System.nanoTime() < end) {
            units.add(unit(number, results));
          }
        }
        return units;
      });
    }
    List<Unit> units = atOnce(all).stream().flatMap(List::stream).toList();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("units", units.stream().filter(unit -> unit.end() <= end).count());
    line.put("span_seconds", seconds);
    line.put("seconds", units.stream().map(Unit::leaseSeconds).toList());
    return line;
  }

  private Unit unit(int host, boolean results) throws Exception {
    long asked = System.nanoTime();
    Taken job =
        calls.next(host).orElseThrow(() -> new IOException("host %d got no job".formatted(host)));
    long had = System.nanoTime();
    calls.acknowledge(job);
    if (results) {
      calls.put(job, 0, RoundChunk.endings(job.cells()));
    }
    calls.complete(job, results ? 1 : 0);
    return new Unit((had - asked) / 1e9, System.nanoTime());
  }

  /** Hosts that hold a job each send results, one chunk after the other. */
  Map<String, Object> chunks(int hosts, double seconds, int bytes) throws Exception {
    List<Taken> jobs = new ArrayList<>();
    List<RoundChunk> chunks = new ArrayList<>();
    for (int host = 1; host <= hosts; host++) {
      Taken job = calls.next(host).orElseThrow();
      calls.acknowledge(job);
      jobs.add(job);
      chunks.add(RoundChunk.of(job.cells().getFirst(), bytes, random));
    }
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      Taken job = jobs.get(i);
      RoundChunk chunk = chunks.get(i);
      all.add(() -> {
        int sent = 0;
        while (System.nanoTime() < end) {
          calls.put(job, sent, chunk.ofRound(sent));
          sent += System.nanoTime() <= end ? 1 : 0;
        }
        return sent;
      });
    }
    int sent = atOnce(all).stream().mapToInt(Integer::intValue).sum();
    for (Taken job : jobs) {
      calls.complete(job, 0);
    }
    return Map.of("chunks", sent, "span_seconds", seconds);
  }

  private static <T> List<T> atOnce(List<Callable<T>> all) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> future : threads.invokeAll(all)) {
        results.add(future.get());
      }
    }
    return results;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    long left = nanoTime - System.nanoTime();
    if (left > 0) {
      Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
