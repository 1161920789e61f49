package dev.lanes.schedule;

import dev.lanes.run.RunView;
import dev.lanes.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/suites")
class SuiteController {

  private final Suites suites;
  private final OwnSuites own;
  private final Runs runs;

  SuiteController(Suites suites, OwnSuites own, Runs runs) {
    this.suites = suites;
    this.own = own;
    this.runs = runs;
  }

  record SuiteList(List<SuiteView> items, @Nullable String next) {}

  @Operation(operationId = "listSuites", summary = "Named runs: built in, then saved ones")
  @GetMapping
  SuiteList list() {
    return new SuiteList(suites.all(), null);
  }

  @Operation(operationId = "saveSuite", summary = "Save a run specification under a name")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<SuiteView> save(
      @RequestBody SuiteRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal owner) {
    SuiteView saved = own.save(request, owner.getName(), key);
    return ResponseEntity.created(URI.create("/api/v1/suites/" + saved.name()))
        .eTag(saved.version())
        .body(saved);
  }

  @Operation(operationId = "getSuite", summary = "One of them")
  @GetMapping("/{name}")
  ResponseEntity<SuiteView> get(@PathVariable String name) {
    return answer(suites.get(name));
  }

  @Operation(operationId = "replaceSuite", summary = "Replace a suite that was saved")
  @PutMapping("/{name}")
  ResponseEntity<SuiteView> replace(
      @PathVariable String name,
      @RequestBody SuiteRequest request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return answer(own.replace(name, request, ifMatch));
  }

  @Operation(operationId = "deleteSuite", summary = "Delete a saved suite that is not scheduled")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{name}")
  void delete(
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    own.delete(name, ifMatch);
  }

  /** One that Lanes brings has no version: it changes with the program only. */
  private static ResponseEntity<SuiteView> answer(SuiteView suite) {
    return suite.version() == null
        ? ResponseEntity.ok(suite)
        : ResponseEntity.ok().eTag(suite.version()).body(suite);
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
