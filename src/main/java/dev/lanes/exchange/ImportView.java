package dev.lanes.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lanes.exchange.Imported.Benchmark;
import dev.lanes.statistics.MedianInterval;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Results of another program, as they are told to a client. They were measured by it, in its way.
 *
 * @param id null in a preview
 * @param sha256 digest of the file, in hex
 * @param benchmarks how many
 * @param items the benchmarks; absent in lists
 * @param existing the import of the same file, in a preview; null when there is none
 */
record ImportView(
    @Nullable UUID id,
    String name,
    Imported.Format format,
    String sha256,
    @Nullable String owner,
    @Nullable Instant createdAt,
    int benchmarks,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<BenchmarkView> items,
    @Nullable UUID existing) {

  /**
   * One benchmark.
   *
   * @param unit {@code second}, {@code byte}, or whatever the file says
   * @param processes that have values
   * @param values that count
   * @param warmUps values that do not
   * @param median of the means of the processes, in the unit
   * @param ciLow lower end of its 95 % interval; null with fewer than 6 processes
   * @param ciHigh upper end
   * @param metadata as the file has it
   */
  record BenchmarkView(
      String name,
      String unit,
      int processes,
      int values,
      int warmUps,
      @Nullable Double median,
      @Nullable Double ciLow,
      @Nullable Double ciHigh,
      Map<String, Object> metadata) {

    static BenchmarkView of(Benchmark benchmark) {
      double[] means = benchmark.means();
      MedianInterval middle = means.length == 0 ? null : MedianInterval.of(means);
      return new BenchmarkView(
          benchmark.name(),
          benchmark.unit(),
          means.length,
          benchmark.processes().stream().mapToInt(process -> process.values().size()).sum(),
          benchmark.processes().stream().mapToInt(process -> process.warmUps().size()).sum(),
          middle == null ? null : (Double) middle.median(),
          middle == null ? null : middle.interval().map(ends -> ends.lower()).orElse(null),
          middle == null ? null : middle.interval().map(ends -> ends.upper()).orElse(null),
          benchmark.metadata());
    }
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
