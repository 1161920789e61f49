package dev.lanes.schedule;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.host.Hosts;
import dev.lanes.schedule.CreationKeys.Creation;
import dev.lanes.schedule.Firing.Cause;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Suites that are repeated. */
@Service
@Transactional
class Schedules {

  private final ScheduleRepository schedules;
  private final FiringRows rows;
  private final Firings firings;
  private final NewInterpreters interpreters;
  private final ScheduleViews views;
  private final Suites suites;
  private final Hosts hosts;
  private final CreationKeys keys;
  private final Audit audit;
  private final DatabaseClock clock;

  Schedules(
      ScheduleRepository schedules,
      FiringRows rows,
      Firings firings,
      NewInterpreters interpreters,
      ScheduleViews views,
      Suites suites,
      Hosts hosts,
      CreationKeys keys,
      Audit audit,
      DatabaseClock clock) {
    this.schedules = schedules;
    this.rows = rows;
    this.firings = firings;
    this.interpreters = interpreters;
    this.views = views;
    this.suites = suites;
    this.hosts = hosts;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  /** All schedules by name. */
  @Transactional(readOnly = true)
  List<ScheduleView> all() {
    Instant now = clock.now();
    return schedules.findAllByOrderByName().stream()
        .map(schedule -> views.of(schedule, now))
        .toList();
  }

  /**
   * One schedule.
   *
   * @throws ApiException with {@link ErrorCode#NOT_FOUND}
   */
  @Transactional(readOnly = true)
  ScheduleView get(UUID id) {
    return views.of(schedules.findById(id).orElseThrow(() -> unknown(id)), clock.now());
  }

  /**
   * Makes a schedule.
   *
   * @param owner name of the caller, to whom its runs belong
   * @param key idempotency key; the same key with the same request gives the first one again
   */
  ScheduleView make(ScheduleRequest request, String owner, @Nullable String key) {
    Creation call = new Creation(owner, key, "schedule", request);
    var earlier = keys.earlier(call);
    if (earlier.isPresent()) {
      return get(earlier.get());
    }
    Instant now = clock.now();
    ScheduleSettings settings = checked(request);
    if (schedules.existsByName(settings.name())) {
      throw taken(settings.name());
    }
    Schedule schedule = save(new Schedule(settings, owner, now));
    if (schedule.settings().onNewInterpreter()) {
      interpreters.know(schedule);
    }
    keys.remember(call, schedule.id());
    audit(AuditAction.SCHEDULE_SAVED, schedule);
    return views.of(schedule, now);
  }

  /**
   * Replaces a schedule. Due times that no firing stands for are forgotten where its times change.
   *
   * @param ifMatch the version that the caller has seen
   */
  ScheduleView replace(UUID id, ScheduleRequest request, @Nullable String ifMatch) {
    Schedule schedule = lock(id, ifMatch);
    ScheduleSettings before = schedule.settings();
    Instant now = clock.now();
    schedule.become(checked(request), now);
    ScheduleSettings after = schedule.settings();
    Integer repetitions = after.repetitions();
    if (repetitions != null && rows.fired(id) >= repetitions) {
      schedule.end();
    }
    save(schedule);
    if (after.onNewInterpreter()
        && (!before.onNewInterpreter() || (before.paused() && !after.paused()))) {
      interpreters.know(schedule);
    }
    audit(AuditAction.SCHEDULE_SAVED, schedule);
    return views.of(schedule, now);
  }

  /**
   * Deletes a schedule with its firings; its runs stay.
   *
   * @param ifMatch the version that the caller has seen
   */
  void delete(UUID id, @Nullable String ifMatch) {
    Schedule schedule = lock(id, ifMatch);
    schedules.delete(schedule);
    audit(AuditAction.SCHEDULE_DELETED, schedule);
  }

  /**
   * Fires a schedule now, whatever its state, beside what is due.
   *
   * @param caller name of whoever asks, to whom the run belongs
   * @param key idempotency key; the same key gives the first firing again
   * @throws ApiException if its suite cannot be submitted
   */
  FiringView fireNow(UUID id, String caller, @Nullable String key) {
    Creation call = new Creation(caller, key, "firing", id);
    var earlier = keys.earlier(call).flatMap(rows::find);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Schedule schedule = schedules.findById(id).orElseThrow(() -> unknown(id));
    Instant now = clock.now();
    Firing firing = Firing.fired(id, now, now, Cause.BY_HAND).because("asked for by " + caller);
    firings.fire(schedule, firing, caller);
    FiringView made = rows.page(id, now.plusNanos(1_000), 1).getFirst();
    keys.remember(call, made.id());
    return made;
  }

  /**
   * Firings of a schedule, the newest first.
   *
   * @param before due time that they come before; null for the newest
   */
  @Transactional(readOnly = true)
  List<FiringView> firings(UUID id, @Nullable Instant before, int limit) {
    Schedule schedule = schedules.findById(id).orElseThrow(() -> unknown(id));
    Instant end = before == null ? clock.now().plusSeconds(1) : before;
    return rows.page(schedule.id(), end, limit);
  }

  private ScheduleSettings checked(ScheduleRequest request) {
    return ScheduleSettings.of(request, suites.names(), hosts.profileNames());
  }

  private Schedule save(Schedule schedule) {
    try {
      Schedule saved = schedules.save(schedule);
      schedules.flush();
      return saved;
    } catch (DataIntegrityViolationException e) {
      throw taken(schedule.name());
    }
  }

  private static ApiException taken(String name) {
    return new ApiException(
        ErrorCode.SCHEDULE_EXISTS,
        "There is a schedule \"%s\"; take another name, or change that one".formatted(name));
  }

  private Schedule lock(UUID id, @Nullable String ifMatch) {
    Schedule schedule = schedules.lockById(id).orElseThrow(() -> unknown(id));
    schedule.version().require(ifMatch, "Schedule " + id);
    return schedule;
  }

  private void audit(AuditAction action, Schedule schedule) {
    audit.append(action, schedule.id(), Map.of("name", schedule.name(), "suite", schedule.suite()));
  }

  private static ApiException unknown(UUID id) {
    return new ApiException(ErrorCode.NOT_FOUND, "There is no schedule " + id);
  }
}
