package dev.lanes.worker;

import dev.lanes.catalog.ModelSupport;
import dev.lanes.catalog.Sha256;
import dev.lanes.measurement.Stopped;
import dev.lanes.protocol.Completion;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.HostReport;
import dev.lanes.protocol.Lease;
import dev.lanes.protocol.Progress;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.Sync.State;
import dev.lanes.protocol.WorkerProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.HttpClientErrorException;

/**
 * The worker's side of the protocol. Calls fail as they fail; whether to repeat is the caller's.
 */
final class ServerLink {

  /** Shorter than a connection that says nothing may live. */
  private static final String WAIT = "wait=20";

  private final WorkerProtocol protocol;
  private final String agent = UUID.randomUUID().toString();

  ServerLink(WorkerProtocol protocol) {
    this.protocol = protocol;
  }

  /**
   * An idle worker asks for work, with the facts about its host where the server wants them, and
   * with what it has found out since.
   *
   * @param patient whether the answer may wait for work
   */
  Desired idle(@Nullable HostReport report, List<ModelSupport> support, boolean patient) {
    return protocol.sync(
        new Sync(agent, State.IDLE, null, null, report, support.isEmpty() ? null : support),
        patient ? WAIT : null);
  }

  /** A busy worker gives a sign of life. */
  Desired busy(long fence, State state, @Nullable Progress progress) {
    return protocol.sync(new Sync(agent, state, fence, progress, null, null), null);
  }

  /**
   * Sends every chunk that waits, in order.
   *
   * @throws Stopped if the attempt has ended without us
   */
  void upload(Spool spool, Lease lease) throws Stopped {
    for (Spool.Waiting chunk : spool.waiting()) {
      byte[] body = read(chunk);
      try {
        protocol.putChunk(lease.fence(), chunk.number(), lease.token(), digest(body), body);
      } catch (HttpClientErrorException.Conflict e) {
        throw lost(e);
      }
      spool.acknowledged(chunk);
    }
  }

  /**
   * Ends the attempt.
   *
   * @throws Stopped if it has ended without us
   */
  void complete(Lease lease, Completion completion) throws Stopped {
    try {
      protocol.complete(lease.fence(), lease.token(), completion);
    } catch (HttpClientErrorException.Conflict e) {
      throw lost(e);
    }
  }

  private static Stopped lost(HttpClientErrorException.Conflict answer) {
    Stopped stopped = new Stopped(Stopped.Why.ABANDONED);
    stopped.initCause(answer);
    return stopped;
  }

  private static byte[] read(Spool.Waiting chunk) {
    try {
      return Files.readAllBytes(chunk.file());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read results in " + chunk.file(), e);
    }
  }

  private static String digest(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(body)) + ":";
  }
}
