package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Chunk;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.JobSpec;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Precision;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.WorkerProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.json.JsonMapper;

/** What was measured is kept until the server says that it has it. */
class UploadTests {

  private static final Lease LEASE =
      new Lease(
          7,
          "secret",
          1_000,
          new JobSpec(
              UUID.randomUUID(),
              UUID.randomUUID(),
              "a run",
              1,
              new Precision(0.02, 1, 1, 1, List.of("total_seconds")),
              null,
              List.of()));

  @TempDir private Path folder;

  /** A server that takes so many chunks and is gone then. */
  private static final class DyingServer implements WorkerProtocol {

    private final List<Integer> taken = new ArrayList<>();
    private int left;

    DyingServer(int left) {
      this.left = left;
    }

    @Override
    public Desired sync(Sync sync, String prefer) {
      throw new ResourceAccessException("gone");
    }

    @Override
    public void putChunk(long fence, int number, String lease, String digest, byte[] chunk) {
      if (left == 0) {
        throw new ResourceAccessException("gone");
      }
      left--;
      taken.add(number);
    }

    @Override
    public void complete(long fence, String lease, Completion completion) {
      throw new ResourceAccessException("gone");
    }
  }

  @Test
  void whatTheServerHasNotAcknowledgedIsSentAgain() throws Stopped {
    Spool spool = new Spool(folder, 7, JsonMapper.shared(), SpoolRoom.in(folder, 1 << 20));
    for (int i = 0; i < 3; i++) {
      spool.add(new Chunk(List.of(), List.of(), List.of()));
    }
    DyingServer server = new DyingServer(1);
    ServerLink link = new ServerLink(server);

    assertThatExceptionOfType(ResourceAccessException.class)
        .isThrownBy(() -> link.upload(spool, LEASE));
    assertThat(spool.waiting())
        .as("P2: chunks that the server does not have")
        .extracting(Spool.Waiting::number)
        .containsExactly(1, 2);

    server.left = 2;
    link.upload(spool, LEASE);
    assertThat(server.taken).containsExactly(0, 1, 2);
    assertThat(spool.waiting()).isEmpty();
  }
}
