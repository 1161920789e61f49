package dev.lanes.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.Desired.Action;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** F18: whoever sends slowly is sent away, and nobody else notices. */
@Tag("fault")
@OnTestServer
class SlowCallerTests {

  private static final int CALLERS = Integer.getInteger("lanes.faults.slow-callers", 300);
  private static final Duration HEADER_WITHIN = Duration.ofSeconds(20);
  private static final Duration BODY_WITHIN = Duration.ofSeconds(30);
  private static final int PACE_MS = 2_000;

  @Autowired private TestServer server;
  private SimulatedWorker worker;

  @BeforeEach
  void aWorker() {
    server.clear();
    worker = server.worker("w1");
    worker.report();
  }

  @Test
  void aHeaderThatDoesNotEndIsEnded() throws Exception {
    String start = "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

    assertSentAway(start, CALLERS, HEADER_WITHIN);
  }

  @Test
  void aBodyThatDoesNotEndIsEnded() throws Exception {
    assertSentAway(body(server.tokens().ofWorker("w2"), "application/json"), CALLERS, BODY_WITHIN);
  }

  /** It is refused at once, and what it goes on to send must not be read for ever. */
  @Test
  void aBodyOfSomebodyWhoIsNotLetInIsEnded() throws Exception {
    assertSentAway(body("lanes_w" + "x".repeat(36), "application/json"), 20, BODY_WITHIN);
  }

  @Test
  void aFormThatDoesNotEndIsEnded() throws Exception {
    String form = "application/x-www-form-urlencoded";
    String start = body("none", form).replaceFirst("Authorization[^\r]*\r\n", "");

    assertSentAway(start, 20, BODY_WITHIN);
  }

  private static String body(String token, String type) {
    return "POST /api/v1/worker/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: 1000\r\n\r\n";
  }

  /** Many callers go on by a byte every two seconds; a worker is answered all the while. */
  private void assertSentAway(String start, int callers, Duration within) throws Exception {
    List<Callable<Duration>> slow = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      slow.add(() -> untilClosed(start, within.multipliedBy(2)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Duration>> ends = slow.stream().map(threads::submit).toList();
      while (ends.stream().anyMatch(end -> !end.isDone())) {
        assertThat(worker.idle().action()).isEqualTo(Action.IDLE);
      }
      for (Future<Duration> end : ends) {
        assertThat(end.get()).isLessThanOrEqualTo(within);
      }
    }
  }

  private Duration untilClosed(String start, Duration most) throws IOException {
    URI address = URI.create(server.address());
    long began = System.nanoTime();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(PACE_MS);
      OutputStream out = socket.getOutputStream();
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      while (System.nanoTime() - began < most.toNanos()) {
        try {
          while (socket.getInputStream().read() >= 0) {
            // An answer may come before the end.
          }
          break;
        } catch (SocketTimeoutException e) {
          out.write(' ');
        }
      }
    } catch (IOException e) {
      // It was closed while we wrote.
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
