package dev.lanes.web;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnTestServer
class RefusalTests {

  @Autowired private TestServer server;

  @BeforeEach
  void aHostWithInterpreters() {
    server.clear();
    server.worker("w1").report();
  }

  @Test
  void aGoodRunIsAccepted() {
    var answer = server.admin().post("/api/v1/runs", aRun().json());

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }
}
