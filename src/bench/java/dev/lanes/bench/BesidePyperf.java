package dev.lanes.bench;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.worker.LocalWorker;
import dev.lanes.worker.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The same comparison by this instrument and by pyperf, in turns on the same host: how long until
 * the ratio is known within ±2 %, and how often the verdict is right. One pair of functions is
 * equal, in the other one does 5 % more work.
 */
final class BesidePyperf implements Benchmark {

  private static final int WORK = 1000;
  private static final Map<String, Integer> PAIRS = Map.of("equal", 1000, "5 % more", 1050);
  private static final double HALF_WIDTH = 0.02;

  /** Fewest processes of each function from which pyperf's ratio may count as known. */
  private static final int FEWEST_PROCESSES = 3;

  /** Processes that are added to both functions at once. */
  private static final int MORE_PROCESSES = 10;

  private static final int ENOUGH_REPETITIONS = 20;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("repetitions", "20");
    options.put("pyperf-cap", "65");
    options.put("lanes-cap", "60");
    options.put("interpreter", "");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    LocalWorker worker = session.worker();
    String interpreter = worker.interpreter(session.options().text("interpreter"));
    Path folder = Path.of(System.getProperty("lanes.bench.folder", "src/bench"));
    Pyperf pyperf;
    try {
      pyperf =
          Pyperf.install(
              session.folder(),
              worker.executable(interpreter),
              folder.resolve("python/linear_pyperf.py"),
              folder.resolve("python/workloads/linear.py"));
    } catch (Pyperf.Unavailable e) {
      session.say("skipped, pyperf cannot be had: %s", e.getMessage());
      session.append(Map.of("kind", "skipped", "reason", e.getMessage()));
      return;
    }
    for (int i = 0; i < session.options().count("repetitions"); i++) {
      int repetition = i;
      for (String pair : PAIRS.keySet().stream().sorted().toList()) {
        boolean pyperfFirst = repetition % 2 == 0;
        for (String tool : pyperfFirst ? List.of("pyperf", "lanes") : List.of("lanes", "pyperf")) {
          boolean done =
              session.lines(tool).stream()
                  .anyMatch(line ->
                      line.path("pair").asString().equals(pair)
                          && line.path("repetition").asInt() == repetition);
          if (!done) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("kind", tool);
            line.put("pair", pair);
            line.put("repetition", repetition);
            if (tool.equals("pyperf")) {
              byPyperf(session, pyperf, PAIRS.get(pair), line);
            } else {
              byLanes(session, worker, interpreter, PAIRS.get(pair), line);
            }
            session.append(line);
          }
        }
      }
      session.say(
          "after repetition %d%n%s", i + 1, report(session.options(), session.lines()).table());
    }
  }

  private static void byPyperf(Session session, Pyperf pyperf, int work, Map<String, Object> line)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(session.folder().resolve("pyperf"));
    Pyperf.Run first = pyperf.run(WORK, folder.resolve("first.json"));
    Pyperf.Run second = pyperf.run(work, folder.resolve("second.json"));
    line.put("verdict", pyperf.verdict(first.file(), second.file()));
    List<Map<String, Object>> batches = new ArrayList<>();
    batches.add(batch(first, second));
    double seconds = first.seconds() + second.seconds();
    line.put("default_seconds", seconds);
    while (PyperfFigures.capped(batches, HALF_WIDTH, FEWEST_PROCESSES)
        && seconds < session.options().number("pyperf-cap")) {
      String[] more = {
        "--processes", String.valueOf(MORE_PROCESSES), "--loops", String.valueOf(first.loops())
      };
      Pyperf.Run moreOfFirst = pyperf.run(WORK, folder.resolve("more-first.json"), more);
      Pyperf.Run moreOfSecond = pyperf.run(work, folder.resolve("more-second.json"), more);
      batches.add(batch(moreOfFirst, moreOfSecond));
      seconds += moreOfFirst.seconds() + moreOfSecond.seconds();
    }
    line.put("batches", batches);
  }

  private static Map<String, Object> batch(Pyperf.Run first, Pyperf.Run second) {
    return Map.of(
        "seconds", first.seconds() + second.seconds(),
        "first", first.processes(),
        "second", second.processes());
  }

  private static void byLanes(
      Session session, LocalWorker worker, String interpreter, int work, Map<String, Object> line)
      throws IOException, InterruptedException {
    CellSpec first = cell(worker, ArmRole.SUBJECT, WORK, interpreter);
    CellSpec second = cell(worker, ArmRole.SUBJECT, work, interpreter);
    CellSpec placebo = cell(worker, ArmRole.PLACEBO, WORK, interpreter);
    CellSpec anchor =
        worker.cell(ArmRole.ANCHOR, "anchor", Map.of(), 10, 1, "sequential", worker.bundled());
    long seed = session.seed() + session.lines("lanes").size();
    Measured measured =
        session.measure(
            Jobs.ofPrecision(
                "beside pyperf",
                seed,
                HALF_WIDTH,
                500,
                session.options().number("lanes-cap"),
                List.of(new Group(0, List.of(first, second, placebo, anchor)))));
    Jobs.ended(measured, first);
    var ending = Jobs.ended(measured, second);
    NavigableMap<Integer, double[]> ours = measured.counted(first.id(), Measure.STEADY_SECONDS);
    NavigableMap<Integer, double[]> others = measured.counted(second.id(), Measure.STEADY_SECONDS);
    List<Integer> both = ours.keySet().stream().filter(others::containsKey).toList();
    line.put("seconds", measured.seconds());
    line.put("imprecise", ending.imprecise());
    line.put("quality", String.valueOf(ending.quality()).toLowerCase(Locale.ROOT));
    line.put("first", both.stream().map(ours::get).toList());
    line.put("second", both.stream().map(others::get).toList());
  }

  private static CellSpec cell(LocalWorker worker, ArmRole role, int work, String interpreter) {
    return worker.cell(role, "linear", Map.of("work", work), 1, 1, "sequential", interpreter);
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    for (JsonNode skipped : Lines.of(lines, "skipped")) {
      String reason = skipped.path("reason").asString();
      return new Findings(Map.of("skipped", reason), List.of(), "skipped: " + reason + "\n");
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder(PyperfFigures.head());
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    PAIRS.keySet().stream()
        .sorted()
        .forEach(pair -> {
          double truth = Math.log((double) PAIRS.get(pair) / WORK);
          List<PyperfFigures.Repetition> lanes =
              repetitions(
                  lines, "lanes", pair, line -> PyperfFigures.lanes(line, truth, HALF_WIDTH));
          List<PyperfFigures.Repetition> pyperf =
              repetitions(
                  lines,
                  "pyperf",
                  pair,
                  line -> PyperfFigures.pyperf(line, truth, HALF_WIDTH, FEWEST_PROCESSES));
          // Never known on our side is for ever; on the other side, what was spent is too little.
          lanes.forEach(repetition ->
              ours.add(repetition.capped() ? Double.POSITIVE_INFINITY : repetition.seconds()));
          pyperf.forEach(repetition -> theirs.add(repetition.seconds()));
          pyperf.forEach(repetition -> first.add(repetition.earliestSeconds()));
          PyperfFigures ofLanes = PyperfFigures.of(lanes);
          PyperfFigures ofPyperf = PyperfFigures.of(pyperf);
          figures.put(pair, Map.of("lanes", ofLanes.figures(), "pyperf", ofPyperf.figures()));
          table.append(ofLanes.row(pair + ", Lanes")).append(ofPyperf.row(pair + ", pyperf"));
        });
    double our = Numbers.median(ours.stream().mapToDouble(s -> s).toArray()).orElse(Double.NaN);
    double their = Numbers.median(theirs.stream().mapToDouble(s -> s).toArray()).orElse(Double.NaN);
    double[] earliest = first.stream().mapToDouble(s -> s).toArray();
    boolean enough = Math.min(ours.size(), theirs.size()) >= PAIRS.size() * ENOUGH_REPETITIONS;
    Map<String, Object> medians = new LinkedHashMap<>();
    medians.put("lanes", Double.isFinite(our) ? our : null);
    medians.put("pyperf", Double.isFinite(their) ? their : null);
    medians.put("pyperf_earliest", Numbers.median(earliest).orElse(Double.NaN));
    figures.put("median_seconds", medians);
    Gate half =
        new Gate(
            "time until the ratio is told within ±2 %",
            "at most half of pyperf's own run, medians of at least %d repetitions of both pairs"
                .formatted(ENOUGH_REPETITIONS),
            "%s against %s%s"
                .formatted(
                    Double.isInfinite(our) ? "not within the cap" : Numbers.seconds(our),
                    Numbers.seconds(their),
                    enough ? "" : ": not enough repetitions"),
            enough && our <= their / 2);
    double oracle = Numbers.median(earliest).orElse(Double.NaN);
    Gate ofEarliest =
        new Gate(
            "the same against the first moment at which pyperf's interval was ±2 %",
            "at most half of it, though nobody can tell that moment beforehand",
            "%s against %s".formatted(Numbers.seconds(our), Numbers.seconds(oracle)),
            enough && our <= oracle / 2);
    return new Findings(figures, List.of(half, ofEarliest), table.toString());
  }

  private static List<PyperfFigures.Repetition> repetitions(
      List<JsonNode> lines,
      String tool,
      String pair,
      Function<JsonNode, PyperfFigures.Repetition> read) {
    return Lines.of(lines, tool).stream()
        .filter(line -> line.path("pair").asString().equals(pair))
        .map(read)
        .toList();
  }
}
