package dev.lanes.bench;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.worker.LocalWorker;
import dev.lanes.worker.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whether the instrument sees a slowdown that is really there. Arms of the workload {@code linear},
 * whose run time is linear in its parameter, do 2, 5 and 10 % more work than the baseline of their
 * group.
 */
final class InjectedSlowdown implements Benchmark {

  private static final int BASE_WORK = 1000;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("trials", "30");
    options.put("models", "sequential,threads,processes:fork");
    options.put("work", "1000,1020,1050,1100,200");
    options.put("rounds", "60");
    options.put("interpreter", "");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    int trials = session.options().count("trials");
    List<String> models = session.options().list("models");
    for (int trial = 0; trial < trials; trial++) {
      for (String model : models) {
        if (done(session, model) <= trial) {
          trial(session, model, trial);
        }
      }
      session.say("%s", report(session.options(), session.lines()).table());
    }
  }

  private static long done(Session session, String model) {
    return session.lines("trial").stream()
        .filter(line -> line.path("model").asString().equals(model))
        .count();
  }

  private static void trial(Session session, String model, int trial)
      throws IOException, InterruptedException {
    LocalWorker worker = session.worker();
    String interpreter = worker.interpreter(session.options().text("interpreter"));
    int workers = model.equals("sequential") ? 1 : 2;
    List<Integer> works = session.options().list("work").stream().map(Integer::valueOf).toList();
    if (works.getFirst() != BASE_WORK) {
      throw new UsageException("the first --work is the baseline's and must be " + BASE_WORK);
    }
    List<CellSpec> cells = new ArrayList<>();
    for (int work : works) {
      cells.add(cell(worker, ArmRole.SUBJECT, work, workers, model, interpreter));
    }
    CellSpec placebo = cell(worker, ArmRole.PLACEBO, BASE_WORK, workers, model, interpreter);
    List<CellSpec> all = Stream.concat(cells.stream(), Stream.of(placebo)).toList();
    long seed = session.seed() + trial * 1000L + Math.floorMod(model.hashCode(), 1000);
    Measured measured =
        session.measure(
            Jobs.ofRounds(
                "injected slowdown",
                seed,
                session.options().count("rounds"),
                List.of(new Group(0, all))));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "trial");
    line.put("model", model);
    line.put("trial", trial);
    line.put("seconds", measured.seconds());
    line.put("round_seconds", measured.rounds(0).stream().map(RoundEvidence::seconds).toList());
    Map<Integer, NavigableMap<Integer, double[]>> slices = new TreeMap<>();
    Map<String, Integer> loops = new LinkedHashMap<>();
    for (int i = 0; i < works.size(); i++) {
      loops.put(String.valueOf(works.get(i)), Jobs.ended(measured, cells.get(i)).loops());
      slices.put(works.get(i), measured.counted(cells.get(i).id(), Measure.STEADY_SECONDS));
    }
    List<Integer> rounds =
        slices.get(BASE_WORK).keySet().stream()
            .filter(round -> slices.values().stream().allMatch(arm -> arm.containsKey(round)))
            .toList();
    Map<String, Object> arms = new LinkedHashMap<>();
    slices.forEach(
        (work, arm) -> arms.put(String.valueOf(work), rounds.stream().map(arm::get).toList()));
    line.put("arms", arms);
    line.put("loops", loops);
    line.put(
        "quality",
        String.valueOf(measured.ending(cells.getLast().id()).quality()).toLowerCase(Locale.ROOT));
    session.append(line);
  }

  private static CellSpec cell(
      LocalWorker worker, ArmRole role, int work, int workers, String model, String interpreter) {
    return worker.cell(role, "linear", Map.of("work", work), workers, workers, model, interpreter);
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    Map<String, Object> figures = new LinkedHashMap<>();
    List<Gate> gates = new ArrayList<>();
    StringBuilder table = new StringBuilder(SlowdownFigures.head());
    Map<String, List<JsonNode>> byModel = Lines.by(Lines.of(lines, "trial"), "model");
    byModel.forEach((model, trials) -> {
      Map<String, Object> ofModel = new LinkedHashMap<>();
      for (String work : slower(options)) {
        SlowdownFigures these = SlowdownFigures.of(trials, work);
        ofModel.put(work, these.figures());
        table.append(these.row(model));
        gates.addAll(these.gates(model));
      }
      Map<String, Object> intercept = SlowdownFigures.intercept(trials);
      ofModel.put("intercept_share", intercept);
      ofModel.put("median_trial_seconds", median(trials));
      ofModel.put("qualities", EqualArms.qualities(trials));
      table.append(
          "  %s: intercept %s of a batch of %d units; qualities %s%n"
              .formatted(model, intercept, BASE_WORK, ofModel.get("qualities")));
      figures.put(model, ofModel);
    });
    if (byModel.isEmpty()) {
      gates.add(new Gate("trials", "at least one", "none", false));
    }
    return new Findings(figures, gates, table.toString());
  }

  /** The arms that are judged; one with less work is there to see what does not depend on it. */
  private static List<String> slower(Options options) {
    return options.list("work").stream()
        .filter(work -> Integer.parseInt(work) > BASE_WORK)
        .toList();
  }

  private static double median(List<JsonNode> trials) {
    return Numbers.median(
            trials.stream().mapToDouble(trial -> trial.path("seconds").asDouble()).toArray())
        .orElseThrow();
  }
}
