package dev.lanes.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The command line: {@code src/bench/run NAME [options]}. */
final class Bench {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final Map<String, Supplier<Benchmark>> ALL =
      new TreeMap<>(
          Map.of(
              "equal-arms", EqualArms::new,
              "injected-slowdown", InjectedSlowdown::new,
              "hostile-host", HostileHost::new,
              "idle-worker", IdleWorker::new,
              "beside-pyperf", BesidePyperf::new,
              "beside-load-generator", BesideLoadGenerator::new,
              "comparisons", ComparedRuns::new,
              "kill-anything", KillAnything::new,
              "queue", Queue::new,
              "overhead", Overhead::new));

  private final String name;
  private final Benchmark benchmark;
  private final Path folder;
  private final Map<String, String> given = new LinkedHashMap<>();
  private final Path home = home();
  private String server = "http://localhost:8080";
  private boolean resume;
  private @Nullable Path report;

  private Bench(String name, Benchmark benchmark) {
    this.name = name;
    this.benchmark = benchmark;
    this.folder = home().resolve("bench").resolve(name);
  }

  public static void main(String[] arguments) throws Exception {
    try {
      start(new ArrayDeque<>(List.of(arguments)));
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.exit(64); // EX_USAGE of sysexits.h
    }
    System.exit(0);
  }

  private static void start(ArrayDeque<String> words) throws Exception {
    String name = words.isEmpty() ? "help" : words.removeFirst();
    if (name.equals("self-check")) {
      SelfCheck.run();
      return;
    }
    if (name.equals("send")) {
      Path report = Path.of(needed(words, "send"));
      String server = words.isEmpty() ? "http://localhost:8080" : words.getLast();
      System.out.println(delivery(server).send(report));
      return;
    }
    Supplier<Benchmark> benchmark = ALL.get(name);
    if (benchmark == null) {
      throw new UsageException(
          """
          src/bench/run NAME [--resume] [--seed N] [--server URL] [options of the benchmark]
          src/bench/run NAME --report FILE     computes the figures of raw lines again
          src/bench/run send FILE [--server URL]
          NAME is one of: %s; self-check
          src/bench/README.md says what each of them is.\
          """
              .formatted(String.join(", ", ALL.keySet())));
    }
    Bench bench = new Bench(name, benchmark.get());
    bench.read(words);
    bench.run();
  }

  private void read(ArrayDeque<String> words) {
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      switch (word) {
        case "--resume" -> resume = true;
        case "--server" -> server = needed(words, word);
        case "--report" -> report = Path.of(needed(words, word));
        default -> {
          if (!word.startsWith("--")) {
            throw new UsageException("\"%s\" is no option".formatted(word));
          }
          given.put(word.substring(2), needed(words, word));
        }
      }
    }
  }

  private static String needed(ArrayDeque<String> words, String option) {
    return Optional.ofNullable(words.pollFirst())
        .orElseThrow(() -> new UsageException(option + " needs a value"));
  }

  private void run() throws Exception {
    Path repeated = report;
    if (repeated != null) {
      finish(new RawFile(repeated));
      return;
    }
    RawFile file = file();
    Files.createDirectories(home.resolve("bench"));
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("bench/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new UsageException(
            "another benchmark measures with %s; two would disturb each other, so wait for its end"
                .formatted(home));
      }
      JsonNode header = file.lines().getFirst();
      try (Session session =
          new Session(options(header), file, folder, header.path("seed").asLong())) {
        Runtime.getRuntime().addShutdownHook(new Thread(session::close));
        System.out.println("raw lines go to " + file.path());
        benchmark.measure(session);
        file.append(Map.of("kind", "end", "at", Instant.now().toString()));
      }
    }
    finish(file);
  }

  /** The file to continue, or a new one with its first line. */
  private RawFile file() throws IOException {
    Optional<RawFile> newest = resume ? RawFile.newest(folder) : Optional.empty();
    if (newest.isPresent()) {
      newest.get().append(Map.of("kind", "resumed", "at", Instant.now().toString()));
      return newest.get();
    }
    Map<String, String> values = new LinkedHashMap<>(given);
    String seed = values.remove("seed");
    Options options = Options.of(benchmark.options(), values);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RawFile file = new RawFile(folder.resolve(now.toString().replace(":", "-") + ".jsonl"));
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("kind", "header");
    header.put("name", name);
    header.put("started_at", now.toString());
    header.put("host", InetAddress.getLocalHost().getHostName());
    header.put("version", System.getProperty("lanes.bench.version", "unknown"));
    header.put("seed", seed == null ? now.getEpochSecond() : Long.parseLong(seed));
    header.put("options", options.values());
    file.append(header);
    return file;
  }

  /** The options that the file was made with; what was given now has the last word. */
  private Options options(JsonNode header) {
    Map<String, String> values = new LinkedHashMap<>(benchmark.options());
    header
        .path("options")
        .properties()
        .forEach(option -> values.put(option.getKey(), option.getValue().asString()));
    given.forEach((option, value) -> {
      if (!option.equals("seed")) {
        values.put(option, value);
      }
    });
    return Options.of(values, Map.of());
  }

  private void finish(RawFile file) throws IOException, InterruptedException {
    List<JsonNode> lines = file.lines();
    JsonNode header = lines.getFirst();
    Options options = options(header);
    Findings findings = benchmark.report(options, lines);
    System.out.println();
    System.out.print(findings.table());
    for (Gate gate : findings.gates()) {
      System.out.printf(
          "%-5s %s: asked %s, found %s%n",
          gate.holds() ? "holds" : "FAILS", gate.name(), gate.asked(), gate.found());
    }
    Map<String, Object> parameters = new LinkedHashMap<>(options.values());
    parameters.put("seed", header.path("seed").asLong());
    SelfTest selfTest =
        new SelfTest(
            name,
            header.path("host").asString(),
            header.path("version").asString(),
            parameters,
            findings.figures(),
            findings.gates(),
            header.path("started_at").asString(),
            seconds(lines));
    Path target = Path.of(file.path().toString().replaceAll("\\.jsonl$", "") + ".report.json");
    Files.writeString(target, JSON.writeValueAsString(selfTest) + "\n");
    System.out.println("report: " + target);
    if (report == null) {
      System.out.println(delivery(server).send(target));
    }
  }

  /** From the start to the end; times between an interruption and its resumption count too. */
  private static double seconds(List<JsonNode> lines) {
    Instant start = Instant.parse(lines.getFirst().path("started_at").asString());
    return Lines.of(lines, "end").stream()
        .map(end -> Instant.parse(end.path("at").asString()))
        .reduce((_, last) -> last)
        .map(end -> Duration.between(start, end).toMillis() / 1e3)
        .orElse(0.0);
  }

  private static Path home() {
    String home = System.getenv("LANES_HOME");
    return home == null
        ? Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".lanes")
        : Path.of(home).toAbsolutePath();
  }

  private static Delivery delivery(String server) {
    return new Delivery(URI.create(server), home().resolve("token"));
  }
}
