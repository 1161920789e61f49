package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.arm.Living;
import dev.lanes.catalog.Catalog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** The loop of a worker whose only hope is a secret that was used. */
@OnTestServer
@ExtendWith(OutputCaptureExtension.class)
class AgentTests {

  private static final Path DIRECTORY = TestWorker.DIRECTORY;

  @Autowired private TestServer server;
  @Autowired private RestClient.Builder http;
  @Autowired private Catalog catalog;
  @Autowired private JsonMapper json;

  @Test
  void itSaysWhatToDoAndGoesOn(CapturedOutput output) throws Exception {
    server.clear();
    Files.deleteIfExists(DIRECTORY.resolve("worker-token"));
    String secret = server.tokens().ofEnrolment("lab-3");
    server.caller(secret).post("/api/v1/worker/enrolment", "");
    WorkerProperties properties =
        TestWorker.properties(DIRECTORY, URI.create(server.address()), null, secret);
    Agent agent =
        new Agent(
            properties,
            new WorkloadFolders(List.of()),
            catalog,
            new ServerLink(WorkerConfiguration.protocol(properties, http)),
            json,
            Clock.systemUTC());

    Thread loop = Thread.ofPlatform().start(agent);
    try {
      for (int i = 0; i < 6 && !output.getOut().contains("POST /api/v1/enrolments"); i++) {
        Living.soon(() -> output.getOut().contains("POST /api/v1/enrolments"));
      }

      assertThat(output).contains("asks again: the secret of the enrolment is used, expired");
      assertThat(loop.isAlive()).isTrue();
      assertThat(output).doesNotContain("the worker ends");
    } finally {
      agent.stop();
      loop.join(Duration.ofSeconds(15));
    }
    assertThat(loop.isAlive()).isFalse();
  }
}
