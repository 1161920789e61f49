package dev.lanes.host;

import dev.lanes.catalog.Interpreter;
import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
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

  @Operation(operationId = "getHost", summary = "One host with what happened to it")
  @GetMapping("/hosts/{name}")
  ResponseEntity<HostDetailView> host(@PathVariable String name) {
    return answer(hosts.get(name));
  }

  @Operation(operationId = "changeHost", summary = "Drain, quarantine or release a host")
  @PatchMapping("/hosts/{name}")
  ResponseEntity<HostDetailView> change(
      @PathVariable String name,
      @RequestBody HostChangeRequest request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Principal administrator) {
    return answer(hosts.change(name, request, ifMatch, administrator.getName()));
  }

  private static ResponseEntity<HostDetailView> answer(Hosts.Versioned found) {
    return ResponseEntity.ok().eTag(found.version().tag()).body(found.host());
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
