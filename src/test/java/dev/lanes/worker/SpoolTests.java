package dev.lanes.worker;

import static dev.lanes.worker.TestChunks.chunk;
import static dev.lanes.worker.TestChunks.lease;
import static dev.lanes.worker.TestChunks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lanes.support.TinyDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SpoolTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;

  @Test
  void chunksWaitInTheOrderInWhichTheyCame() {
    Spool spool = spool(7);

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
    try (TinyDisk _ = TinyDisk.on(folder, "size=64k")) {
      SpoolRoom room = new SpoolRoom(folder.resolve("reserve"), 1 << 20, 16 << 10);
      room.keep();
      Spool spool = new Spool(folder, 7, JSON, room);
      spool.begin(lease(7));
      spool.add(chunk(0));

      assertThatExceptionOfType(Spool.Full.class)
          .isThrownBy(() -> spool.add(chunk(1, 20_000)))
          .withMessageStartingWith("spool_full: " + folder)
          .withMessageContaining("No space left on device")
          .withMessageContaining("make room");

      assertThat(spool.size()).isEqualTo(1);
      assertThat(spool.waiting()).extracting(Spool.Waiting::number).containsExactly(0);
      assertThat(round(spool.waiting().getFirst())).isZero();
      assertThat(folder.resolve("7/draft")).doesNotExist();
    }
  }

  /** What the reserve is for: to the last byte, so that only it can make room. */
  @Test
  void theEndOfAnAttemptIsKeptOnAFullDisk() throws Exception {
    try (TinyDisk _ = TinyDisk.on(folder, "size=64k")) {
      SpoolRoom room = new SpoolRoom(folder.resolve("reserve"), 1 << 20, 16 << 10);
      room.keep();
      Spool spool = new Spool(folder, 7, JSON, room);
      spool.begin(lease(7));
      spool.add(chunk(0));
      fill(folder.resolve("of somebody else"));

      spool.end(succeeded(1));

      assertThat(folder.resolve("7/completion.json")).isNotEmptyFile();
      assertThat(folder.resolve("reserve")).doesNotExist();
      assertThatIOException().isThrownBy(room::keep).withMessageContaining("No space left");
      Files.delete(folder.resolve("of somebody else"));
      spool.drop();
      room.keep();
      assertThat(folder.resolve("reserve")).hasSize(16 << 10);
    }
  }

  /** Else a worker would take jobs whose lease it cannot keep, and be quarantined for it. */
  @Test
  void aReserveAloneIsNoRoom() throws Exception {
    try (TinyDisk _ = TinyDisk.on(folder, "size=64k")) {
      SpoolRoom room = new SpoolRoom(folder.resolve("reserve"), 1 << 20, 16 << 10);
      room.keep();
      fill(folder.resolve("of somebody else"));

      assertThatIOException().isThrownBy(room::keep).withMessageContaining("a job needs 16");

      Files.delete(folder.resolve("of somebody else"));
      room.keep();
    }
  }

  @Test
  void moreThanItsLimitIsRefusedAndTheReasonSaysWhatToDo() throws Exception {
    SpoolRoom room = new SpoolRoom(folder.resolve("reserve"), 3_000, 1_000);
    Spool spool = new Spool(folder, 7, JSON, room);
    int kept = 0;
    while (spool.size() < 100) {
      try {
        spool.add(chunk(kept));
        kept++;
      } catch (Spool.Full e) {
        assertThat(e).hasMessageStartingWith("spool_full: ");
        assertThat(e).hasMessageContaining("lanes.worker.spool-limit");
        break;
      }
    }

    assertThat(kept).isPositive().isEqualTo(spool.size());
    long bytes = 0;
    for (Spool.Waiting waiting : spool.waiting()) {
      bytes += Files.size(waiting.file());
    }
    assertThat(bytes).isBetween(1_700L, 2_000L);
    spool.acknowledged(spool.waiting().getFirst());
    spool.add(chunk(kept));
    assertThat(spool.size()).isEqualTo(kept + 1);
  }

  /** A limit counts what an earlier start left too. */
  @Test
  void theNextStartGoesOnWhereTheLastOneEnded() {
    Spool before = spool(7);
    before.add(chunk(0));
    before.add(chunk(1));
    before.acknowledged(before.waiting().getFirst());

    Spool after = spool(7);
    after.add(chunk(2));

    assertThat(after.size()).isEqualTo(3);
    assertThat(after.waiting()).extracting(Spool.Waiting::number).containsExactly(1, 2);
  }

  @Test
  void onlyTheOwnerCanReadTheLease() throws Exception {
    Spool spool = spool(7);

    spool.begin(lease(7));

    assertThat(Files.getPosixFilePermissions(folder.resolve("7/lease.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whatTheServerHasIsForgottenButCounted() {
    Spool spool = spool(7);
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
    Spool spool = spool(7);
    spool.add(chunk(0));

    Files.writeString(folder.resolve("7/draft"), "{\"samples\": [{\"ce");

    assertThat(spool.waiting()).extracting(Spool.Waiting::number).containsExactly(0);
    spool.add(chunk(1));
    assertThat(round(spool.waiting().getLast())).isEqualTo(1);
  }

  @Test
  void everyAttemptHasItsOwn() {
    Spool first = spool(7);
    Spool second = spool(8);
    first.add(chunk(0));
    second.add(chunk(0));

    first.drop();

    assertThat(folder.resolve("7")).doesNotExist();
    assertThat(second.waiting()).hasSize(1);
  }

  private Spool spool(long fence) {
    return new Spool(folder, fence, JSON, SpoolRoom.in(folder, 1 << 20));
  }

  /** Takes every byte that is left. */
  private static void fill(Path file) {
    try (OutputStream rest = Files.newOutputStream(file)) {
      while (true) {
        rest.write(new byte[1024]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static int round(Spool.Waiting waiting) {
    return JSON.readTree(waiting.file()).path("samples").path(0).path("round").asInt();
  }
}
