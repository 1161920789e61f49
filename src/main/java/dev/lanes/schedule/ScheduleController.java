package dev.lanes.schedule;

import dev.lanes.schedule.ScheduleView.DueTime;
import dev.lanes.web.Cursor;
import dev.lanes.web.FieldProblems;
import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/schedules")
class ScheduleController {

  private final Schedules schedules;
  private final DatabaseClock clock;

  ScheduleController(Schedules schedules, DatabaseClock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  record ScheduleList(List<ScheduleView> items, @Nullable String next) {}

  /** A page of firings, the newest first. */
  record FiringList(List<FiringView> items, @Nullable String next) {}

  /**
   * What cron means in a zone.
   *
   * @param words in plain words
   * @param nextFirings the next five times at which it would be due
   */
  record SchedulePreview(String words, List<DueTime> nextFirings) {}

  @Operation(operationId = "listSchedules", summary = "Schedules and whether a run is missing")
  @GetMapping
  ScheduleList list() {
    return new ScheduleList(schedules.all(), null);
  }

  @Operation(operationId = "makeSchedule", summary = "Repeat a suite")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<ScheduleView> make(
      @RequestBody ScheduleRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal owner) {
    ScheduleView made = schedules.make(request, owner.getName(), key);
    return ResponseEntity.created(
            UriComponentsBuilder.fromPath("/api/v1/schedules/{id}").build(made.id()))
        .eTag(made.version())
        .body(made);
  }

  @Operation(operationId = "getSchedule", summary = "One schedule")
  @GetMapping("/{id}")
  ResponseEntity<ScheduleView> get(@PathVariable UUID id) {
    return answer(schedules.get(id));
  }

  @Operation(operationId = "replaceSchedule", summary = "Change, pause or resume a schedule")
  @PutMapping("/{id}")
  ResponseEntity<ScheduleView> replace(
      @PathVariable UUID id,
      @RequestBody ScheduleRequest request,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return answer(schedules.replace(id, request, ifMatch));
  }

  @Operation(operationId = "deleteSchedule", summary = "Delete a schedule; its runs stay")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{id}")
  void delete(
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    schedules.delete(id, ifMatch);
  }

  @Operation(operationId = "listFirings", summary = "What became of its due times, newest first")
  @GetMapping("/{id}/firings")
  FiringList firings(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<FiringView> page = schedules.firings(id, before(cursor), Cursor.limit(limit));
    return new FiringList(page, page.size() < limit ? null : Cursor.of(page.getLast().dueAt()));
  }

  @Operation(operationId = "fireSchedule", summary = "Run it now")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/{id}/firings")
  FiringView fire(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      Principal caller) {
    return schedules.fireNow(id, caller.getName(), key);
  }

  @Operation(operationId = "previewSchedule", summary = "What cron means in a time zone")
  @GetMapping("/preview")
  SchedulePreview preview(@RequestParam String cron, @RequestParam String zone) {
    FieldProblems problems = new FieldProblems();
    Cron.problem(cron).ifPresent(problem -> problems.add("/cron", problem));
    ScheduleSettings.zoneProblem(zone).ifPresent(problem -> problems.add("/zone", problem));
    problems.refuse();
    ZoneId zoneId = ZoneId.of(zone);
    Cron times = Cron.of(cron, zoneId);
    Instant first = times.after(clock.now()).orElse(null);
    return new SchedulePreview(
        CronWords.of(cron),
        times.from(first, 5).stream().map(due -> DueTime.of(due, zoneId)).toList());
  }

  private static ResponseEntity<ScheduleView> answer(ScheduleView schedule) {
    return ResponseEntity.ok().eTag(schedule.version()).body(schedule);
  }

  private static @Nullable Instant before(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? null : Instant.parse(key);
    } catch (DateTimeException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
