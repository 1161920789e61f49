package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class HostController {

  private final Hosts hosts;

  HostController(Hosts hosts) {
    this.hosts = hosts;
  }

  @Operation(operationId = "listHosts", summary = "Hosts and whether their workers answer")
  @GetMapping("/hosts")
  HostList hosts() {
    return new HostList(hosts.all(), null);
  }

  @Operation(operationId = "listInterpreters", summary = "Interpreters of all hosts, usable or not")
  @GetMapping("/interpreters")
  InterpreterList interpreters() {
    return new InterpreterList(hosts.interpreters(), null);
  }

  @Operation(
      operationId = "listSupport",
      summary = "Which interpreter runs which execution model, or why not")
  @GetMapping("/support")
  SupportList support() {
    return new SupportList(hosts.support(), null);
  }

  record SupportList(List<SupportView> items, @Nullable String next) {}

  record HostList(List<HostView> items, @Nullable String next) {}

  record InterpreterList(List<Interpreter> items, @Nullable String next) {}
}
