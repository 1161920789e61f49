package dev.lanes.machine;

import dev.lanes.machine.Sentinel.Reading;
import dev.lanes.machine.Sentinel.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The readings of a host, kept in a file: a line for each, its key before it. A torn or strange
 * line is passed over.
 */
final class SentinelHistory {

  /** Two for each round of some days of measuring. Older ones say little about the host now. */
  private static final int KEPT = 1000;

  private static final double CALM_SHARE = 0.2;
  private static final int KERNELS = 4;

  private final Path file;
  private final String key;
  private final List<Reading> readings;

  private SentinelHistory(Path file, String key, List<Reading> readings) {
    this.file = file;
    this.key = key;
    this.readings = readings;
  }

  /**
   * Reads what is there.
   *
   * @param kernels what else readings depend on: version of the kernels, Python, number of cores
   */
  static SentinelHistory open(Path file, String fingerprint, String kernels) throws IOException {
    String key = (fingerprint + " " + kernels).replaceAll("\\s+", "/") + " ";
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (lines.size() > 2 * KEPT) {
      lines = lines.subList(lines.size() - KEPT, lines.size());
      Path shorter = file.resolveSibling(file.getFileName() + ".new");
      Files.write(shorter, lines);
      Files.move(
          shorter, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    List<Reading> readings = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(key)) {
        reading(line.substring(key.length())).ifPresent(readings::add);
      }
    }
    return new SentinelHistory(file, key, readings);
  }

  /** Four positive numbers between blanks; empty for anything else. */
  static Optional<Reading> reading(String text) {
    String[] words = text.strip().split(" ");
    if (words.length != KERNELS) {
      return Optional.empty();
    }
    try {
      double[] values = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
      boolean sound = Arrays.stream(values).allMatch(value -> value > 0 && value < 1e6);
      return sound
          ? Optional.of(new Reading(values[0], values[1], values[2], values[3]))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  void add(Reading reading) throws IOException {
    // The line break comes first: a line that a killed worker left torn swallows nothing.
    String line =
        "%n%s%s %s %s %s"
            .formatted(
                key,
                reading.cpuSeconds(),
                reading.memorySeconds(),
                reading.parallelSeconds(),
                reading.tokenSeconds());
    Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    readings.add(reading);
  }

  Reference reference() {
    if (readings.isEmpty()) {
      throw new IllegalStateException(
          "%s has no reading of this host: read the sentinel before".formatted(file));
    }
    List<Reading> last = readings.subList(Math.max(0, readings.size() - KEPT), readings.size());
    return new Reference(calm(last, 0), calm(last, 1), calm(last, 2), calm(last, 3), last.size());
  }

  private static double calm(List<Reading> readings, int kernel) {
    return Quantile.of(
        readings.stream().mapToDouble(reading -> reading.values()[kernel]).toArray(), CALM_SHARE);
  }
}
