package dev.lanes.access;

import dev.lanes.OnTestServer;
import dev.lanes.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each operation for each role, where everybody may read. */
@OnTestServer
class OpenReadsTests {

  @Autowired private TestServer server;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  @Test
  void everyOperationIsInTheTable() throws Exception {
    new RoleMatrix(server).assertComplete(mappings);
  }

  @Test
  void everyOperationIsForWhomTheTableSays() {
    new RoleMatrix(server).assertHolds(true);
  }
}
