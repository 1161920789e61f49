package dev.lanes.run;

import dev.lanes.web.Cursor;
import dev.lanes.web.Preference;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/runs")
class RunController {

  private final Runs runs;
  private final Submissions submissions;
  private final Cancellations cancellations;
  private final Retries retries;
  private final Waits waits;

  RunController(
      Runs runs,
      Submissions submissions,
      Cancellations cancellations,
      Retries retries,
      Waits waits) {
    this.runs = runs;
    this.submissions = submissions;
    this.cancellations = cancellations;
    this.retries = retries;
    this.waits = waits;
  }

  /** A page of runs, the newest first. */
  record RunList(List<RunView> items, @Nullable String next) {}

  @Operation(operationId = "submitRun", summary = "Submit a run")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping
  ResponseEntity<RunView> submit(
      @RequestBody RunRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
      Principal submitter)
      throws InterruptedException {
    UUID id = submissions.submit(request, submitter.getName(), key);
    int wait = Preference.waitSeconds(prefer);
    return wait > 0 && waits.untilFinished(id, Duration.ofSeconds(wait))
        ? ResponseEntity.ok()
            .location(location(id))
            .header("Preference-Applied", "wait=" + wait)
            .body(runs.get(id))
        : accepted(id);
  }

  @Operation(operationId = "listRuns", summary = "Runs, the newest first")
  @GetMapping
  ResponseEntity<RunList> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<RunView> page = runs.page(before(cursor), Cursor.limit(limit));
    if (page.size() < limit) {
      return ResponseEntity.ok(new RunList(page, null));
    }
    String next = Cursor.of(page.getLast().id());
    String link = "</api/v1/runs?limit=%d&cursor=%s>; rel=\"next\"".formatted(limit, next);
    return ResponseEntity.ok().header(HttpHeaders.LINK, link).body(new RunList(page, next));
  }

  @Operation(operationId = "getRun", summary = "One run")
  @GetMapping("/{id}")
  RunView get(@PathVariable UUID id) {
    return runs.get(id);
  }

  @Operation(operationId = "cancelRun", summary = "Cancel a run")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{id}/cancellation")
  ResponseEntity<RunView> cancel(@PathVariable UUID id) {
    cancellations.cancel(id);
    return accepted(id);
  }

  @Operation(
      operationId = "retryRun",
      summary = "Queue the jobs again that failed with their hosts")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{id}/retries")
  ResponseEntity<RunView> retry(@PathVariable UUID id) {
    retries.retry(id);
    return accepted(id);
  }

  private ResponseEntity<RunView> accepted(UUID id) {
    return ResponseEntity.accepted()
        .location(location(id))
        .header(HttpHeaders.RETRY_AFTER, "2")
        .body(runs.get(id));
  }

  private static URI location(UUID id) {
    return UriComponentsBuilder.fromPath("/api/v1/runs/{id}").build(id);
  }

  private static @Nullable UUID before(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? null : UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
