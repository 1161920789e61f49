package dev.lanes;

import dev.lanes.access.Enrolments;
import dev.lanes.access.TestTokens;
import dev.lanes.access.Tokens;
import dev.lanes.dispatch.SimulatedWorker;
import dev.lanes.protocol.WorkerProtocol;
import dev.lanes.web.Caller;
import java.nio.file.Path;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * The real server with a real database that all tests share and reach by HTTP. Its timed work is
 * off, so that a test decides itself when something expires. Begin each test with {@link #clear}.
 */
public final class TestServer {

  /** Folder of its files; what was unpacked there is kept between builds. */
  static final String HOME = "target/test-server";

  private final int port;
  private final JdbcClient jdbc;
  private final TestTokens tokens;
  private final RestClient.Builder http;

  private TestServer(int port, JdbcClient jdbc, TestTokens tokens, RestClient.Builder http) {
    this.port = port;
    this.jdbc = jdbc;
    this.tokens = tokens;
    this.http = http;
  }

  static class Parts {

    @Bean
    FlywayMigrationStrategy emptyDatabase() {
      return flyway -> {
        flyway.clean();
        flyway.migrate();
      };
    }

    @Bean
    @Lazy
    TestServer testServer(
        @LocalServerPort int port,
        JdbcClient jdbc,
        Tokens tokens,
        Enrolments enrolments,
        RestClient.Builder http) {
      TestTokens all = new TestTokens(tokens, enrolments, Path.of(HOME));
      return new TestServer(port, jdbc, all, http);
    }
  }

  /** Forgets every run, host, self-test, saved suite, claim, schedule and profile that was made. */
  public void clear() {
    jdbc.sql(
            "TRUNCATE run, host, self_test, owner_usage, own_suite, own_claim, import, webhook,"
                + " schedule, creation_key CASCADE")
        .update();
    jdbc.sql("DELETE FROM hardware_profile WHERE name <> 'any'").update();
  }

  /** For what cannot be seen or brought about by HTTP. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  public TestTokens tokens() {
    return tokens;
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Calls with the given token; null means without one. */
  public Caller caller(String token) {
    return new Caller(address(), token);
  }

  /** Calls with the token that the server keeps in a file. */
  public Caller admin() {
    return caller(tokens.local());
  }

  /** A worker of a host that has not been heard of yet, without any work. */
  public SimulatedWorker worker(String host) {
    String token = tokens.ofWorker(host);
    RestClient client =
        http.clone()
            .requestFactory(new JdkClientHttpRequestFactory())
            .baseUrl(address())
            .defaultHeaders(headers -> headers.setBearerAuth(token))
            .build();
    WorkerProtocol protocol =
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
            .build()
            .createClient(WorkerProtocol.class);
    return new SimulatedWorker(protocol, caller(token));
  }
}
