package dev.lanes.host;

import static dev.lanes.host.TestReport.aHost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import dev.lanes.access.Role;
import dev.lanes.protocol.Desired.Action;
import dev.lanes.run.Queue;
import dev.lanes.run.RunBody;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Hardware profiles: which host fulfils which, and how they are made. */
@OnTestServer
class ProfileTests {

  private static final String P = "/api/v1/profiles/p";

  @Autowired private TestServer server;
  @Autowired private Hosts hosts;

  @BeforeEach
  void onlyAny() {
    server.clear();
  }

  static Stream<Arguments> requirements() {
    return Stream.of(
        arguments("{}", aHost(), true),
        arguments("{'cores': 4}", aHost(), true),
        arguments("{'cores': 4}", aHost().cores(16), true),
        arguments("{'cores': 4}", aHost().cores(3), false),
        arguments("{'cpu': 'SIMULATED 30'}", aHost(), true),
        arguments("{'cpu': '3000'}", aHost(), true),
        arguments("{'cpu': 'EPYC'}", aHost(), false),
        arguments("{'cpu': 'Simul%'}", aHost(), false),
        arguments("{'cpu': 'Simulated_3000'}", aHost(), false),
        arguments("{'cpu': 'a'}", aHost().fact("cpu_model", null), false),
        arguments("{'memory_bytes': 8000000000}", aHost(), true),
        arguments("{'memory_bytes': 8000000001}", aHost(), false),
        arguments("{'memory_bytes': 1}", aHost().memory(null), false),
        arguments("{'architecture': 'x86_64'}", aHost(), true),
        arguments("{'architecture': 'x86_64'}", aHost().architecture("arm64"), false),
        arguments("{'labels': {'rack': 'a'}}", aHost().label("rack", "a"), true),
        arguments(
            "{'labels': {'rack': 'a'}}", aHost().label("rack", "a").label("disk", "ssd"), true),
        arguments("{'labels': {'rack': 'a'}}", aHost().label("rack", "b"), false),
        arguments("{'labels': {'rack': 'a'}}", aHost().label("disk", "a"), false),
        arguments("{'labels': {'rack': 'a', 'disk': 'x'}}", aHost().label("rack", "a"), false),
        arguments("{'labels': {'rack': 'a'}}", aHost(), false),
        arguments("{'cores': 4, 'cpu': '3000', 'architecture': 'x86_64'}", aHost(), true),
        arguments("{'cores': 4, 'cpu': '3000', 'architecture': 'arm64'}", aHost(), false));
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @MethodSource("requirements")
  void aHostFulfilsWhatItHas(String profile, TestReport report, boolean fulfils) {
    server.worker("w1").report(report.told());

    var answer = server.admin().put(P, profile.replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(fulfilled("w1").contains("p")).isEqualTo(fulfils);
    assertThat(fulfilled("w1")).contains("any");
    assertThat(profile("p").path("hosts")).hasSize(fulfils ? 1 : 0);
    assertThat(profile("p").path("online").asBoolean()).isEqualTo(fulfils);
  }

  @ParameterizedTest
  @ValueSource(strings = {"draining", "quarantined", "needs_review"})
  void aHostThatIsNotActiveFulfilsNothing(String state) {
    server.worker("w1").report(aHost().told());
    server.worker("w2").report(aHost().told());

    server
        .jdbc()
        .sql("UPDATE host SET state = :state WHERE name = 'w1'")
        .param("state", state)
        .update();

    assertThat(fulfilled("w1")).isEmpty();
    assertThat(fulfilled("w2")).containsExactly("any");
    assertThat(profile("any").path("hosts").toString()).isEqualTo("[\"w2\"]");
  }

  @Test
  void aProfileIsOnlineWithAHostThatIs() {
    server.worker("w1").report(aHost().told());
    server.worker("w2").report(aHost().cores(8).told());
    server.admin().put(P, "{\"cores\": 8}");

    server
        .jdbc()
        .sql("UPDATE host SET last_seen_at = now() - interval '2 min' WHERE name = 'w2'")
        .update();

    assertThat(profile("p").path("hosts").toString()).isEqualTo("[\"w2\"]");
    assertThat(profile("p").path("online").asBoolean()).isFalse();
    assertThat(profile("any").path("online").asBoolean()).isTrue();
  }

  @Test
  void anyAlwaysExistsAndStaysAsItIs() {
    assertThat(profiles()).hasSize(1);
    assertThat(profile("any").path("cores").isNull()).isTrue();

    var changed = server.admin().put("/api/v1/profiles/any", "{\"cores\": 8}", "If-Match", "*");
    var deleted = server.admin().delete("/api/v1/profiles/any");

    assertThat(changed.status()).isEqualTo(409);
    assertThat(changed.json().path("code").asString()).isEqualTo("profile_fixed");
    assertThat(deleted.status()).isEqualTo(409);
    assertThat(profiles()).hasSize(1);
  }

  @Test
  void whoReplacesAProfileMustHaveSeenItsNewestVersion() {
    String first = server.admin().put(P, "{\"cores\": 2}").header("ETag");

    var without = server.admin().put(P, "{\"cores\": 3}");
    var second = server.admin().put(P, "{\"cores\": 4}", "If-Match", first);
    var stale = server.admin().put(P, "{\"cores\": 5}", "If-Match", first);

    assertThat(without.status()).isEqualTo(428);
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.header("ETag"))
        .isNotEqualTo(first)
        .isEqualTo(profile("p").path("version").asString());
    assertThat(stale.status()).isEqualTo(412);
    assertThat(profile("p").path("cores").asInt()).isEqualTo(4);
  }

  @Test
  void aProfileThatWasDeletedMeanwhileIsNotMadeAgain() {
    var answer = server.admin().put(P, "{}", "If-Match", "\"1\"");

    assertThat(answer.status()).isEqualTo(412);
    assertThat(profiles()).hasSize(1);
  }

  @Test
  void aProfileIsDeletedUnlessJobsReferToIt() {
    server.worker("w1").report(aHost().told());
    server.admin().put(P, "{}");
    server.admin().put("/api/v1/profiles/q", "{}");
    new Queue(server).submit(RunBody.aRun());
    server.jdbc().sql("UPDATE job SET profile = 'p'").update();

    var used = server.admin().delete(P);
    var unused = server.admin().delete("/api/v1/profiles/q");

    assertThat(used.status()).as(used.body()).isEqualTo(409);
    assertThat(used.json().path("code").asString()).isEqualTo("profile_in_use");
    assertThat(unused.status()).isEqualTo(204);
    assertThat(server.admin().delete("/api/v1/profiles/q").status()).isEqualTo(404);
    assertThat(profiles()).hasSize(2);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("/cores", "{'cores': 0}"),
        arguments("/cpu", "{'cpu': ''}"),
        arguments("/memory_bytes", "{'memory_bytes': -1}"),
        arguments("/architecture", "{'architecture': ''}"),
        arguments("/description", "{'description': '%s'}".formatted("x".repeat(501))),
        arguments("/labels", "{'labels': {'a b': 'c'}}"),
        arguments("/labels", "{'labels': {'a': 'b c'}}"),
        arguments("/labels", "{'labels': {'a': null}}"),
        arguments("/labels", "{'labels': {'%s': 'a'}}".formatted("x".repeat(64))),
        arguments("/core", "{'core': 4}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  void aFaultOfAProfileIsPointedAt(String pointer, String profile) {
    var answer = server.admin().put(P, profile.replace('\'', '"'));

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("errors").path(0).path("pointer").asString()).isEqualTo(pointer);
    assertThat(profiles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-p", "a%20b", "%C3%A4"})
  void aNameOfAProfileIsPlain(String name) {
    assertThat(server.admin().put("/api/v1/profiles/" + name, "{}").status()).isEqualTo(422);
  }

  @Test
  void onlyAnAdministratorMakesAndDeletesProfiles() {
    server.admin().put(P, "{}");
    for (var token : List.of(Role.VIEWER, Role.SUBMITTER)) {
      var caller = server.caller(server.tokens().of(token));
      assertThat(caller.put("/api/v1/profiles/q", "{}").status()).isEqualTo(403);
      assertThat(caller.delete(P).status()).isEqualTo(403);
      assertThat(caller.get("/api/v1/profiles").status()).isEqualTo(200);
    }
  }

  @Test
  void theFrontDoorTellsNamesAndCores() {
    server.admin().put(P, "{\"cores\": 2}");

    assertThat(hosts.profileNames()).containsExactly("any", "p");
    assertThat(hosts.coresOf("p")).contains(2);
    assertThat(hosts.coresOf("any")).isEmpty();
    assertThat(hosts.coresOf("none")).isEmpty();
  }

  @Test
  void aRunWithAnUnknownProfileIsToldTheKnownOnes() {
    server.worker("w1").report(aHost().told());
    server.admin().put(P, "{}");

    var answer =
        server
            .admin()
            .post("/api/v1/runs", RunBody.aRun().with("profiles", List.of("p", "q")).json());

    assertThat(answer.status()).isEqualTo(422);
    var error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo("/profiles/1");
    assertThat(error.path("detail").asString()).contains("no hardware profile \"q\"");
    assertThat(error.path("allowed").toString()).isEqualTo("[\"any\",\"p\"]");
  }

  @Test
  void aRunWaitsForAHostThatFulfilsItsProfileAndIsMeasuredOnItsCores() {
    server.admin().put(P, "{\"cores\": 8}");
    var small = server.worker("small");
    small.report(aHost().told());
    Queue queue = new Queue(server);
    String run = queue.submit(RunBody.aRun().with("profiles", List.of("p")));

    assertThat(small.idle().action()).isEqualTo(Action.IDLE);
    assertThat(queue.run(run).path("queue").path("reason").asString())
        .contains("no active host fulfils the profile \"p\"");
    var large = server.worker("large");
    var lease = large.report(aHost().cores(16).told()).lease();

    assertThat(lease.job().cores()).isEqualTo(8);
    assertThat(queue.job(run).path("host").asString()).isEqualTo("large");
  }

  @Test
  void aJobOfAProfileWithoutCoresMayUseThemAll() {
    var worker = server.worker("w1");
    worker.report(aHost().told());
    new Queue(server).submit(RunBody.aRun());

    assertThat(worker.idle().lease().job().cores()).isNull();
  }

  private List<String> fulfilled(String host) {
    return server
        .jdbc()
        .sql(
            """
            SELECT f.profile FROM host_profile f JOIN host h ON h.id = f.host_id
            WHERE h.name = :host
            """)
        .param("host", host)
        .query(String.class)
        .list();
  }

  private List<JsonNode> profiles() {
    return server.admin().get("/api/v1/profiles").json().path("items").valueStream().toList();
  }

  private JsonNode profile(String name) {
    return profiles().stream()
        .filter(profile -> profile.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
