package dev.lanes.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * How fast jobs get to workers and results into the database: by HTTP from a server with its
 * database, and by turns with the same statements alone.
 */
final class Queue implements Benchmark {

  /** Until the compiler has seen what takes part in a dispatch. */
  private static final int WARM_UP_DISPATCHES = 150;

  /** The server as it is started by its users: the machine's usual compiler and collector. */
  private static final List<String> SERVER = List.of("-Xmx1g");

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("parts", "dispatch,leases,chunks");
    options.put("rounds", "3");
    options.put("dispatches", "100");
    options.put("jobs", "10000");
    options.put("owners", "50");
    options.put("profiles", "8");
    options.put("workers", "200");
    options.put("rate", "150");
    options.put("connections", "16");
    options.put("bytes", "4096,65536");
    options.put("seconds", "8");
    options.put("warm-up", "20");
    return options;
  }

  /** What is repeated by turns; the line gets the figures of one turn. */
  private interface Turn {
    Map<String, Object> by(QueueLoad load) throws Exception;
  }

  @Override
  public void measure(Session session) throws Exception {
    Path home = session.folder().resolve("home");
    FileSystemUtils.deleteRecursively(home.resolve("postgres/data"));
    Options options = session.options();
    try (PrivateLanes lanes = new PrivateLanes(home, SERVER)) {
      Runtime.getRuntime().addShutdownHook(new Thread(lanes::close));
      lanes.startServer();
      Fleet fleet =
          Fleet.make(
              lanes, options.count("workers"), options.count("owners"), options.count("profiles"));
      try (ServedQueue served = new ServedQueue(lanes.address(), fleet);
          BareQueue bare = new BareQueue(home, fleet)) {
        served.reportAll();
        new Sides(session, served, bare).all(fleet);
      }
    }
  }

  /** The two ways to the queue, taken by turns. */
  private record Sides(Session session, ServedQueue served, BareQueue bare) {

    void all(Fleet fleet) throws Exception {
      Options options = session.options();
      List<String> parts = options.list("parts");
      double seconds = options.number("seconds");
      double first = options.number("warm-up");
      int workers = fleet.hosts();
      if (parts.contains("dispatch")) {
        int times = options.count("dispatches");
        warmUp(load -> load.dispatches(WARM_UP_DISPATCHES));
        rounds(Map.of("kind", "dispatch"), load -> load.dispatches(times));
      }
      fill(fleet);
      if (parts.contains("leases")) {
        warmUp(load -> load.leases(workers, first, 0, false));
        for (double rate : new double[] {0, options.number("rate")}) {
          rounds(
              Map.of("kind", "leases", "rate", rate, "results", false),
              load -> load.leases(workers, seconds, rate, false));
        }
        rounds(
            Map.of("kind", "leases", "rate", 0.0, "results", true),
            load -> load.leases(workers, seconds, 0, true));
      }
      if (parts.contains("chunks")) {
        int connections = options.count("connections");
        for (String bytes : options.list("bytes")) {
          int length = Integer.parseInt(bytes);
          warmUp(load -> load.chunks(connections, first, length));
          rounds(
              Map.of("kind", "chunks", "bytes", length, "connections", connections),
              load -> load.chunks(connections, seconds, length));
        }
      }
    }

    /** Half more than is asked for, so that the queue is never shorter while it is measured. */
    private void fill(Fleet fleet) throws Exception {
      long start = System.nanoTime();
      fleet.fill(served, bare.database(), session.options().count("jobs") * 3 / 2);
      session.append(
          Map.of(
              "kind",
              "filled",
              "jobs",
              Fleet.waiting(bare.database()),
              "span_seconds",
              (System.nanoTime() - start) / 1e9));
      session.say("%d jobs wait", Fleet.waiting(bare.database()));
    }

    private void warmUp(Turn turn) throws Exception {
      for (QueueCalls calls : List.of(served, bare)) {
        turn.by(new QueueLoad(calls, session.seed()));
        Fleet.putBack(bare.database());
      }
    }

    /** Each round has a turn of both sides, in random order. */
    private void rounds(Map<String, Object> what, Turn turn) throws Exception {
      SplittableRandom random = new SplittableRandom(session.seed());
      for (int round = 0; round < session.options().count("rounds"); round++) {
        List<QueueCalls> sides = new ArrayList<>(List.of(served, bare));
        if (random.nextBoolean()) {
          sides = sides.reversed();
        }
        for (QueueCalls side : sides) {
          Map<String, Object> line = new LinkedHashMap<>(what);
          line.put("side", side == served ? "server" : "bare");
          line.put("round", round);
          line.put("waiting_before", Fleet.waiting(bare.database()));
          line.putAll(turn.by(new QueueLoad(side, session.seed() + round)));
          line.put("waiting_after", Fleet.waiting(bare.database()));
          session.append(line);
          session.say("%s", QueueFigures.inWords(line));
          Fleet.putBack(bare.database());
        }
      }
    }
  }

  @Override
  public Findings report(Options options, List<JsonNode> lines) {
    return QueueFigures.report(options, lines);
  }
}
