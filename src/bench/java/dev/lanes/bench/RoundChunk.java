package dev.lanes.bench;

import dev.lanes.catalog.Measure;
import dev.lanes.catalog.Outcome;
import dev.lanes.catalog.Quality;
import dev.lanes.protocol.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chunk as a worker sends it, with the bytes that go over the wire.
 *
 * @param places where in the body the number of its round stands
 */
record RoundChunk(Chunk chunk, byte[] body, List<Integer> places) {

  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /** All numbers of rounds have as many digits, so that one can take the place of another. */
  private static final int FIRST_ROUND = 1_000_000;

  /** Measures of which a process tells one value for each turn; the others have one for a round. */
  static final List<Measure> PER_TURN =
      List.of(Measure.STEADY_SECONDS, Measure.CPU_SECONDS, Measure.RUN_DELAY_SECONDS);

  static final List<Measure> PHASES =
      List.of(
          Measure.TOTAL_SECONDS,
          Measure.CREATE_SECONDS,
          Measure.COLD_BATCH_SECONDS,
          Measure.TEARDOWN_SECONDS,
          Measure.PEAK_PSS_BYTES);

  /** Rows of samples in a chunk of a round, beside one of evidence. */
  static final int ROWS = PER_TURN.size() + PHASES.size();

  /**
   * One round of one cell. To reach its size it has more values for each turn than a usual round,
   * not more rows; spaces fill what is shorter than a value.
   *
   * @param bytes length of the body
   */
  static RoundChunk of(UUID cell, int bytes, SplittableRandom random) {
    // A value and its comma have some twenty bytes.
    for (int values = bytes / (PER_TURN.size() * 19); values > 0; values--) {
      Chunk chunk = round(cell, values, random);
      byte[] body = JSON.writeValueAsBytes(chunk);
      if (body.length <= bytes) {
        return new RoundChunk(chunk, filled(body, bytes), places(body));
      }
    }
    throw new UsageException("%d bytes are too few for a round".formatted(bytes));
  }

  private static Chunk round(UUID cell, int values, SplittableRandom random) {
    List<Chunk.RoundSamples> samples = new ArrayList<>();
    PER_TURN.forEach(measure -> samples.add(samples(cell, measure, values, random)));
    PHASES.forEach(measure -> samples.add(samples(cell, measure, 1, random)));
    Chunk.RoundEvidence evidence =
        new Chunk.RoundEvidence(
            0,
            FIRST_ROUND,
            0.5,
            random.nextInt(Integer.MAX_VALUE),
            Chunk.RoundEvidence.Layout.TURNS,
            Map.of("cpu_before_seconds", 0.01, "cpu_after_seconds", 0.01),
            Map.of("steal_share", 0.0),
            List.of());
    return new Chunk(samples, List.of(evidence), List.of());
  }

  private static Chunk.RoundSamples samples(
      UUID cell, Measure measure, int values, SplittableRandom random) {
    // Around the length of a slice.
    double[] seconds = random.doubles(values, 0.018, 0.022).toArray();
    return new Chunk.RoundSamples(cell, FIRST_ROUND, measure.id(), 0, seconds);
  }

  private static byte[] filled(byte[] body, int bytes) {
    byte[] filled = Arrays.copyOf(body, bytes);
    Arrays.fill(filled, body.length, bytes, (byte) ' ');
    return filled;
  }

  private static List<Integer> places(byte[] body) {
    return Pattern.compile("\"round\":(" + FIRST_ROUND + ")")
        .matcher(new String(body, StandardCharsets.US_ASCII))
        .results()
        .map(found -> found.start(1))
        .toList();
  }

  /**
   * The same of another round.
   *
   * @param number of the round, from 0
   */
  RoundChunk ofRound(int number) {
    int round = FIRST_ROUND + number;
    byte[] digits = String.valueOf(round).getBytes(StandardCharsets.US_ASCII);
    byte[] other = body.clone();
    places.forEach(place -> System.arraycopy(digits, 0, other, place, digits.length));
    List<Chunk.RoundSamples> samples =
        chunk.samples().stream()
            .map(of ->
                new Chunk.RoundSamples(of.cell(), round, of.measure(), of.warmups(), of.values()))
            .toList();
    List<Chunk.RoundEvidence> rounds =
        chunk.rounds().stream()
            .map(of ->
                new Chunk.RoundEvidence(
                    of.group(),
                    round,
                    of.seconds(),
                    of.hashSeed(),
                    of.layout(),
                    of.sentinels(),
                    of.counters(),
                    of.disturbances()))
            .toList();
    return new RoundChunk(new Chunk(samples, rounds, chunk.endings()), other, places);
  }

  /** A chunk whose round is no other's. */
  static RoundChunk of(Chunk chunk) {
    return new RoundChunk(chunk, JSON.writeValueAsBytes(chunk), List.of());
  }

  /** How cells ended, without any figure: the least that a job needs to succeed. */
  static RoundChunk endings(List<UUID> cells) {
    Chunk chunk =
        new Chunk(List.of(), List.of(), cells.stream().map(RoundChunk::succeeded).toList());
    return new RoundChunk(chunk, JSON.writeValueAsBytes(chunk), List.of());
  }

  private static Chunk.CellEnding succeeded(UUID cell) {
    return new Chunk.CellEnding(
        cell,
        Outcome.SUCCEEDED,
        null,
        null,
        "cpython-3.14.3-0badcafe",
        1,
        1,
        1,
        0,
        null,
        Quality.STABLE,
        List.of(),
        Map.of());
  }
}
