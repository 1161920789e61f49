package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.protocol.Desired;
import dev.lanes.protocol.Sync;
import dev.lanes.protocol.WorkerProtocol;
import jakarta.validation.Validator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** The worker's calls as it makes them, to the real server. */
@OnTestServer
class WorkerTokenTests {

  @Autowired private TestServer server;
  @Autowired private RestClient.Builder http;
  @Autowired private Validator validator;

  @TempDir private Path directory;

  @BeforeEach
  void empty() {
    server.clear();
  }

  @Test
  void aWorkerWithoutATokenEnrolsAndKeepsItsToken() throws Exception {
    String secret = server.tokens().ofEnrolment("lab-3");

    assertThat(sync(worker(null, secret)).action()).isEqualTo(Desired.Action.REPORT);

    Path file = directory.resolve("worker-token");
    assertThat(Files.readString(file)).matches("lanes_w[0-9A-Za-z]{36}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aWorkerEnrolsByTheStandingSecretUnderItsOwnName() throws Exception {
    var usual = properties(URI.create(server.address()), null, null);
    var standing =
        new WorkerProperties(
            usual.directory(),
            usual.server(),
            null,
            null,
            Path.of("src/test/resources/enrolment-secret"),
            "pod-7",
            usual.interpreters(),
            usual.phaseLimit(),
            usual.tuning(),
            usual.control(),
            usual.probing(),
            usual.spoolLimit(),
            usual.labels(),
            null);

    assertThat(sync(WorkerConfiguration.protocol(standing, http)).action())
        .isEqualTo(Desired.Action.REPORT);

    assertThat(Files.readString(directory.resolve("worker-token"))).startsWith("lanes_w");
  }

  @Test
  void whoHasATokenDoesNotEnrolAgain() {
    String secret = server.tokens().ofEnrolment("lab-3");
    sync(worker(null, secret));

    // As the next start does it: the secret is still set, but used.
    assertThat(sync(worker(null, secret)).action()).isEqualTo(Desired.Action.REPORT);

    String unused = server.tokens().ofEnrolment("lab-3");
    sync(worker(server.tokens().ofWorker("lab-4"), unused));
    sync(worker(null, unused));
    assertThat(server.caller(unused).post("/api/v1/worker/enrolment", "").status()).isEqualTo(201);
  }

  @Test
  void aUsedSecretIsToldWithWhatToDo() {
    String secret = server.tokens().ofEnrolment("lab-3");
    server.caller(secret).post("/api/v1/worker/enrolment", "");
    var worker = worker(null, secret);

    assertThatThrownBy(() -> sync(worker))
        .isInstanceOf(WorkerToken.Missing.class)
        .hasMessageContaining("POST /api/v1/enrolments")
        .hasMessageContaining("lanes.worker.enrolment");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTokenThatAppearsLaterIsUsed() throws Exception {
    var worker = worker(null, null);
    assertThatThrownBy(() -> sync(worker))
        .isInstanceOf(WorkerToken.Missing.class)
        .hasMessageContaining("lanes.worker.enrolment")
        .hasMessageContaining(directory.resolve("worker-token").toString());

    Files.writeString(directory.resolve("worker-token"), server.tokens().ofWorker("w1") + "\n");

    assertThat(sync(worker).action()).isEqualTo(Desired.Action.REPORT);
  }

  @Test
  void aServerThatCannotBeReachedUsesNothingUp() throws Exception {
    String secret = server.tokens().ofEnrolment("lab-3");
    var nobody = URI.create("http://127.0.0.1:1");

    assertThatThrownBy(
            () -> sync(WorkerConfiguration.protocol(properties(nobody, null, secret), http)))
        .isInstanceOf(ResourceAccessException.class);

    assertThat(directory).isEmptyDirectory();
    assertThat(sync(worker(null, secret)).action()).isEqualTo(Desired.Action.REPORT);
  }

  @Test
  void aFolderThatCannotBeWrittenUsesNothingUp() throws Exception {
    String secret = server.tokens().ofEnrolment("lab-3");
    Path nowhere =
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("not mounted"));
    var blocked =
        WorkerConfiguration.protocol(
            properties(nowhere, URI.create(server.address()), null, secret), http);

    assertThatThrownBy(() -> sync(blocked)).isInstanceOf(java.io.UncheckedIOException.class);

    assertThat(server.caller(secret).post("/api/v1/worker/enrolment", "").status()).isEqualTo(201);
  }

  @Test
  void aRevokedTokenIsNoReasonToEnrol() throws Exception {
    String token = server.tokens().ofWorker("w1");
    server.jdbc().sql("UPDATE token SET revoked_at = now() WHERE host_name = 'w1'").update();
    Files.writeString(directory.resolve("worker-token"), token);

    assertThatThrownBy(() -> sync(worker(null, server.tokens().ofEnrolment("w1"))))
        .isInstanceOf(HttpClientErrorException.Unauthorized.class)
        .hasMessageContaining("token_revoked");
  }

  @Test
  void whatIsNoSecretIsRefusedAtTheStart() {
    var address = URI.create(server.address());

    assertThat(validator.validate(properties(address, null, server.tokens().ofWorker("w1"))))
        .extracting(violation -> violation.getMessage())
        .containsExactly("must be the secret that POST /api/v1/enrolments answered, lanes_e…");
    assertThat(validator.validate(properties(address, null, null))).isEmpty();
  }

  private WorkerProtocol worker(String token, String enrolment) {
    return WorkerConfiguration.protocol(
        properties(URI.create(server.address()), token, enrolment), http);
  }

  private WorkerProperties properties(URI address, String token, String enrolment) {
    return properties(directory, address, token, enrolment);
  }

  private static WorkerProperties properties(
      Path directory, URI address, String token, String enrolment) {
    return TestWorker.properties(directory, address, token, enrolment);
  }

  private static Desired sync(WorkerProtocol worker) {
    return worker.sync(new Sync("a start", Sync.State.IDLE, null, null, null, null), null);
  }
}
