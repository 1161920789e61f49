package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml promises, whoever edits it. */
class ContainersTests {

  private static final Path FILE = Path.of("docker-compose.yml");
  private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void theServicesAreADatabaseAServerAndTwoWorkers() {
    assertThat(services.keySet()).containsExactly("database", "server", "worker-1", "worker-2");
  }

  @Test
  void noContainerCanWriteItsImageOrGainAnything() {
    services.forEach((name, service) -> {
      assertThat(service.get("read_only")).as(name).isEqualTo(true);
      assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
      assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
      assertThat(service).as(name).doesNotContainKeys("privileged", "cap_add", "devices");
    });
  }

  @Test
  void noContainerIsRoot() throws Exception {
    assertThat(services.get("database").get("user")).isEqualTo("postgres");
    for (String stage : List.of("server", "worker")) {
      String last = stage(stage);
      int user = last.lastIndexOf("\nUSER ");
      assertThat(last.substring(user)).as(stage).startsWith("\nUSER 10001:10001\n");
    }
  }

  @Test
  void secretsAreFilesAndNeverVariables() throws Exception {
    Map<String, Object> secrets = child(root(), "secrets");
    assertThat(secrets.values())
        .allSatisfy(
            secret -> assertThat(((Map<?, ?>) secret).keySet().toString()).isEqualTo("[file]"));
    services.forEach((name, service) -> {
      Map<String, Object> variables = child(service, "environment");
      variables.forEach((variable, value) -> {
        if (variable.contains("PASSWORD")
            || variable.contains("SECRET")
            || variable.contains("TOKEN")) {
          assertThat(variable).as(name).matches(".*_FILE|LANES_ACCESS_LOCAL_TOKENS");
        }
      });
    });
  }

  @Test
  void workersHaveProcessorsOfTheirOwn() {
    Set<String> taken = new HashSet<>();
    for (String worker : List.of("worker-1", "worker-2")) {
      String cpus = String.valueOf(services.get(worker).get("cpuset"));
      String standard = cpus.replaceAll("\\$\\{[A-Z0-9_]+:-(.*)}", "$1");
      assertThat(taken.add(standard)).as(worker + " on " + standard).isTrue();
      assertThat(services.get(worker)).as("a quota would stop slices").doesNotContainKey("cpus");
    }
  }

  @Test
  void everyServiceWaitsForWhatItNeedsToBeHealthy() throws Exception {
    assertThat(services.get("database")).containsKey("healthcheck");
    assertThat(stage("server")).contains("\nHEALTHCHECK ");
    assertThat(dependency("server"))
        .containsEntry("database", Map.of("condition", "service_healthy"));
    assertThat(dependency("worker-1"))
        .containsEntry("server", Map.of("condition", "service_healthy"));
  }

  @Test
  void whatIsCopiedIntoTheImagesIsWhatTheBuildMakes() throws Exception {
    String dockerfile = Files.readString(DOCKERFILE);

    assertThat(dockerfile).contains("COPY target/lanes.jar lanes.jar");
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>lanes</finalName>");
    assertThat(Files.readString(Path.of(".dockerignore"))).isEqualTo("*\n!target/lanes.jar\n");
  }

  @Test
  void workersAreGivenTheServersAddressAndASecretOfTheServer() {
    Object secret =
        child(services.get("server"), "environment").get("LANES_ACCESS_ENROLMENT_SECRET_FILE");
    for (String worker : List.of("worker-1", "worker-2")) {
      Map<String, Object> variables = child(services.get(worker), "environment");
      assertThat(variables)
          .containsEntry("LANES_WORKER_SERVER", "http://server:8080")
          .containsEntry("LANES_WORKER_HOST", worker)
          .containsEntry("LANES_WORKER_ENROLMENT_SECRET_FILE", secret);
    }
  }

  private static Map<String, Object> dependency(Map<String, Object> service) {
    return child(service, "depends_on");
  }

  private Map<String, Object> dependency(String service) {
    return dependency(services.get(service));
  }

  /** The text of a stage of the Dockerfile, up to the next. */
  private static String stage(String name) throws Exception {
    String dockerfile = Files.readString(DOCKERFILE);
    int begin = dockerfile.indexOf(" AS " + name + "\n");
    assertThat(begin).as("a stage " + name).isPositive();
    int end = dockerfile.indexOf("\nFROM ", begin);
    return dockerfile.substring(begin, end < 0 ? dockerfile.length() : end);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> node, String name) {
    return (Map<String, Object>) node.getOrDefault(name, Map.of());
  }

  private static Map<String, Object> root() {
    try {
      return new Yaml().load(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Map<String, Object>> services() {
    Map<String, Map<String, Object>> services = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(child(root(), "services").keySet());
    names.forEach(name -> services.put(name, child(child(root(), "services"), name)));
    return services;
  }
}
