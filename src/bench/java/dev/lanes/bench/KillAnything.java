package dev.lanes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Something that measures is killed at a random moment of a run, again and again: an arm's first
 * process, an arm with all its workers, the worker itself. Afterwards nothing may be left running,
 * no round may be stored in part, and the run must come to its end.
 */
final class KillAnything implements Benchmark {

  private static final List<String> KINDS = List.of("arm", "arm and its workers", "worker");
  private static final Duration NOTHING_LEFT_WITHIN = Duration.ofSeconds(2);
  private static final Duration RUN_ENDS_WITHIN = Duration.ofMinutes(3);

  /** Latest moment of a kill after the run has begun to measure. */
  private static final double LATEST_SECONDS = 4;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("kills", "200");
    options.put("models", "sequential,threads,processes:fork");
    options.put("work", "200");
    options.put("long-work", "100000");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    Path home = session.folder().resolve("home");
    FileSystemUtils.deleteRecursively(home.resolve("postgres/data"));
    try (PrivateLanes lanes =
        new PrivateLanes(home, List.of("-XX:TieredStopAtLevel=1", "-Xmx400m"))) {
      Runtime.getRuntime().addShutdownHook(new Thread(lanes::close));
      lanes.startServer();
      lanes.ensureWorker();
      PrivateLanes.await(
          "the worker has reported",
          Duration.ofMinutes(2),
          () -> {
            try {
              return !lanes.get("/api/v1/interpreters").path("items").isEmpty();
            } catch (IOException e) {
              return false;
            }
          });
      while (session.lines("kill").size() < session.options().count("kills")) {
        kill(session, lanes);
      }
    }
  }

  private static void kill(Session session, PrivateLanes lanes) throws Exception {
    int number = session.lines("kill").size() + session.lines("missed").size();
    SplittableRandom random = new SplittableRandom(session.seed() + number);
    String kind = KINDS.get(number % KINDS.size());
    double wait = random.nextDouble(LATEST_SECONDS);
    lanes.ensureWorker();
    int work = session.options().count(isLong(number) ? "long-work" : "work");
    String run = lanes.submit(run(session, work));
    PrivateLanes.await("an arm runs", Duration.ofMinutes(2), () -> !lanes.arms().isEmpty());
    Thread.sleep((long) (wait * 1000));
    AtomicReference<LivingProcess> victim = new AtomicReference<>();
    boolean found =
        PrivateLanes.soon(
            RUN_ENDS_WITHIN,
            () -> {
              List<LivingProcess> arms = lanes.arms();
              if (!arms.isEmpty()) {
                victim.set(arms.get(random.nextInt(arms.size())));
              }
              return !arms.isEmpty() || ended(lanes, run);
            });
    if (!found || victim.get() == null) {
      session.append(Map.of("kind", "missed", "number", number));
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "kill");
    line.put("number", number);
    line.put("victim", kind);
    line.put("work", work);
    line.put("after_seconds", wait);
    line.put("left", left(lanes, kind, victim.get()));
    lanes.ensureWorker();
    boolean end = PrivateLanes.soon(RUN_ENDS_WITHIN, () -> ended(lanes, run));
    line.put("ended", end);
    line.put("state", lanes.get(run).path("state").asString());
    line.put("attempt", lanes.get(run).path("jobs").path(0).path("attempt").asInt());
    Map<String, Integer> outcomes = new TreeMap<>();
    List<String> halves = new ArrayList<>();
    for (JsonNode cell : lanes.get(run + "/cells").path("items")) {
      outcomes.merge(cell.path("outcome").asString("none"), 1, Integer::sum);
      String samples = "/api/v1/cells/" + cell.path("id").asString() + "/samples";
      halves.addAll(WholeRounds.faults(lanes.get(samples).path("items")));
    }
    line.put("outcomes", outcomes);
    line.put("halves", halves);
    line.put("spool", spool(session.folder().resolve("home/spool")));
    session.append(line);
    session.say(
        "%d %s after %.1f s: left %s, run %s, %s, halves %s",
        number, kind, wait, line.get("left"), line.get("state"), outcomes, halves);
  }

  /**
   * Whether the run has slices of seconds: every third kill of a worker must hit one, since an arm
   * that is between two slices ends with its worker by itself.
   */
  private static boolean isLong(int number) {
    return KINDS.get(number % KINDS.size()).equals("worker") && number / KINDS.size() % 3 == 0;
  }

  private static Map<String, Object> run(Session session, int work) {
    Map<String, Object> matrix = new LinkedHashMap<>();
    matrix.put("workload", List.of("anchor"));
    matrix.put("work", List.of(work));
    matrix.put("tasks", List.of(2));
    matrix.put("parallelism", List.of(2));
    matrix.put("model", session.options().list("models"));
    matrix.put("interpreter", List.of("cpython-3.14"));
    return Map.of(
        "name",
        "kill anything",
        "matrix",
        matrix,
        "precision",
        Map.of("min_rounds", 1, "max_rounds", 3, "time_budget_s", 15));
  }

  /** Kills, and tells what still runs two seconds later although it should not. */
  private static List<String> left(PrivateLanes lanes, String kind, LivingProcess victim)
      throws IOException, InterruptedException {
    Set<Long> before = new TreeSet<>();
    lanes.measuring().forEach(process -> before.add(process.id()));
    switch (kind) {
      case "arm" -> victim.kill();
      case "arm and its workers" -> victim.killGroup();
      default -> lanes.worker().destroyForcibly();
    }
    boolean all = kind.equals("worker");
    AtomicReference<List<LivingProcess>> left = new AtomicReference<>(List.of());
    PrivateLanes.soon(
        NOTHING_LEFT_WITHIN,
        () -> {
          left.set(
              lanes.measuring().stream()
                  .filter(process -> all ? before.contains(process.id()) : belongs(process, victim))
                  .toList());
          return left.get().isEmpty();
        });
    return left.get().stream().map(LivingProcess::command).toList();
  }

  private static boolean belongs(LivingProcess process, LivingProcess victim) {
    return victim.leads() ? process.group() == victim.group() : process.id() == victim.id();
  }

  private static boolean ended(PrivateLanes lanes, String run) {
    try {
      String state = lanes.get(run).path("state").asString();
      return !Set.of("queued", "running").contains(state);
    } catch (IOException e) {
      return false;
    }
  }

  /** Files of results that wait although the run has ended. */
  private static List<String> spool(Path spool) throws IOException {
    if (!Files.isDirectory(spool)) {
      return List.of();
    }
    try (var files = Files.walk(spool)) {
      return files.filter(Files::isRegularFile).map(spool::relativize).map(Path::toString).toList();
    }
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    Map<String, Object> figures = new LinkedHashMap<>();
    List<Gate> gates = new ArrayList<>();
    StringBuilder table =
        new StringBuilder(
            "%-22s %-7s %-14s %-18s %-12s %s%n"
                .formatted(
                    "killed", "kills", "left running", "rounds in part", "not ended", "repeated"));
    List<JsonNode> kills = Lines.of(lines, "kill");
    int asked = options.count("kills");
    gates.add(
        new Gate(
            "kills", "at least " + asked, String.valueOf(kills.size()), kills.size() >= asked));
    Map<String, Integer> sums = new LinkedHashMap<>();
    Lines.by(kills, "victim")
        .forEach((victim, some) -> {
          Map<String, Integer> counts = new LinkedHashMap<>();
          counts.put("kills", some.size());
          counts.put("left_running", count(some, line -> !line.path("left").isEmpty()));
          counts.put("rounds_in_part", count(some, line -> !line.path("halves").isEmpty()));
          counts.put("not_ended", count(some, line -> !line.path("ended").asBoolean()));
          counts.put("repeated", count(some, line -> line.path("attempt").asInt() > 1));
          counts.forEach((name, number) -> sums.merge(name, number, Integer::sum));
          figures.put(victim, counts);
          table.append(
              "%-22s %-7d %-14d %-18d %-12d %d%n"
                  .formatted(
                      victim,
                      counts.get("kills"),
                      counts.get("left_running"),
                      counts.get("rounds_in_part"),
                      counts.get("not_ended"),
                      counts.get("repeated")));
        });
    for (String fault : List.of("left_running", "rounds_in_part", "not_ended")) {
      int found = sums.getOrDefault(fault, 0);
      gates.add(
          new Gate(
              fault.replace('_', ' '),
              "none",
              String.valueOf(found),
              !kills.isEmpty() && found == 0));
    }
    figures.put("missed", Lines.of(lines, "missed").size());
    return new Findings(figures, gates, table.toString());
  }

  private static int count(List<JsonNode> lines, Predicate<JsonNode> what) {
    return (int) lines.stream().filter(what).count();
  }
}
