package dev.lanes.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The limits alone, before something that knows every token but those of strangers. */
class RateLimitTests {

  private static final int OF_A_CALLER = 5;
  private static final int OF_A_WORKER = 8;
  private static final int OF_AN_ADDRESS = 3;
  private static final String RUNS = "/api/v1/runs";
  private static final String SYNC = "/api/v1/worker/sync";

  private static final JsonMapper JSON =
      JsonMapper.builder().addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class).build();

  private final Tomcat tomcat = new Tomcat();

  /** Answers 401 to a stranger, 403 to a person on a worker's path, else 200. */
  private static final class Doorkeeper extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      String token = String.valueOf(request.getHeader("Authorization"));
      boolean wrongRole = token.contains("person") && request.getServletPath().contains("/worker/");
      response.setStatus(token.contains("stranger") ? 401 : wrongRole ? 403 : 200);
    }
  }

  @BeforeEach
  void aServerWithLowLimits() throws Exception {
    tomcat.setBaseDir(Path.of("target", "rate-limits").toAbsolutePath().toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", null);
    FilterDef limits = new FilterDef();
    limits.setFilterName("limits");
    limits.setFilter(
        new RateLimits(
            new WebProperties(
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(30),
                new WebProperties.RateLimit(OF_A_CALLER, OF_A_WORKER, OF_AN_ADDRESS)),
            JSON));
    context.addFilterDef(limits);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("limits");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    Tomcat.addServlet(context, "doorkeeper", new Doorkeeper()).addMapping("/");
    tomcat.getConnector();
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private Caller with(String token) {
    return new Caller("http://127.0.0.1:" + tomcat.getConnector().getLocalPort(), token);
  }

  @Test
  void whoCallsTooOftenIsToldWhenToComeBack() {
    Caller caller = with("known");
    // The first call is by somebody who is not known yet.
    for (int i = 0; i < 1 + OF_A_CALLER; i++) {
      assertThat(caller.get(RUNS).status()).isEqualTo(200);
    }

    var refusal = caller.get(RUNS);

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.header("Content-Type")).startsWith("application/problem+json");
    assertThat(Integer.parseInt(refusal.header("Retry-After")))
        .as("a fifth of a minute brings the next call")
        .isBetween(1, 12);
    assertThat(refusal.json().path("code").asString()).isEqualTo("too_many_calls");
  }

  @Test
  void oneCallerTakesNothingFromAnother() {
    Caller other = with("other");
    assertThat(other.get(RUNS).status()).isEqualTo(200);
    Caller caller = with("known");
    for (int i = 0; i < 1 + OF_A_CALLER; i++) {
      caller.get(RUNS);
    }

    assertThat(caller.get(RUNS).status()).isEqualTo(429);
    assertThat(other.get(RUNS).status()).isEqualTo(200);
  }

  @Test
  void tokensThatAreTriedCountForTheAddress() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(with("stranger" + i).get(RUNS).status()).isEqualTo(401);
    }

    assertThat(with("stranger again").get(RUNS).status()).isEqualTo(429);
    assertThat(with(null).get(RUNS).status()).isEqualTo(429);
  }

  @Test
  void aTokenThatIsTriedOnThePageCountsToo() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(with("stranger" + i).get("/assets/index.js").status()).isEqualTo(401);
    }

    assertThat(with("stranger again").get("/assets/index.js").status()).isEqualTo(429);
  }

  @Test
  void anotherWayToWriteThePathIsThePath() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(with(null).get("/%61pi/v1/runs").status()).isEqualTo(200);
    }

    assertThat(with(null).get("/%61pi/v1/runs").status()).isEqualTo(429);
    assertThat(with(null).get(RUNS).status()).isEqualTo(429);
  }

  @Test
  void anotherWayToWriteTheHeaderIsTheSameCaller() {
    String[] schemes = {"Bearer", "bearer", "BEARER", "bEARER", "BeaRer"};
    assertThat(authorized("Bearer known")).isEqualTo(200);
    for (String scheme : schemes) {
      assertThat(authorized(scheme + " known")).isEqualTo(200);
    }

    assertThat(authorized("beareR  known ")).isEqualTo(429);
  }

  @Test
  void whatIsNoTokenMakesNobodyKnown() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(authorized("Basic " + i)).isEqualTo(200);
    }

    assertThat(authorized("Basic again")).isEqualTo(429);
  }

  @Test
  void aPersonGetsNoLimitOfAWorker() {
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      assertThat(with("person").post(SYNC, "{}").status()).isEqualTo(403);
    }

    assertThat(with("person").post(SYNC, "{}").status()).isEqualTo(429);
  }

  private int authorized(String header) {
    return with(null).post(RUNS, "{}", "Authorization", header).status();
  }

  @Test
  void aKnownWorkerGoesOnBesideAStranger() {
    Caller worker = with("worker");
    assertThat(worker.post(SYNC, "{}").status()).isEqualTo(200);
    for (int i = 0; i < OF_AN_ADDRESS; i++) {
      with("stranger" + i).get(RUNS);
    }

    for (int i = 0; i < OF_A_WORKER; i++) {
      assertThat(worker.post(SYNC, "{}").status()).isEqualTo(200);
    }
    assertThat(worker.post(SYNC, "{}").status()).isEqualTo(429);
  }

  @Test
  void thePageIsNotCounted() {
    for (int i = 0; i < 3 * OF_AN_ADDRESS; i++) {
      assertThat(with(null).get("/assets/index.js").status()).isEqualTo(200);
    }
  }
}
