package dev.lanes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * What a worker costs its host while it has nothing to do: the memory that is resident, and the
 * processor time. It is started as {@code src/docs/lanes-worker.service} starts it, measures one
 * run first, so that nothing is left to be loaded, and is looked at as {@code /proc} shows it.
 */
final class IdleWorker implements Benchmark {

  private static final long MOST_RESIDENT_BYTES = 120L * 1024 * 1024;
  private static final double MOST_PROCESSOR = 0.002;
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Of the kernel's clock in /proc/PID/stat: USER_HZ, which is 100 on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("minutes", "10");
    options.put("repetitions", "1");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    while (session.lines("idle").size() < session.options().count("repetitions")) {
      Path home = session.folder().resolve("home");
      FileSystemUtils.deleteRecursively(home.resolve("postgres/data"));
      try (PrivateLanes lanes = new PrivateLanes(home, List.of())) {
        Runtime.getRuntime().addShutdownHook(new Thread(lanes::close));
        lanes.startServer();
        WorkerUnit unit = WorkerUnit.read();
        lanes.startWorker(unit.javaOptions(), unit.environment());
        session.append(idle(session, lanes, unit));
      }
    }
  }

  private static Map<String, Object> idle(Session session, PrivateLanes lanes, WorkerUnit unit)
      throws Exception {
    PrivateLanes.await(
        "the worker has found out what its interpreters run",
        Duration.ofMinutes(10),
        () -> told(lanes, "/api/v1/support") && quiet(lanes));
    String run = lanes.submit(run());
    PrivateLanes.await("a run has ended", Duration.ofMinutes(3), () -> ended(lanes, run));
    PrivateLanes.await("nothing measures any more", Duration.ofMinutes(1), () -> quiet(lanes));
    Path process = Path.of("/proc", String.valueOf(lanes.worker().pid()));
    List<Long> resident = new ArrayList<>();
    double before = processorSeconds(process);
    long begun = System.nanoTime();
    long end = begun + (long) (session.options().number("minutes") * 60e9);
    while (System.nanoTime() < end) {
      Thread.sleep(LOOK);
      resident.add(kibibytes(process, "VmRSS") * 1024);
    }
    double used = processorSeconds(process) - before;
    double seconds = (System.nanoTime() - begun) / 1e9;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("kind", "idle");
    line.put("java_options", unit.javaOptions());
    line.put("environment", unit.environment());
    line.put("run_state", lanes.get(run).path("state").asString());
    line.put("seconds", seconds);
    line.put("processor_seconds", used);
    line.put("resident_bytes", resident);
    line.put("peak_resident_bytes", kibibytes(process, "VmHWM") * 1024);
    line.put("threads", kibibytes(process, "Threads"));
    session.say(
        "%.0f s idle: %.2f s of processor time, %d MiB resident",
        seconds, used, resident.getLast() >> 20);
    return line;
  }

  private static boolean told(PrivateLanes lanes, String address) {
    try {
      return !lanes.get(address).path("items").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether nothing is measured or probed for a while: probes pause for less than a second. */
  private static boolean quiet(PrivateLanes lanes) {
    try {
      return !PrivateLanes.soon(LOOK, () -> !lanes.measuring().isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Map<String, Object> run() {
    Map<String, Object> matrix = new LinkedHashMap<>();
    matrix.put("workload", List.of("pi"));
    matrix.put("digits", List.of(200));
    matrix.put("tasks", List.of(2));
    matrix.put("parallelism", List.of(2));
    matrix.put("model", List.of("sequential", "threads"));
    matrix.put("interpreter", List.of("cpython-3.14"));
    return Map.of(
        "name",
        "before it is idle",
        "matrix",
        matrix,
        "precision",
        Map.of("min_rounds", 5, "max_rounds", 5, "time_budget_s", 60));
  }

  private static boolean ended(PrivateLanes lanes, String run) {
    try {
      return !Set.of("queued", "running").contains(lanes.get(run).path("state").asString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Fields 14 and 15 of /proc/PID/stat, counted from behind the name; proc(5). */
  private static double processorSeconds(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static long kibibytes(Path process, String field) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("%s has no %s".formatted(process.resolve("status"), field));
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    List<JsonNode> all = Lines.of(lines, "idle");
    double resident = 0;
    double share = 0;
    double shortest = Double.POSITIVE_INFINITY;
    boolean measured = !all.isEmpty();
    StringBuilder table =
        new StringBuilder(
            "%-10s %-16s %-16s %-16s %s%n"
                .formatted("idle", "most resident", "least resident", "peak ever", "processor"));
    for (JsonNode line : all) {
      double[] bytes = Lines.numbers(line.path("resident_bytes"));
      double most = Arrays.stream(bytes).max().orElse(Double.NaN);
      double least = Arrays.stream(bytes).min().orElse(Double.NaN);
      double used = line.path("processor_seconds").asDouble() / line.path("seconds").asDouble();
      resident = Math.max(resident, most);
      share = Math.max(share, used);
      shortest = Math.min(shortest, line.path("seconds").asDouble());
      measured &= line.path("run_state").asString().equals("completed");
      table.append(
          "%-10s %-16s %-16s %-16s %.3f %%%n"
              .formatted(
                  Numbers.seconds(line.path("seconds").asDouble()),
                  mebibytes(most),
                  mebibytes(least),
                  mebibytes(line.path("peak_resident_bytes").asDouble()),
                  100 * used));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("most_resident_bytes", measured ? resident : null);
    figures.put("processor_share", measured ? share : null);
    List<Gate> gates =
        List.of(
            new Gate(
                "a run was measured, then idle time",
                "completed; at least 10 min",
                Numbers.seconds(shortest),
                measured && shortest >= 600),
            new Gate(
                "memory resident while idle",
                "at most 120 MiB at each look",
                mebibytes(resident),
                measured && resident <= MOST_RESIDENT_BYTES),
            new Gate(
                "processor time while idle",
                "at most 0.2 % of one core",
                "%.3f %%".formatted(100 * share),
                measured && share <= MOST_PROCESSOR));
    return new Findings(figures, gates, table.toString());
  }

  private static String mebibytes(double bytes) {
    return "%.1f MiB".formatted(bytes / (1 << 20));
  }
}
