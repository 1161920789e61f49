package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The committed description of the API, which the page's client is generated from. */
@OnTestServer
class OpenApiTests {

  private static final Path COMMITTED = Path.of("frontend", "openapi.json");
  private static final boolean WRITE = "write".equals(System.getProperty("lanes.openapi"));

  private static final JsonMapper SORTED =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  @Autowired private TestServer server;

  @Test
  void theCommittedDescriptionIsWhatTheServerServes() throws Exception {
    var document = (ObjectNode) server.caller(null).get("/api/openapi.json").json();
    document.remove("servers");
    Object sorted = SORTED.treeToValue(document, Object.class);
    String served = SORTED.writeValueAsString(sorted) + "\n";
    if (WRITE) {
      Files.writeString(COMMITTED, served);
    }

    assertThat(Files.readString(COMMITTED))
        .as(
            "mend it by: ./mvnw test -Dtest=OpenApiTests -Dlanes.openapi=write, then in frontend:"
                + " npm run generate")
        .isEqualTo(served);
  }
}
