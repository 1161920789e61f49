package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * F17: Schemathesis calls every described operation as every role with what the description allows
 * and with what it does not. It is installed by pip into a folder of the build.
 */
@Tag("fault")
@OnTestServer
class FuzzTests {

  private static final String TOOL = "schemathesis==4.32.5";
  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();
  private static final String EXAMPLES = System.getProperty("lanes.faults.examples", "25");
  private static final String SEED = System.getProperty("lanes.faults.seed", "1");

  @Autowired private TestServer server;

  @BeforeAll
  static void theTool() throws Exception {
    if (Files.isExecutable(tool())) {
      return;
    }
    Files.createDirectories(FOLDER);
    Path venv = FOLDER.resolve("venv");
    boolean there =
        run("install.log", "python3", "-m", "venv", venv.toString()) == 0
            && run("install.log", venv + "/bin/pip", "install", "--quiet", TOOL) == 0;
    if (!there && System.getenv("CI") == null) {
      abort("no package index gives Schemathesis; see " + FOLDER.resolve("install.log"));
    }
    assertThat(there).as("Schemathesis is installed; see install.log in " + FOLDER).isTrue();
  }

  private static Path tool() {
    return FOLDER.resolve("venv/bin/schemathesis");
  }

  @ParameterizedTest
  @CsvSource({"o", "v", "s", "a", "w"})
  void nothingBreaksAndNobodyGetsWhatIsNotTheirs(char role) throws Exception {
    server.clear();
    server.worker("w1").report();
    String token =
        switch (role) {
          case 'v' -> server.tokens().of(Role.VIEWER);
          case 's' -> server.tokens().of(Role.SUBMITTER);
          case 'a' -> server.tokens().of(Role.ADMIN);
          case 'w' -> server.tokens().ofWorker("w1");
          default -> null;
        };
    Path calls = FOLDER.resolve(role + ".har");
    List<String> command = new ArrayList<>(List.of(tool().toString(), "run"));
    command.addAll(List.of("frontend/openapi.json", "--url", server.address()));
    command.addAll(List.of("--phases", "examples,coverage,fuzzing", "-n", EXAMPLES));
    command.addAll(List.of("--seed", SEED, "--no-color", "--continue-on-failure"));
    command.addAll(List.of("--suppress-health-check", "all", "--warnings", "off"));
    command.addAll(List.of("--generation-database", "none"));
    command.addAll(
        List.of(
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,"
                + "response_schema_conformance"));
    // It finds the ids of tokens, and would soon call with one that it revoked.
    command.addAll(List.of("--exclude-operation-id", "revokeToken"));
    command.addAll(List.of("--report", "har", "--report-har-path", calls.toString()));
    if (token != null) {
      command.addAll(List.of("--header", "Authorization:Bearer " + token));
    }

    int found = run(role + ".log", command.toArray(String[]::new));

    assertThat(leaks(role, calls)).as("answers that the role must not get").isEmpty();
    assertThat(found).as("what Schemathesis found is in %s/%s.log", FOLDER, role).isZero();
  }

  /** Operations that succeeded although the role may not call them. */
  private static TreeSet<String> leaks(char role, Path calls) throws IOException {
    Map<String, String> allowed = RoleMatrix.expected(true);
    TreeSet<String> leaks = new TreeSet<>();
    int seen = 0;
    JsonNode har = JsonMapper.shared().readTree(Files.readString(calls));
    for (JsonNode call : har.path("log").path("entries")) {
      String method = call.path("request").path("method").asString();
      String path = URI.create(call.path("request").path("url").asString()).getRawPath();
      int status = call.path("response").path("status").asInt();
      seen++;
      allowed.forEach((operation, roles) -> {
        String pattern = operation.replaceFirst("\\s+", " ").replaceAll("\\{[a-z]+}", "[^/]+");
        if ((method + " " + path).matches(pattern) && roles.indexOf(role) < 0 && status < 400) {
          leaks.add("%s %s: %d".formatted(method, path, status));
        }
      });
    }
    assertThat(seen).as("calls").isGreaterThan(100);
    return leaks;
  }

  private static int run(String log, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve(log).toFile())
            .start();
    try {
      if (!process.waitFor(15, TimeUnit.MINUTES)) {
        throw new AssertionError("not done within 15 minutes; see " + FOLDER.resolve(log));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
