package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Chunk.RoundSamples;
import dev.lanes.support.TinyDisk;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SpoolTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;

  @Test
  void chunksWaitInTheOrderInWhichTheyCame() {
    Spool spool = new Spool(folder, 7, JSON);

    for (int round = 0; round < 12; round++) {
      spool.add(chunk(round));
    }

    assertThat(spool.size()).isEqualTo(12);
    assertThat(spool.waiting())
        .extracting(Spool.Waiting::number)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(spool.waiting())
        .allSatisfy(waiting -> assertThat(round(waiting)).isEqualTo(waiting.number()));
  }

  @Test
  void aFullDiskIsNamedAndWhatIsThereAlreadyStaysWhole() throws Exception {
    try (TinyDisk _ = TinyDisk.on(folder, "size=32k")) {
      Spool spool = new Spool(folder, 7, JSON);
      spool.add(chunk(0));

      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> spool.add(chunk(1, 20_000)))
          .withMessageContaining("cannot keep results in " + folder)
          .withMessageContaining("No space left on device");

      assertThat(spool.size()).isEqualTo(1);
      assertThat(spool.waiting()).extracting(Spool.Waiting::number).containsExactly(0);
      assertThat(round(spool.waiting().getFirst())).isZero();
      spool.drop();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatTheServerHasIsForgottenButCounted() {
    Spool spool = new Spool(folder, 7, JSON);
    spool.add(chunk(0));
    spool.add(chunk(1));

    spool.acknowledged(spool.waiting().getFirst());
    spool.acknowledged(new Spool.Waiting(0, folder.resolve("7/000000.json")));
    spool.add(chunk(2));

    assertThat(spool.waiting()).extracting(Spool.Waiting::number).containsExactly(1, 2);
    assertThat(spool.size()).isEqualTo(3);
  }

  @Test
  void aDraftThatWasTornIsNoChunk() throws Exception {
    Spool spool = new Spool(folder, 7, JSON);
    spool.add(chunk(0));

    Files.writeString(folder.resolve("7/draft"), "{\"samples\": [{\"ce");

    assertThat(spool.waiting()).extracting(Spool.Waiting::number).containsExactly(0);
    spool.add(chunk(1));
    assertThat(round(spool.waiting().getLast())).isEqualTo(1);
  }

  @Test
  void everyAttemptHasItsOwn() {
    Spool first = new Spool(folder, 7, JSON);
    Spool second = new Spool(folder, 8, JSON);
    first.add(chunk(0));
    second.add(chunk(0));

    first.drop();

    assertThat(folder.resolve("7")).doesNotExist();
    assertThat(second.waiting()).hasSize(1);
  }

  private static Chunk chunk(int round) {
    return chunk(round, 1);
  }

  private static Chunk chunk(int round, int samples) {
    double[] values = new double[samples];
    return new Chunk(
        List.of(new RoundSamples(UUID.randomUUID(), round, "total_seconds", 0, values)),
        List.of(),
        List.of());
  }

  private static int round(Spool.Waiting waiting) {
    return JSON.readTree(waiting.file()).path("samples").path(0).path("round").asInt();
  }
}
