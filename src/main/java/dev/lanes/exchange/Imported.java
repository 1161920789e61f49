package dev.lanes.exchange;

import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a file of another program says. */
record Imported(Format format, List<Benchmark> benchmarks) {

  Imported {
    benchmarks = List.copyOf(benchmarks);
  }

  /** Programs whose files are understood. */
  enum Format {
    PYPERF,
    ASV
  }

  /**
   * A value before those that count.
   *
   * @param loops how often the work was done for it
   */
  record WarmUp(long loops, double value) {}

  /**
   * One process.
   *
   * @param values that count, in the unit of the benchmark; none of a process that only calibrated
   * @param metadata of this process alone
   */
  record Process(List<Double> values, List<WarmUp> warmUps, Map<String, Object> metadata) {
    Process {
      values = List.copyOf(values);
      warmUps = List.copyOf(warmUps);
    }

    double mean() {
      return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }
  }

  /**
   * @param unit {@code second}, {@code byte} or whatever the file says
   */
  record Benchmark(
      String name, String unit, Map<String, Object> metadata, List<Process> processes) {
    Benchmark {
      processes = List.copyOf(processes);
    }

    /** Means of the processes that have values. */
    double[] means() {
      return processes.stream()
          .filter(process -> !process.values().isEmpty())
          .mapToDouble(Process::mean)
          .toArray();
    }
  }

  /**
   * Reads a file, whose program is found by what it has.
   *
   * @throws ApiException that names everything wrong with it
   */
  static Imported of(byte[] content, JsonMapper json) {
    JsonNode root;
    try {
      // asv writes what it skipped as NaN.
      root =
          json.rebuild()
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .build()
              .readTree(content);
    } catch (JacksonException e) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "The file is no JSON: %s"
              .formatted(e.getOriginalMessage().lines().findFirst().orElse("")));
    }
    Faults faults = new Faults();
    Imported read;
    if (PyperfFile.is(root)) {
      read = new Imported(Format.PYPERF, new PyperfFile(faults).read(root));
    } else if (AsvFile.is(root)) {
      read = new Imported(Format.ASV, new AsvFile(faults).read(root));
    } else {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "The file is neither of pyperf, which has \"benchmarks\", nor of asv, which has"
              + " \"results\" and \"commit_hash\"");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < read.benchmarks.size(); i++) {
      String name = read.benchmarks.get(i).name();
      if (!names.add(name)) {
        faults.add("/benchmarks/" + i, "has the name \"%s\" once more".formatted(name));
      }
    }
    faults.refuse();
    return read;
  }
}
