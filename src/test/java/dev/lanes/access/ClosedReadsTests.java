package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Each operation for each role, where reading takes a token: a server of its own. */
@OnTestServer
@DirtiesContext
@TestPropertySource(
    properties = {"lanes.access.open-reads=false", "lanes.home=target/test-closed-server"})
class ClosedReadsTests {

  @Autowired private TestServer server;

  @Test
  void everyOperationIsForWhomTheTableSays() {
    new RoleMatrix(server).assertHolds(false);
  }

  @Test
  void aSecretOfAnEnrolmentReadsNothing() {
    var holder = server.caller(server.tokens().ofEnrolment("w1"));

    assertThat(holder.get("/api/v1/runs").status()).isEqualTo(403);
    assertThat(holder.post("/api/v1/worker/enrolment", "").status()).isEqualTo(201);
  }
}
