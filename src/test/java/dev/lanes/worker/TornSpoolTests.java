package dev.lanes.worker;

import static dev.lanes.worker.TestChunks.chunk;
import static dev.lanes.worker.TestChunks.lease;
import static dev.lanes.worker.TestChunks.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a start finds in its spool after a kill or a power failure. */
class TornSpoolTests {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;

  /** Writing by rename leaves no such file; a disk or a person may. */
  @ParameterizedTest
  @ValueSource(strings = {"lease.json", "completion.json", "000000.json"})
  void aFileThatWasCutAnywhereCostsItsAttemptAlone(String file) throws Exception {
    long size = Files.size(endedAttempt(folder.resolve("whole"), 7).resolve(file));
    for (int offset = 0; offset < size; offset++) {
      Path directory = folder.resolve("cut-" + offset);
      Path torn = endedAttempt(directory, 7);
      endedAttempt(directory, 8);
      cut(torn.resolve(file), offset);

      assertThat(fences(spools(directory))).as("cut after %d bytes", offset).containsExactly(8L);

      assertThat(torn).doesNotExist();
      assertThat(directory.resolve("rejected/7").resolve(file)).hasSize(offset);
    }
  }

  /** This is what a kill does leave. */
  @Test
  void aDraftThatWasCutAnywhereCostsNothingElse() throws Exception {
    Path attempt = endedAttempt(folder, 7);
    byte[] whole = Files.readAllBytes(attempt.resolve("completion.json"));
    for (int offset = 0; offset <= whole.length; offset++) {
      Files.write(attempt.resolve("draft"), whole);
      cut(attempt.resolve("draft"), offset);

      assertThat(fences(spools(folder))).as("cut after %d bytes", offset).containsExactly(7L);
    }
    assertThat(folder.resolve("rejected")).doesNotExist();
  }

  @Test
  void anAttemptThatWasKilledBeforeItsLeaseWasWrittenIsPutAside() throws Exception {
    Files.createDirectories(folder.resolve("spool/7"));
    Files.writeString(folder.resolve("spool/7/draft"), "{\"fence\": 7, \"tok");

    assertThat(fences(spools(folder))).isEmpty();

    assertThat(folder.resolve("rejected/7/draft")).exists();
  }

  @Test
  void anAttemptThatHadNotEndedIsForgotten() {
    spools(folder).begin(lease(7)).add(chunk(0));

    assertThat(fences(spools(folder))).isEmpty();

    assertThat(folder.resolve("spool")).isEmptyDirectory();
    assertThat(folder.resolve("rejected")).doesNotExist();
  }

  @Test
  void whatIsNoSpoolIsPutAside() throws Exception {
    Files.createDirectories(folder.resolve("spool/notes"));
    Files.writeString(folder.resolve("spool/todo.txt"), "nothing");
    Path other = endedAttempt(folder, 7);
    Files.move(other, other.resolveSibling("9"));

    assertThat(fences(spools(folder))).isEmpty();

    for (String name : List.of("notes", "todo.txt", "9")) {
      assertThat(folder.resolve("rejected").resolve(name)).exists();
    }
  }

  @Test
  void aSpoolThatIsDroppedNeverLooksLikeOneToHandOver() throws Exception {
    Path attempt = endedAttempt(folder, 7);
    Files.delete(attempt.resolve("completion.json")); // the first thing that dropping does

    assertThat(fences(spools(folder))).isEmpty();
    assertThat(folder.resolve("rejected")).doesNotExist();
  }

  @Test
  void whatIsPutAsideIsKeptForAWeek() throws Exception {
    Spools spools = spools(folder);
    spools.reject(spools.begin(lease(1)), "for a test");
    spools.reject(spools.begin(lease(2)), "for a test");
    assertThat(Files.getLastModifiedTime(rejected("1")).toInstant()).isEqualTo(NOW);
    long week = 7 * 24 * 3_600L;
    Files.setLastModifiedTime(rejected("1"), FileTime.from(NOW.minusSeconds(week + 1)));
    Files.setLastModifiedTime(rejected("2"), FileTime.from(NOW.minusSeconds(week - 1)));

    spools.left();

    assertThat(rejected("1")).doesNotExist();
    assertThat(rejected("2")).exists();
  }

  /** Sparse, so that the disk of the test has nothing to do. */
  @Test
  void whenItIsTooMuchTheOldestGoesFirst() throws Exception {
    Spools spools = spools(folder);
    for (int i = 1; i <= 3; i++) {
      spools.reject(spools.begin(lease(i)), "for a test");
      try (FileChannel big =
          FileChannel.open(
              rejected(i + "").resolve("big"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        big.write(java.nio.ByteBuffer.allocate(1), 100 << 20);
      }
      Files.setLastModifiedTime(rejected(i + ""), FileTime.from(NOW.minusSeconds(100 - i)));
    }

    spools.left();

    assertThat(rejected("1")).doesNotExist();
    assertThat(rejected("2")).exists();
    assertThat(rejected("3")).exists();
  }

  private Path rejected(String name) {
    return folder.resolve("rejected").resolve(name);
  }

  private static Spools spools(Path directory) {
    return new Spools(directory, 1 << 20, JsonMapper.shared(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<Long> fences(Spools spools) {
    return spools.left().stream().map(left -> left.lease().fence()).toList();
  }

  private static Path endedAttempt(Path directory, long fence) throws IOException {
    Spool spool = spools(directory).begin(lease(fence));
    spool.add(chunk(0));
    spool.end(succeeded(1));
    return spool.folder();
  }

  private static void cut(Path file, long bytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
