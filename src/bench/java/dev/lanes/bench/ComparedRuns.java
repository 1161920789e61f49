package dev.lanes.bench;

import dev.lanes.catalog.Interpreter.Source;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** How long a comparison of two large runs takes, from the request to the last byte. */
final class ComparedRuns implements Benchmark {

  private static final double MOST_MILLISECONDS = 500;

  /** The server as it is started by its users: the machine's usual compiler and collector. */
  private static final List<String> SERVER = List.of("-Xmx1g");

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("cells", "1000");
    options.put("rounds", "10");
    options.put("warm-up", "30");
    options.put("calls", "100");
    return options;
  }

  @Override
  public void measure(Session session) throws Exception {
    Path home = session.folder().resolve("home");
    FileSystemUtils.deleteRecursively(home.resolve("postgres/data"));
    Options options = session.options();
    try (PrivateLanes lanes = new PrivateLanes(home, SERVER)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lanes::close));
      lanes.startServer();
      var interpreters =
          List.of(
              Fleet.interpreter(MeasuredRun.INTERPRETERS.getFirst(), Source.BUNDLED),
              Fleet.interpreter(MeasuredRun.INTERPRETERS.getLast(), Source.CONFIGURED));
      Fleet fleet = Fleet.make(lanes, 1, 1, 1, interpreters);
      String before;
      String after;
      try (ServedQueue queue = new ServedQueue(lanes.address(), fleet)) {
        queue.reportAll();
        MeasuredRun run = new MeasuredRun(lanes, queue, fleet, options.count("rounds"));
        before = run.of(options.count("cells"), session.seed(), 1);
        after = run.of(options.count("cells"), session.seed() + 1, 1.05);
      }
      session.say("two runs of %s cells are measured", options.count("cells"));
      String token = Files.readString(home.resolve("token")).strip();
      for (var call : calls(before, after).entrySet()) {
        calls(session, call.getKey(), lanes.address().resolve(call.getValue()), token);
      }
    }
  }

  private static Map<String, String> calls(String before, String after) {
    String runs = "?run=%s&against=%s".formatted(after, before);
    Map<String, String> calls = new LinkedHashMap<>();
    calls.put("two runs, total_seconds", "/api/v1/comparisons" + runs);
    calls.put("two runs, steady_seconds", "/api/v1/comparisons" + runs + "&measure=steady_seconds");
    calls.put(
        "two runs, three measures",
        "/api/v1/comparisons/measures"
            + runs
            + "&measure=total_seconds,cpu_seconds,peak_pss_bytes");
    calls.put("models of one run, total_seconds", "/api/v1/comparisons?run=" + after);
    return calls;
  }

  private static void calls(Session session, String name, URI address, String token)
      throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build();
      int first = session.options().count("warm-up");
      for (int call = 0; call < first + session.options().count("calls"); call++) {
        long start = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(
              "%s answers %d: %s"
                  .formatted(address, answer.statusCode(), new String(answer.body())));
        }
        if (call >= first) {
          session.append(
              Map.of(
                  "kind", "call", "name", name, "seconds", seconds, "bytes", answer.body().length));
        }
      }
    }
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
    for (JsonNode line : Lines.of(lines, "call")) {
      byName.computeIfAbsent(line.path("name").asString(), _ -> new ArrayList<>()).add(line);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    List<Gate> gates = new ArrayList<>();
    StringBuilder table =
        new StringBuilder(
            "%-36s %8s %8s %8s %6s %9s%n"
                .formatted("", "p50 ms", "p95 ms", "max ms", "calls", "kilobytes"));
    byName.forEach((name, calls) -> {
      double[] milliseconds =
          calls.stream().mapToDouble(call -> 1e3 * call.path("seconds").asDouble()).toArray();
      double median = Numbers.quantile(milliseconds, 0.5);
      double high = Numbers.quantile(milliseconds, 0.95);
      double most = Numbers.quantile(milliseconds, 1);
      double kilobytes = calls.getFirst().path("bytes").asDouble() / 1e3;
      table.append(
          String.format(
              Locale.ROOT,
              "%-36s %8.1f %8.1f %8.1f %6d %9.0f%n",
              name,
              median,
              high,
              most,
              calls.size(),
              kilobytes));
      figures.put(
          name, Map.of("p50_ms", median, "p95_ms", high, "max_ms", most, "kilobytes", kilobytes));
      if (name.startsWith("two runs") && !name.contains("three")) {
        gates.add(
            new Gate(
                name + ", p95",
                "at most %.0f ms".formatted(MOST_MILLISECONDS),
                String.format(Locale.ROOT, "%.1f ms", high),
                high <= MOST_MILLISECONDS));
      }
    });
    return new Findings(figures, gates, table.toString());
  }
}
