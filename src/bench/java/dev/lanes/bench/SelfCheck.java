package dev.lanes.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Checks the arithmetic of the figures against values from elsewhere; needs no measuring. */
final class SelfCheck {

  private SelfCheck() {}

  static void run() {
    clopperPearson();
    pairs();
    System.out.println("the figures agree with their reference values");
  }

  /** Bisection of the exact binomial distribution in decimals of sixty digits. */
  private static void clopperPearson() {
    close("lower of 25 in 500", new Share(25, 500).interval().lower(), 0.0326151801, 1e-9);
    close("upper of 25 in 500", new Share(25, 500).interval().upper(), 0.0729276217, 1e-9);
    close("upper of 0 in 20", new Share(0, 20).interval().upper(), 0.1684334710, 1e-9);
    close("lower of 20 in 20", new Share(20, 20).interval().lower(), 0.8315665290, 1e-9);
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
