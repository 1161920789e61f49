package dev.lanes.web;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by Tomcat, but a header has to be there whole within the time that a connection may be
 * silent. Tomcat's own limit begins anew with every byte, so that a byte every few seconds holds a
 * connection for ever.
 */
public final class HeaderDeadline extends Http11NioProtocol {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private @Nullable ScheduledFuture<?> looks;

  /** Made by Tomcat, by its name. */
  public HeaderDeadline() {}

  @Override
  public void start() throws Exception {
    super.start();
    looks =
        getUtilityExecutor()
            .scheduleWithFixedDelay(
                this::endLate, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> running = looks;
    if (running != null) {
      running.cancel(false);
    }
    super.stop();
  }

  private void endLate() {
    long now = System.nanoTime();
    for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
      if (isLate(connection, now)) {
        connection.close();
      }
    }
  }

  /** While a call is answered its processor is not here; between two calls there is none. */
  private boolean isLate(SocketWrapperBase<?> connection, long now) {
    if (connection.getCurrentProcessor() instanceof Processor processor
        && !processor.isAsync()
        && !processor.isUpgrade()) {
      long began = processor.getRequest().getStartTimeNanos();
      // Two looks earlier, so that it is over by then.
      long limit = TimeUnit.MILLISECONDS.toNanos(getConnectionTimeout());
      long most = Math.max(limit - 2 * LOOK.toNanos(), LOOK.toNanos());
      return limit > 0 && began > 0 && now - began > most;
    }
    return false;
  }
}
