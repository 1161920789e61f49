package dev.lanes.worker;

import dev.lanes.catalog.Measure;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.CellEnding;
import dev.lanes.protocol.Chunk.RoundEvidence;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.JobSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a worker handed over for a job.
 *
 * @param seconds from asking for it to its end
 */
public record Measured(JobSpec job, List<Chunk> chunks, Completion completion, double seconds) {

  public Measured {
    chunks = List.copyOf(chunks);
  }

  /** The values of a cell by round, warm-ups left out. */
  public NavigableMap<Integer, double[]> counted(UUID cell, Measure measure) {
    NavigableMap<Integer, double[]> rounds = new TreeMap<>();
    for (RoundSamples samples : samples(cell, measure)) {
      double[] values = samples.values();
      rounds.put(samples.round(), Arrays.copyOfRange(values, samples.warmups(), values.length));
    }
    return rounds;
  }

  /** Sum of all values of a cell, warm-ups too. */
  public double sum(UUID cell, Measure measure) {
    return samples(cell, measure).stream()
        .flatMapToDouble(samples -> Arrays.stream(samples.values()))
        .sum();
  }

  /** How many values of a cell there are, warm-ups too. */
  public int count(UUID cell, Measure measure) {
    return samples(cell, measure).stream().mapToInt(samples -> samples.values().length).sum();
  }

  private List<RoundSamples> samples(UUID cell, Measure measure) {
    return chunks.stream()
        .flatMap(chunk -> chunk.samples().stream())
        .filter(samples -> samples.cell().equals(cell) && samples.measure().equals(measure.id()))
        .toList();
  }

  /** How a cell ended. */
  public CellEnding ending(UUID cell) {
    return chunks.stream()
        .flatMap(chunk -> chunk.endings().stream())
        .filter(ending -> ending.cell().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the cell %s has no end".formatted(cell)));
  }

  /** What the host was like in the rounds of a group, in order. */
  public List<RoundEvidence> rounds(int group) {
    return chunks.stream()
        .flatMap(chunk -> chunk.rounds().stream())
        .filter(round -> round.group() == group)
        .sorted(Comparator.comparingInt(RoundEvidence::round))
        .toList();
  }
}
