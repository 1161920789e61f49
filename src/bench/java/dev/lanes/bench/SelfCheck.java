package dev.lanes.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the arithmetic of the figures against values from elsewhere; needs no measuring. */
final class SelfCheck {

  private SelfCheck() {}

  static void run() {
    clopperPearson();
    welch();
    intercept();
    wholeRounds();
    pyperf();
    loads();
    pairs();
    queue();
    System.out.println("the figures agree with their reference values");
  }

  /** Bisection of the exact binomial distribution in decimals of sixty digits. */
  private static void clopperPearson() {
    close("lower of 25 in 500", new Share(25, 500).interval().lower(), 0.0326151801, 1e-9);
    close("upper of 25 in 500", new Share(25, 500).interval().upper(), 0.0729276217, 1e-9);
    close("upper of 0 in 20", new Share(0, 20).interval().upper(), 0.1684334710, 1e-9);
    close("lower of 20 in 20", new Share(20, 20).interval().lower(), 0.8315665290, 1e-9);
  }

  /** SciPy 1.18: ttest_ind(b, a, equal_var=False).confidence_interval(0.95). */
  private static void welch() {
    double[] first = {1.0, 1.1, 1.2, 1.3, 0.9};
    double[] second = {1.2, 1.5, 1.4, 1.3};
    Welch welch = Welch.of(first, second);
    close("difference", welch.difference(), 0.25, 1e-12);
    close("lower", welch.interval().lower(), 0.0234779718, 1e-9);
    close("upper", welch.interval().upper(), 0.4765220282, 1e-9);
  }

  /** A tenth of a second and a millisecond for each unit: 0.1 of 1.1 seconds. */
  private static void intercept() {
    double[] work = {200, 1000, 1100};
    double[] seconds = {0.3, 1.1, 1.2};
    close("intercept", SlowdownFigures.interceptShare(work, seconds), 0.1 / 1.1, 1e-12);
  }

  private static void wholeRounds() {
    String whole = sample(0, 0) + "," + sample(0, 1) + "," + sample(1, 0) + "," + sample(1, 1);
    hold("whole rounds are whole", faults(whole) == 0);
    hold("a missing turn is seen", faults(whole + "," + sample(2, 0)) == 1);
    hold("a value that is there twice is seen", faults(whole + "," + sample(1, 1)) == 1);
  }

  private static int faults(String samples) {
    return WholeRounds.faults(JsonMapper.shared().readTree("[" + samples + "]")).size();
  }

  private static String sample(int round, int turn) {
    return "{\"measure\":\"steady_seconds\",\"round\":%d,\"turn\":%d}".formatted(round, turn);
  }

  /** Three processes of each function that hardly differ suffice: three of five take 6 of 10 s. */
  private static void pyperf() {
    String first = "[[1.000],[1.001],[0.999],[1.0],[1.0]]";
    String second = "[[1.050],[1.051],[1.049],[1.05],[1.05]]";
    var line =
        JsonMapper.shared()
            .readTree(
                "{\"verdict\":\"slower\",\"batches\":[{\"seconds\":10,\"first\":%s,\"second\":%s}]}"
                    .formatted(first, second));
    var repetition = PyperfFigures.pyperf(line, Math.log(1.05), 0.02, 3);
    close("seconds until known", repetition.earliestSeconds(), 6, 1e-12);
    close("seconds of the run", repetition.seconds(), 10, 1e-12);
    hold("the ratio is near the truth", repetition.near());
    hold("slower is right", repetition.right() && repetition.covered() && !repetition.capped());
    hold("and wrong for equal ones", !PyperfFigures.pyperf(line, 0, 0.02, 3).right());
  }

  /** The same share more in each of ten rounds, whatever the rounds had in common. */
  private static void loads() {
    LoadFigures far = load(1.2, 0);
    close("ratio of the loads", far.ratio().ratio(), 1.2, 1e-12);
    hold("20 % are beyond 10 %", far.judgement() == LoadFigures.Judgement.BEYOND);
    hold("5 % are within", load(1 / 1.05, 0).judgement() == LoadFigures.Judgement.WITHIN);
    hold("11 % are not", load(1 / 1.11, 0).judgement() == LoadFigures.Judgement.BEYOND);
    hold("a wide one is not judged", load(1, 0.5).judgement() == LoadFigures.Judgement.UNDECIDED);
    hold("the gate is of all models", !LoadFigures.gate(List.of(far), "open", "p50").holds());
  }

  private static LoadFigures load(double ratio, double spread) {
    List<JsonNode> rounds = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      double own = 0.0001 * (round + 1);
      double outside = own * ratio * Math.exp(round % 2 == 0 ? spread : -spread);
      String both =
          "{\"lanes\":{\"p50\":%1$s,\"p99\":%1$s},\"outside\":{\"p50\":%2$s,\"p99\":%2$s}}"
              .formatted(own, outside);
      rounds.add(
          JsonMapper.shared()
              .readTree(
                  "{\"model\":\"a\",\"open\":%1$s,\"punctual\":%1$s,\"closed\":%1$s}"
                      .formatted(both)));
    }
    return LoadFigures.all(rounds).getFirst();
  }

  /** Equal arms whose slices share a drift: the pairs hold their level, the blocks do not. */
  private static void pairs() {
    SplittableRandom random = new SplittableRandom(7);
    List<Pair> pairs = new ArrayList<>();
    double level = 0;
    for (int set = 0; set < 400; set++) {
      double[][] baseline = new double[10][12];
      double[][] placebo = new double[10][12];
      for (int round = 0; round < 10; round++) {
        level = 0.95 * level + 0.05 * random.nextGaussian();
        for (int turn = 0; turn < 12; turn++) {
          baseline[round][turn] = Math.exp(level + 0.02 * random.nextGaussian());
          placebo[round][turn] = Math.exp(level + 0.02 * random.nextGaussian());
        }
      }
      pairs.add(new Pair("simulated", 0, set, baseline, placebo));
    }
    PairFigures figures = PairFigures.of(pairs);
    hold("200 blocks of 400 sets", figures.pooled().of() == 200);
    hold("pairs keep their level: " + figures.at95(), figures.at95().interval().contains(0.05));
    hold("blocks do not: " + figures.pooled(), figures.pooled().interval().lower() > 0.2);
  }

  /** Of a hundred values in any order the 50th and the 99th, of one value that one. */
  private static void queue() {
    double[] values = new double[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + (i * 37 + 11) % 100;
    }
    close("p50", Numbers.quantile(values, 0.5), 50, 0);
    close("p99", Numbers.quantile(values, 0.99), 99, 0);
    close("p99 of one", Numbers.quantile(new double[] {3}, 0.99), 3, 0);
    SplittableRandom random = new SplittableRandom(7);
    for (int bytes : new int[] {4096, 65536}) {
      RoundChunk chunk = RoundChunk.of(new UUID(0, 1), bytes, random).ofRound(17);
      hold("a chunk has its size", chunk.body().length == bytes);
      hold(
          "its bytes say the same", told(chunk).equals(JsonMapper.shared().readTree(chunk.body())));
    }
  }

  private static JsonNode told(RoundChunk chunk) {
    return JsonMapper.shared().readTree(RoundChunk.JSON.writeValueAsBytes(chunk.chunk()));
  }

  static void close(String what, double found, double expected, double tolerance) {
    hold(
        "%s is %s, expected %s".formatted(what, found, expected),
        Math.abs(found - expected) <= tolerance);
  }

  static void hold(String what, boolean so) {
    if (!so) {
      throw new AssertionError(what);
    }
  }
}
