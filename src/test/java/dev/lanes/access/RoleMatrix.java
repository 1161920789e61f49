package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.TestServer;
import dev.lanes.web.Caller;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who is let through to which operation: {@code o} somebody without a token, {@code v} a viewer,
 * {@code s} a submitter, {@code a} an administrator, {@code w} a worker.
 */
final class RoleMatrix {

  /**
   * Every operation; the first group of letters where reading is not open, the second where it is.
   * Signing out without a session is refused, because nothing protects the call from forgery.
   */
  private static final String TABLE =
      """
      GET    /api/v1/audit                            ---a- ---a-
      GET    /api/v1/audit/verification               ---a- ---a-
      GET    /api/v1/cells/{id}                       -vsa- ovsaw
      GET    /api/v1/cells/{id}/samples               -vsa- ovsaw
      GET    /api/v1/claims                           -vsa- ovsaw
      DELETE /api/v1/claims/{id}                      --sa- --sa-
      GET    /api/v1/claims/{id}                      -vsa- ovsaw
      PUT    /api/v1/claims/{id}                      --sa- --sa-
      GET    /api/v1/claims/{id}/badge.svg            -vsa- ovsaw
      GET    /api/v1/comparisons                      -vsa- ovsaw
      GET    /api/v1/comparisons/measures             -vsa- ovsaw
      POST   /api/v1/enrolments                       ---a- ---a-
      GET    /api/v1/hosts                            -vsa- ovsaw
      GET    /api/v1/hosts/{name}                     -vsa- ovsaw
      PATCH  /api/v1/hosts/{name}                     ---a- ---a-
      GET    /api/v1/imports                          -vsa- ovsaw
      POST   /api/v1/imports                          --sa- --sa-
      POST   /api/v1/imports/preview                  --sa- --sa-
      DELETE /api/v1/imports/{id}                     --sa- --sa-
      GET    /api/v1/imports/{id}                     -vsa- ovsaw
      GET    /api/v1/imports/{id}/comparisons         -vsa- ovsaw
      GET    /api/v1/imports/{id}/file                -vsa- ovsaw
      GET    /api/v1/instrument                       -vsa- ovsaw
      GET    /api/v1/instrument/self-tests            -vsa- ovsaw
      POST   /api/v1/instrument/self-tests            --sa- --sa-
      GET    /api/v1/instrument/self-tests/{id}       -vsa- ovsaw
      GET    /api/v1/interpreters                     -vsa- ovsaw
      GET    /api/v1/live                             -vsa- ovsaw
      GET    /api/v1/measures                         -vsa- ovsaw
      GET    /api/v1/models                           -vsa- ovsaw
      GET    /api/v1/profiles                         -vsa- ovsaw
      DELETE /api/v1/profiles/{name}                  ---a- ---a-
      PUT    /api/v1/profiles/{name}                  ---a- ---a-
      GET    /api/v1/queue                            -vsa- ovsaw
      GET    /api/v1/runs                             -vsa- ovsaw
      POST   /api/v1/runs                             --sa- --sa-
      GET    /api/v1/runs/{id}                        -vsa- ovsaw
      POST   /api/v1/runs/{id}/cancellation           --sa- --sa-
      GET    /api/v1/runs/{id}/cells                  -vsa- ovsaw
      GET    /api/v1/runs/{id}/evidence               -vsa- ovsaw
      POST   /api/v1/runs/{id}/retries                --sa- --sa-
      POST   /api/v1/runs/preview                     --sa- --sa-
      GET    /api/v1/schedules                        -vsa- ovsaw
      POST   /api/v1/schedules                        ---a- ---a-
      DELETE /api/v1/schedules/{id}                   ---a- ---a-
      GET    /api/v1/schedules/{id}                   -vsa- ovsaw
      PUT    /api/v1/schedules/{id}                   ---a- ---a-
      GET    /api/v1/schedules/{id}/firings           -vsa- ovsaw
      POST   /api/v1/schedules/{id}/firings           --sa- --sa-
      GET    /api/v1/schedules/preview                -vsa- ovsaw
      DELETE /api/v1/session                          -vsaw -vsaw
      GET    /api/v1/session                          ovsaw ovsaw
      GET    /api/v1/suites                           -vsa- ovsaw
      POST   /api/v1/suites                           --sa- --sa-
      DELETE /api/v1/suites/{name}                    --sa- --sa-
      GET    /api/v1/suites/{name}                    -vsa- ovsaw
      PUT    /api/v1/suites/{name}                    --sa- --sa-
      POST   /api/v1/suites/{name}/runs               --sa- --sa-
      GET    /api/v1/support                          -vsa- ovsaw
      GET    /api/v1/tokens                           ---a- ---a-
      POST   /api/v1/tokens                           ---a- ---a-
      DELETE /api/v1/tokens/{id}                      ---a- ---a-
      GET    /api/v1/transfers                        -vsa- ovsaw
      GET    /api/v1/scaling                          -vsa- ovsaw
      GET    /api/v1/crossovers                       -vsa- ovsaw
      GET    /api/v1/workloads                        -vsa- ovsaw
      POST   /api/v1/attempts/{fence}/completion      ----w ----w
      PUT    /api/v1/attempts/{fence}/chunks/{number} ----w ----w
      GET    /api/v1/webhooks                         ---a- ---a-
      POST   /api/v1/webhooks                         ---a- ---a-
      DELETE /api/v1/webhooks/{id}                    ---a- ---a-
      GET    /api/v1/webhooks/{id}                    ---a- ---a-
      PUT    /api/v1/webhooks/{id}                    ---a- ---a-
      GET    /api/v1/webhooks/{id}/deliveries         ---a- ---a-
      POST   /api/v1/webhooks/{id}/deliveries/{delivery}/redeliveries ---a- ---a-
      POST   /api/v1/webhooks/{id}/pings              ---a- ---a-
      POST   /api/v1/worker/enrolment                 ----- -----
      POST   /api/v1/worker/sync                      ----w ----w
      """;

