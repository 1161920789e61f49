package dev.lanes.bench;

import dev.lanes.catalog.ArmRole;
import dev.lanes.catalog.Measure;
import dev.lanes.measurement.SliceProbe;
import dev.lanes.measurement.SliceProbe.Timing;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.JobSpec.CellSpec;
import dev.lanes.protocol.JobSpec.Group;
import dev.lanes.worker.LocalWorker;
import dev.lanes.worker.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What measuring itself costs: inside the timed window, around a slice, in the worker while a slice
 * runs, in arms that are parked, and in the time of a whole job.
 */
final class Overhead implements Benchmark {

  /** What a job may take when nothing else is asked for. */
  private static final double JOB_SECONDS = 600;

  private static final int CALIBRATION_WORK = 1000;
  private static final double MOST_OVERHEAD = 0.005;
  private static final double MOST_AGENT = 0.001;
  private static final double MOST_PARKED = 0.001;
  private static final double LEAST_INSIDE = 0.85;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("slices", "2000");
    options.put("milliseconds", "100,300,1000");
    options.put("models", "sequential,threads,processes:fork,subinterpreters");
    options.put("rounds", "6");
    options.put("repetitions", "2");
    options.put("interpreter", "");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    LocalWorker worker = session.worker();
    String interpreter = worker.interpreter(session.options().text("interpreter"));
    if (session.lines("slices").isEmpty()) {
      probe(session, worker, interpreter);
    }
    if (session.lines("unit").isEmpty()) {
      unit(session, worker, interpreter);
    }
    double unit = session.lines("unit").getFirst().path("seconds").asDouble();
    for (int i = 0; i < session.options().count("repetitions"); i++) {
      int repetition = i;
      for (String text : session.options().list("milliseconds")) {
        boolean done =
            session.lines("job").stream()
                .anyMatch(line ->
                    line.path("milliseconds").asString().equals(text)
                        && line.path("repetition").asInt() == repetition);
        if (!done) {
          int work = (int) Math.max(1, Math.round(Double.parseDouble(text) / 1e3 / unit));
          job(session, worker, interpreter, text, work, repetition);
          session.say("%s", report(session.options(), session.lines()).table());
        }
      }
    }
  }

  private static void probe(Session session, LocalWorker worker, String interpreter)
      throws IOException, InterruptedException {
    CellSpec empty =
        worker.cell(ArmRole.SUBJECT, "noop", Map.of(), 1, 1, "sequential", interpreter);
    Path directory = session.folder().resolve("../worker").normalize();
    int slices = session.options().count("slices");
    for (int loops : List.of(1, 101)) {
      List<Timing> timings = SliceProbe.time(directory, empty, loops, slices);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("kind", "slices");
      line.put("loops", loops);
      line.put("seconds", timings.stream().map(Timing::seconds).toList());
      line.put("round_trip_seconds", timings.stream().map(Timing::roundTripSeconds).toList());
      session.append(line);
    }
  }

  /** How long a unit of the anchor's work takes here. */
  private static void unit(Session session, LocalWorker worker, String interpreter)
      throws IOException, InterruptedException {
    Map<String, Object> parameters = Map.of("work", CALIBRATION_WORK);
    CellSpec cell =
        worker.cell(ArmRole.SUBJECT, "anchor", parameters, 1, 1, "sequential", interpreter);
    Measured measured =
        session.measure(
            Jobs.ofRounds("unit", session.seed(), 6, List.of(new Group(0, List.of(cell)))));
    Jobs.ended(measured, cell);
    double[] seconds =
        measured.counted(cell.id(), Measure.STEADY_SECONDS).values().stream()
            .mapToDouble(slices -> Numbers.median(slices).orElseThrow())
            .toArray();
    session.append(
        Map.of(
            "kind", "unit", "seconds", Numbers.median(seconds).orElseThrow() / CALIBRATION_WORK));
  }

  private static void job(
      Session session,
      LocalWorker worker,
      String interpreter,
      String milliseconds,
      int work,
      int repetition)
      throws IOException, InterruptedException {
    Map<String, Object> parameters = Map.of("work", work);
    List<CellSpec> subjects = new ArrayList<>();
    for (String model : session.options().list("models")) {
      subjects.add(worker.cell(ArmRole.SUBJECT, "anchor", parameters, 2, 2, model, interpreter));
    }
    CellSpec placebo =
        worker.cell(
            ArmRole.PLACEBO,
            "anchor",
            parameters,
            2,
            2,
            session.options().list("models").getFirst(),
            interpreter);
    CellSpec anchor =
        worker.cell(ArmRole.ANCHOR, "anchor", Map.of(), 10, 1, "sequential", worker.bundled());
    List<CellSpec> all = Stream.concat(subjects.stream(), Stream.of(placebo, anchor)).toList();
    Measured measured =
        session.measure(
            Jobs.ofRounds(
                "overhead",
                session.seed() + repetition,
                session.options().count("rounds"),
                JOB_SECONDS,
                List.of(new Group(0, all))));
    double inside = 0;
    double parkedCpu = 0;
    double beyondGaps = 0;
    double slices = 0;
    for (CellSpec cell : all) {
      int loops = Jobs.ended(measured, cell).loops();
      double own = measured.sum(cell.id(), Measure.STEADY_SECONDS) * loops;
      slices += own;
      inside +=
          own
              + measured.sum(cell.id(), Measure.IMPORT_SECONDS)
              + measured.sum(cell.id(), Measure.CREATE_SECONDS)
              + measured.sum(cell.id(), Measure.COLD_BATCH_SECONDS)
              + measured.sum(cell.id(), Measure.TEARDOWN_SECONDS);
      double used = measured.sum(cell.id(), Measure.PARKED_CPU_SECONDS);
      int gaps = measured.count(cell.id(), Measure.PARKED_CPU_SECONDS);
      parkedCpu += used;
      beyondGaps += Math.max(0, used - SliceProbe.PARKED_GAP_SECONDS * gaps);
    }
    List<RoundEvidence> rounds = measured.rounds(0);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "job");
    line.put("milliseconds", milliseconds);
    line.put("repetition", repetition);
    line.put("work", work);
    line.put("seconds", measured.seconds());
    line.put("inside_seconds", inside);
    line.put("round_seconds", rounds.stream().mapToDouble(RoundEvidence::seconds).sum());
    // While one arm has its slice, all the others are parked.
    line.put("parked_seconds", slices * (all.size() - 1));
    line.put("parked_cpu_seconds", parkedCpu);
    line.put("parked_cpu_seconds_beyond_gaps", beyondGaps);
    line.put("agent_cpu_share", measured.completion().session().get("agent_cpu_share"));
    line.put("groups", measured.completion().session().get("groups"));
    session.append(line);
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    return OverheadFigures.of(lines).findings();
  }

  /** Figures of the raw lines. */
  private record OverheadFigures(
      Map<String, Object> figures, List<Gate> gates, StringBuilder table) {

    static OverheadFigures of(List<JsonNode> lines) {
      OverheadFigures all =
          new OverheadFigures(new LinkedHashMap<>(), new ArrayList<>(), new StringBuilder());
      all.slices(Lines.of(lines, "slices"));
      all.jobs(Lines.of(lines, "job"));
      return all;
    }

    Findings findings() {
      return new Findings(figures, gates, table.toString());
    }

    private void slices(List<JsonNode> lines) {
      if (lines.size() < 2) {
        return;
      }
      double one = median(lines.get(0), "seconds");
      double many = median(lines.get(1), "seconds");
      int loops = lines.get(1).path("loops").asInt() - lines.get(0).path("loops").asInt();
      double perBatch = (many - one) / loops;
      double empty = one - perBatch;
      double roundTrip = median(lines.get(0), "round_trip_seconds");
      figures.put("timed_window_seconds", empty);
      figures.put("empty_batch_seconds", perBatch);
      figures.put("round_trip_seconds", roundTrip);
      table.append(
          "inside the timed window: %.2f µs a slice and %.2f µs a batch without work; asking for a slice and hearing back: %.0f µs%n"
              .formatted(1e6 * empty, 1e6 * perBatch, 1e6 * roundTrip));
      gate("empty slice", "of a short slice", one / SliceProbe.SLICE_SECONDS, MOST_OVERHEAD);
      gate(
          "token round trip",
          "of a short slice",
          roundTrip / SliceProbe.SLICE_SECONDS,
          MOST_OVERHEAD);
    }

    private static double median(JsonNode line, String field) {
      return Numbers.median(Lines.numbers(line.path(field))).orElseThrow();
    }

    private void jobs(List<JsonNode> lines) {
      if (lines.isEmpty()) {
        return;
      }
      double agent = 0;
      double parked = 0;
      for (JsonNode line : lines) {
        agent = Math.max(agent, line.path("agent_cpu_share").asDouble(Double.NaN));
        parked =
            Math.max(
                parked,
                line.path("parked_cpu_seconds_beyond_gaps").asDouble()
                    / line.path("parked_seconds").asDouble());
      }
      gate("worker's processor time while a slice runs", "of it, in every job", agent, MOST_AGENT);
      gate(
          "parked arms' processor time beyond the gaps themselves",
          "of the time parked, in every job",
          parked,
          MOST_PARKED);
      figures.put("agent_cpu_share", agent);
      figures.put("parked_cpu_share_beyond_gaps", parked);
      Map<String, Object> byLength = new LinkedHashMap<>();
      table.append(
          "%-10s %-8s %-26s %-26s %-26s %s%n"
              .formatted(
                  "task",
                  "job",
                  "inside slices and phases",
                  "those of the rounds alone",
                  "of the rounds' time",
                  "parked, raw"));
      Lines.by(lines, "milliseconds")
          .forEach((length, some) -> {
            double ofJob =
                Numbers.median(some.stream().mapToDouble(OverheadFigures::insideShare).toArray())
                    .orElseThrow();
            double kept = median(some, "inside_seconds", "seconds");
            double ofRounds = median(some, "inside_seconds", "round_seconds");
            double raw = median(some, "parked_cpu_seconds", "parked_seconds");
            Map<String, Object> these = new LinkedHashMap<>();
            these.put("inside_share_of_job", ofJob);
            these.put("inside_share_of_job_without_pilot", kept);
            these.put("inside_share_of_rounds", Double.isFinite(ofRounds) ? ofRounds : null);
            these.put("parked_cpu_share", raw);
            List<Map<String, Object>> each = some.stream().map(OverheadFigures::job).toList();
            these.put("jobs", each);
            byLength.put(length + " ms", these);
            table.append(
                "%-10s %-8s %-26s %-26s %-26s %s%n"
                    .formatted(
                        length + " ms",
                        Numbers.seconds(some.getLast().path("seconds").asDouble()),
                        Numbers.percent(ofJob),
                        Numbers.percent(kept),
                        Numbers.percent(ofRounds),
                        Numbers.percent(raw)));
            table.append("  each job: ").append(each).append('\n');
            gates.add(
                new Gate(
                    "time of a job inside slices and phases, tasks of %s ms".formatted(length),
                    "at least 85 %, median of its jobs",
                    Numbers.percent(ofJob),
                    ofJob >= LEAST_INSIDE));
          });
      figures.put("jobs", byLength);
    }

    /** Slices and phases of the pilot are the job's too, though their values are not kept. */
    private static double insideShare(JsonNode line) {
      double pilot = line.path("groups").path(0).path("pilot_inside_seconds").asDouble(0);
      return (line.path("inside_seconds").asDouble() + pilot) / line.path("seconds").asDouble();
    }

    /** A job whose pilot was measured takes longer than one that has its calibrations. */
    private static Map<String, Object> job(JsonNode line) {
      JsonNode group = line.path("groups").path(0);
      Map<String, Object> job = new LinkedHashMap<>();
      job.put("pilot", group.path("pilot").asString("unknown"));
      job.put("pilot_seconds", group.path("pilot_seconds").asDouble(0));
      job.put("inside_share", insideShare(line));
      job.put("inside_share_without_pilot", ratio(line, "inside_seconds", "seconds"));
      return job;
    }

    private void gate(String name, String of, double found, double most) {
      gates.add(
          new Gate(
              name,
              "at most %s %s".formatted(Numbers.percent(most), of),
              "%.3f %%".formatted(100 * found),
              found <= most));
    }

    private static double median(List<JsonNode> lines, String part, String whole) {
      return Numbers.median(lines.stream().mapToDouble(line -> ratio(line, part, whole)).toArray())
          .orElseThrow();
    }

    private static double ratio(JsonNode line, String part, String whole) {
      return line.path(part).asDouble() / line.path(whole).asDouble();
    }
  }
}
