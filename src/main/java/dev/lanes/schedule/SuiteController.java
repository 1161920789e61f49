package dev.lanes.schedule;

import dev.lanes.run.RunView;
import dev.lanes.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/suites")
class SuiteController {

  private final Suites suites;
  private final Runs runs;

  SuiteController(Suites suites, Runs runs) {
    this.suites = suites;
    this.runs = runs;
  }

  record SuiteList(List<Suite> items, @Nullable String next) {}

  @Operation(operationId = "listSuites", summary = "Runs that Lanes brings")
  @GetMapping
  SuiteList list() {
    return new SuiteList(suites.all(), null);
  }

  @Operation(operationId = "getSuite", summary = "One of them")
  @GetMapping("/{name}")
  Suite get(@PathVariable String name) {
    return suites.get(name);
  }

  @Operation(operationId = "submitSuite", summary = "Queue a suite for the hosts that there are")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{name}/runs")
  ResponseEntity<RunView> submit(
      @PathVariable String name,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal submitter) {
    UUID id = suites.submit(name, submitter.getName(), key);
    return ResponseEntity.accepted().location(URI.create("/api/v1/runs/" + id)).body(runs.get(id));
  }
}
