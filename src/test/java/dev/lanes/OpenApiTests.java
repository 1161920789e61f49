package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The committed description of the API, from which the page's client is generated, is the true one. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.profiles.active=server",
      "lanes.home=target/openapi-home",
      "lanes.access.open-reads=true"
    })
class OpenApiTests {

  private static final Path COMMITTED = Path.of("frontend", "openapi.json");
  private static final boolean WRITE = "write".equals(System.getProperty("lanes.openapi"));

  @LocalServerPort private int port;

  @Test
  void theCommittedDescriptionIsTheServers() throws Exception {
    String served = described();
    if (WRITE) {
      Files.writeString(COMMITTED, served);
    }

    assertThat(Files.readString(COMMITTED))
        .as("mend it by: ./mvnw test -Dtest=OpenApiTests -Dlanes.openapi=write")
        .isEqualTo(served);
  }

  private String described() throws Exception {
    URI address = URI.create("http://localhost:%d/api/openapi.json".formatted(port));
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonMapper json =
          JsonMapper.builder()
              .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
              .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build();
      ObjectNode document = (ObjectNode) json.readTree(answer.body());
      document.remove("servers");
      return json.writeValueAsString(json.treeToValue(document, Object.class)) + "\n";
    }
  }
}