  private static final String EVERYBODY = "ovsaw";

  private final TestServer server;
  private final Map<Character, Caller> callers;

  RoleMatrix(TestServer server) {
    this.server = server;
    this.callers =
        Map.of(
            'o',
            server.caller(null),
            'v',
            server.caller(server.tokens().of(Role.VIEWER)),
            's',
            server.caller(server.tokens().of(Role.SUBMITTER)),
            'a',
            server.caller(server.tokens().of(Role.ADMIN)),
            'w',
            server.caller(server.tokens().ofWorker("w1")));
  }

  /** What is described to the public, and what the server answers besides. */
  Set<String> operations(RequestMappingHandlerMapping mappings) throws Exception {
    Set<String> found = new TreeSet<>();
    JsonNode document =
        JsonMapper.shared().readTree(Files.readString(Path.of("frontend", "openapi.json")));
    for (var path : document.path("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        found.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(found).as("the description").isNotEmpty();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/v1/"))
                .forEach(path ->
                    mapping
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> found.add(method + " " + path))));
    return found;
  }

  /** Every operation of the table must exist, and every one that exists must be in it. */
  void assertComplete(RequestMappingHandlerMapping mappings) throws Exception {
    assertThat(expected(false).keySet())
        .as("operations of the table; add a line for a new one")
        .containsExactlyInAnyOrderElementsOf(operations(mappings));
  }

  /** Calls each operation as each caller. */
  void assertHolds(boolean openReads) {
    SoftAssertions all = new SoftAssertions();
    expected(openReads)
        .forEach((operation, allowed) -> {
          for (char who : EVERYBODY.toCharArray()) {
            int status = status(callers.get(who), operation);
            String what = "%s as %s".formatted(operation, who);
            if (allowed.indexOf(who) < 0) {
              all.assertThat(status).as(what).isEqualTo(who == 'o' ? 401 : 403);
            } else {
              all.assertThat(status).as(what).isNotIn(401, 403).isLessThan(500);
            }
          }
        });
    all.assertAll();
  }

  /** Ids that stand for nothing and empty bodies: who is let through gets no further. */
  private static int status(Caller caller, String operation) {
    String[] parts = operation.split(" ");
    String path =
        parts[1]
            .replace("{id}", "0199a3c0-0000-7000-8000-000000000000")
            .replace("{delivery}", "0199a3c0-0000-7000-8000-000000000000")
            .replace("{name}", "nothing")
            .replace("{fence}", "999999999")
            .replace("{number}", "0");
    assertThat(path).as("what stands for each part of the path").doesNotContain("{");
    boolean bare = parts[0].equals("GET") || parts[0].equals("DELETE");
    return caller
        .send(
            parts[0],
            path,
            "application/json",
            bare ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
        .status();
  }

  /** The callers that are let through, by operation. */
  static Map<String, String> expected(boolean openReads) {
    return TABLE
        .lines()
        .map(line -> line.split("\\s+"))
        .collect(
            Collectors.toMap(
                line -> line[0] + " " + line[1],
                line -> line[openReads ? 3 : 2],
                (one, _) -> {
                  throw new IllegalStateException("an operation stands twice in the table: " + one);
                },
                LinkedHashMap::new));
  }
}
