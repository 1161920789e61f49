package dev.lanes.access;

import static dev.lanes.run.RunBody.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** A browser with its cookies, from the link in the log to the end of its session. */
@OnTestServer
class SignInTests {

  @Autowired private TestServer server;
  @Autowired private SignInTicket ticket;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

  @BeforeEach
  void aHostWithInterpreters() {
    server.clear();
    server.worker("w1").report();
  }

  @Test
  void theLinkSignsInAndLeadsToThePage() throws Exception {
    assertThat(role()).isEqualTo("null");

    var answer = get("/sign-in?ticket=" + ticket.value());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/");
    assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly");
    assertThat(role()).isEqualTo("\"admin\"");
  }

  @Test
  void aTicketOfAnotherStartIsRefused() throws Exception {
    var answer = get("/sign-in?ticket=guessed");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("not_signed_in", "newest log");
    assertThat(role()).isEqualTo("null");
  }

  @Test
  void aSessionAloneDoesNotSubmitSoThatNoOtherSiteCan() throws Exception {
    get("/sign-in?ticket=" + ticket.value());

    var forged = submit("");

    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(server.admin().get("/api/v1/runs").json().path("items")).isEmpty();
  }

  @Test
  void aSessionWithItsOwnTokenAgainstForgerySubmits() throws Exception {
    get("/sign-in?ticket=" + ticket.value());
    get("/api/v1/session");

    var submitted = submit(forgeryToken());

    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(202);
  }

  @Test
  void signingOutEndsTheSession() throws Exception {
    get("/sign-in?ticket=" + ticket.value());
    get("/api/v1/session");

    var request = to("/api/v1/session").header("X-XSRF-TOKEN", forgeryToken()).DELETE();
    var answer = browser.send(request.build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(role()).isEqualTo("null");
    assertThat(submit(forgeryToken()).statusCode()).isIn(401, 403);
  }

  private String role() throws Exception {
    return JsonMapper.shared().readTree(get("/api/v1/session").body()).path("role").toString();
  }

  private String forgeryToken() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  private HttpResponse<String> submit(String forgeryToken) throws Exception {
    var request =
        to("/api/v1/runs")
            .header("Content-Type", "application/json")
            .header("X-XSRF-TOKEN", forgeryToken)
            .POST(BodyPublishers.ofString(aRun().json()));
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return browser.send(to(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }
}
