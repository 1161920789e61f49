package dev.lanes.bench;

import dev.lanes.bench.QueueCalls.Taken;
import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.protocol.Chunk;
import dev.lanes.run.RunRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Measures a run as a worker does, by the worker protocol, with figures out of a seed. */
final class MeasuredRun {

  private static final int TURNS = 12;
  private static final int HOST = 1;

  /** Four models on two interpreters do the same work, which is one comparison group. */
  private static final List<String> MODELS =
      List.of("sequential", "threads", "asyncio", "processes:spawn");

  static final List<String> INTERPRETERS = List.of("cpython-3.14", "cpython-3.13");
  private static final int PER_GROUP = MODELS.size() * INTERPRETERS.size();

  private record Cell(UUID id, int group, int index) {}

  private final PrivateLanes lanes;
  private final ServedQueue queue;
  private final Fleet fleet;
  private final int rounds;

  MeasuredRun(PrivateLanes lanes, ServedQueue queue, Fleet fleet, int rounds) {
    this.lanes = lanes;
    this.queue = queue;
    this.fleet = fleet;
    this.rounds = rounds;
  }

  /**
   * Submits a run and measures it.
   *
   * @param cells a multiple of {@value #PER_GROUP}
   * @param slower seconds of every tenth cell over those of the same cell in another run
   * @return its id
   */
  String of(int cells, long seed, double slower) throws Exception {
    queue.submit(request(cells), fleet.submitter());
    Taken job = queue.next(HOST).orElseThrow(() -> new IOException("the queue is empty"));
    queue.acknowledge(job);
    String run = lanes.get("/api/v1/runs?limit=1").path("items").path(0).path("id").asString();
    Map<Integer, List<Cell>> groups = new TreeMap<>();
    for (Cell cell : cells(run)) {
      groups.computeIfAbsent(cell.group(), _ -> new ArrayList<>()).add(cell);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int chunks = 0;
    for (List<Cell> group : groups.values()) {
      for (int round = 0; round < rounds; round++) {
        queue.put(job, chunks++, RoundChunk.of(round(group, round, slower, random)));
      }
      queue.put(job, chunks++, RoundChunk.of(ending(group)));
    }
    queue.complete(job, chunks);
    return run;
  }

  private static RunRequest request(int cells) {
    if (cells % PER_GROUP != 0) {
      throw new UsageException("%d cells are no multiple of %d".formatted(cells, PER_GROUP));
    }
    Map<String, Object> matrix = new LinkedHashMap<>();
    matrix.put("workload", List.of("pi"));
    matrix.put("digits", IntStream.rangeClosed(1, cells / PER_GROUP).boxed().toList());
    matrix.put("tasks", List.of(10));
    matrix.put("parallelism", List.of(2));
    matrix.put("model", MODELS);
    matrix.put("interpreter", INTERPRETERS);
    return new RunRequest("compared", matrix, null, List.of("queue-0"), null, null, null, null);
  }

  private List<Cell> cells(String run) throws IOException {
    List<Cell> cells = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          lanes.get("/api/v1/runs/%s/cells?controls=true&limit=500%s".formatted(run, cursor));
      for (JsonNode cell : page.path("items")) {
        UUID id = UUID.fromString(cell.path("id").asString());
        cells.add(new Cell(id, cell.path("group").asInt(), cell.path("index").asInt()));
      }
      JsonNode next = page.path("next");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    return cells;
  }

  /** Milliseconds of a size that only the cell decides, the unrest of the round, and an own one. */
  private static Chunk round(List<Cell> group, int round, double slower, SplittableRandom random) {
    double unrest = StrictMath.exp(0.05 * random.nextGaussian());
    List<Chunk.RoundSamples> samples = new ArrayList<>();
    for (Cell cell : group) {
      double size = 0.005 + 0.02 * new SplittableRandom(cell.index()).nextDouble();
      double usual = size * unrest * (cell.index() % 10 == 0 ? slower : 1);
      for (Measure measure : RoundChunk.PER_TURN) {
        samples.add(samples(cell, round, measure, usual, TURNS, random));
      }
      for (Measure measure : RoundChunk.PHASES) {
        double value = measure == Measure.PEAK_PSS_BYTES ? 1e9 * usual : usual;
        samples.add(samples(cell, round, measure, value, 1, random));
      }
    }
    Chunk.RoundEvidence evidence =
        new Chunk.RoundEvidence(
            group.getFirst().group(),
            round,
            0.5,
            random.nextInt(Integer.MAX_VALUE),
            Chunk.RoundEvidence.Layout.TURNS,
            Map.of("cpu_before_seconds", 0.01, "cpu_after_seconds", 0.01),
            Map.of("steal_share", 0.0, "pressure_share", 0.01),
            random.nextInt(10) == 0 ? List.of("the processor was taken away") : List.of());
    return new Chunk(samples, List.of(evidence), List.of());
  }

  private static Chunk.RoundSamples samples(
      Cell cell, int round, Measure measure, double usual, int values, SplittableRandom random) {
    double own = 0.01 * random.nextGaussian();
    double[] of =
        IntStream.range(0, values)
            .mapToDouble(_ -> usual * StrictMath.exp(own + 0.01 * random.nextGaussian()))
            .toArray();
    return new Chunk.RoundSamples(cell.id(), round, measure.id(), values > 1 ? 1 : 0, of);
  }

  private Chunk ending(List<Cell> group) {
    List<Chunk.CellEnding> endings =
        group.stream()
            .map(cell ->
                new Chunk.CellEnding(
                    cell.id(),
                    Outcome.SUCCEEDED,
                    null,
                    null,
                    "cpython-3.14.3-0badcafe",
                    rounds,
                    3,
                    TURNS - 1,
                    1,
                    null,
                    Quality.NOISY,
                    List.of("round medians vary by 5.1 % (standard deviation over mean)"),
                    Map.of("version", "3.14.3", "gil", true, "hash_seed", 42)))
            .toList();
    return new Chunk(List.of(), List.of(), endings);
  }
}
