package dev.lanes.bench;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.JobSpec;
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
import tools.jackson.databind.JsonNode;

/** Measures sets of rounds of cells beside their placebos. */
final class PairMeasurement {

  private final Session session;
  private final String condition;
  private final int rounds;
  private final int sets;

  /**
   * @param condition name of what the host is put through, kept in every line
   */
  PairMeasurement(Session session, String condition) {
    this.session = session;
    this.condition = condition;
    this.rounds = session.options().count("rounds");
    this.sets = session.options().count("sets");
  }

  /** Options that every benchmark of pairs has. */
  static Map<String, String> options(String pairs) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("pairs", pairs);
    options.put("cells", "anchor:sequential,anchor:threads");
    options.put("rounds", "10");
    options.put("sets", "6");
    options.put("tasks", "10");
    options.put("interpreter", "");
    return options;
  }

  /** Goes on until there are as many pairs of this condition as asked. */
  void measure(int pairs) throws IOException, InterruptedException {
    while (done().size() < pairs) {
      job();
      session.say("%s%s", PairFigures.head(), PairFigures.of(Pair.all(done())).row(condition));
    }
  }

  private List<JsonNode> done() {
    return ofCondition(session.lines("pair"), condition);
  }

  static List<JsonNode> ofCondition(List<JsonNode> lines, String condition) {
    return lines.stream()
        .filter(line -> line.path("condition").asString().equals(condition))
        .toList();
  }

  private void job() throws IOException, InterruptedException {
    LocalWorker worker = session.worker();
    int number = session.lines("job").size();
    String interpreter = worker.interpreter(session.options().text("interpreter"));
    List<CellChoice> choices =
        session.options().list("cells").stream().map(CellChoice::parse).toList();
    List<Group> groups = new ArrayList<>();
    for (CellChoice choice : choices) {
      int tasks = session.options().count("tasks");
      groups.add(
          new Group(
              groups.size(),
              List.of(
                  choice.cell(worker, ArmRole.SUBJECT, tasks, interpreter),
                  choice.cell(worker, ArmRole.PLACEBO, tasks, interpreter))));
    }
    JobSpec job = Jobs.ofRounds("equal arms", session.seed() + number, rounds * sets, groups);
    Measured measured = session.measure(job);
    for (Group group : groups) {
      keep(choices.get(group.number()).text(), group, number, measured);
    }
    session.append(
        Map.of(
            "kind", "job", "condition", condition, "job", number, "seconds", measured.seconds()));
  }

  private void keep(String cell, Group group, int job, Measured measured) throws IOException {
    CellSpec baseline = group.cells().getFirst();
    CellSpec placebo = group.cells().getLast();
    CellEnding ending = Jobs.ended(measured, baseline);
    Jobs.ended(measured, placebo);
    NavigableMap<Integer, double[]> ours = measured.counted(baseline.id(), Measure.STEADY_SECONDS);
    NavigableMap<Integer, double[]> others = measured.counted(placebo.id(), Measure.STEADY_SECONDS);
    List<Integer> both = ours.keySet().stream().filter(others::containsKey).toList();
    for (int set = 0; (set + 1) * rounds <= both.size(); set++) {
      List<Integer> these = both.subList(set * rounds, (set + 1) * rounds);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("kind", "pair");
      line.put("condition", condition);
      line.put("cell", cell);
      line.put("job", job);
      line.put("set", set);
      line.put("baseline", these.stream().map(ours::get).toList());
      line.put("placebo", these.stream().map(others::get).toList());
      session.append(line);
    }
    List<RoundEvidence> evidence = measured.rounds(group.number());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", "result");
    result.put("condition", condition);
    result.put("cell", cell);
    result.put("job", job);
    result.put("quality", String.valueOf(ending.quality()).toLowerCase(Locale.ROOT));
    result.put("reasons", ending.qualityReasons());
    result.put("rounds", ending.rounds());
    result.put("turns", ending.turns());
    result.put("dirty", evidence.stream().filter(round -> !round.disturbances().isEmpty()).count());
    session.append(result);
  }
}
