package dev.lanes.schedule;

import dev.lanes.access.Audit;
import dev.lanes.access.AuditAction;
import dev.lanes.run.RunRequest;
import dev.lanes.run.Runs;
import dev.lanes.schedule.CreationKeys.Creation;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import dev.lanes.web.FieldProblems;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Saves, replaces and deletes the suites of people. */
@Service
@Transactional
class OwnSuites {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final OwnSuiteRepository suites;
  private final ScheduleRepository schedules;
  private final BuiltInSuites builtIn;
  private final Runs runs;
  private final CreationKeys keys;
  private final Audit audit;
  private final JsonMapper json;
  private final Clock clock;

  OwnSuites(
      OwnSuiteRepository suites,
      ScheduleRepository schedules,
      BuiltInSuites builtIn,
      Runs runs,
      CreationKeys keys,
      Audit audit,
      JsonMapper json,
      Clock clock) {
    this.suites = suites;
    this.schedules = schedules;
    this.builtIn = builtIn;
    this.runs = runs;
    this.keys = keys;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Saves a suite under a name that is free.
   *
   * @param key idempotency key; the same key with the same request gives the first suite again
   * @throws ApiException if the request is not valid, or the name is taken
   */
  SuiteView save(SuiteRequest request, String owner, @Nullable String key) {
    Creation call = new Creation(owner, key, "suite", request);
    var earlier = keys.earlier(call);
    if (earlier.isPresent()) {
      return stored(earlier.get()).view(json);
    }
    String name = check(request, request.name());
    refuseBuiltIn(name);
    if (suites.existsByName(name)) {
      throw taken(name);
    }
    OwnSuite suite = new OwnSuite(name, owner);
    write(suite, request);
    keys.remember(call, suite.id());
    audit.append(AuditAction.SUITE_SAVED, suite.id(), Map.of("name", name));
    return suite.view(json);
  }

  /**
   * Replaces a suite; schedules go by what it is when they fire.
   *
   * @param ifMatch the version that the caller has seen
   */
  SuiteView replace(String name, SuiteRequest request, @Nullable String ifMatch) {
    refuseBuiltIn(name);
    OwnSuite suite = lock(name);
    suite.version().require(ifMatch, "Suite " + name);
    check(request, Objects.requireNonNullElse(request.name(), name));
    if (request.name() != null && !request.name().equals(name)) {
      FieldProblems problems = new FieldProblems();
      problems.add("/name", "is \"%s\"; it stays \"%s\"".formatted(request.name(), name));
      problems.refuse();
    }
    write(suite, request);
    audit.append(AuditAction.SUITE_SAVED, suite.id(), Map.of("name", name));
    return suite.view(json);
  }

  /**
   * Deletes a suite that no schedule names; its runs stay.
   *
   * @param ifMatch the version that the caller has seen
   */
  void delete(String name, @Nullable String ifMatch) {
    refuseBuiltIn(name);
    OwnSuite suite = lock(name);
    suite.version().require(ifMatch, "Suite " + name);
    if (schedules.existsBySuite(name)) {
      throw new ApiException(
          ErrorCode.SUITE_IN_USE,
          "A schedule repeats the suite \"%s\"; delete the schedule first".formatted(name));
    }
    suites.delete(suite);
    audit.append(AuditAction.SUITE_DELETED, suite.id(), Map.of("name", name));
  }

  private void write(OwnSuite suite, SuiteRequest request) {
    Map<String, Object> run =
        json.convertValue(
            Objects.requireNonNull(request.run()),
            new TypeReference<LinkedHashMap<String, Object>>() {});
    run.values().removeIf(Objects::isNull);
    String title = Objects.requireNonNullElse(request.title(), suite.name()).strip();
    String about = Objects.requireNonNullElse(request.about(), "").strip();
    suite.become(title, about, run, clock.instant().truncatedTo(ChronoUnit.MICROS));
    try {
      suites.save(suite);
      suites.flush();
    } catch (DataIntegrityViolationException e) {
      throw taken(suite.name());
    }
  }

  private String check(SuiteRequest request, @Nullable String name) {
    FieldProblems problems = new FieldProblems();
    if (name == null || !name.matches(NAME)) {
      problems.add(
          "/name",
          "is %s; it must be 1 to 63 letters, digits or . _ -, and begin with a letter or a digit"
              .formatted(name == null ? "missing" : "not a name"));
    }
    if (request.title() != null) {
      problems.text("/title", request.title(), 1, 200);
    }
    if (request.about() != null) {
      problems.text("/about", request.about(), 0, 2_000);
    }
    checkRun(request.run(), problems);
    problems.refuse();
    return String.valueOf(name);
  }

  /** What a run would be refused for, a suite is too: it should not wait for its first night. */
  private void checkRun(@Nullable RunRequest run, FieldProblems problems) {
    if (run == null) {
      problems.add("/run", "is missing; it is what POST /api/v1/runs takes");
      return;
    }
    if (json.writeValueAsString(run).contains("\\u0000")) {
      problems.add("/run", "has the character U+0000; leave it out");
      return;
    }
    try {
      runs.plan(run);
    } catch (ApiException e) {
      problems.addAll("/run", e);
    }
  }

  private void refuseBuiltIn(String name) {
    if (builtIn.find(name).isPresent()) {
      throw new ApiException(
          ErrorCode.SUITE_FIXED,
          "The suite \"%s\" is one that Lanes brings, and stays as it is; save another one"
              .formatted(name));
    }
  }

  private OwnSuite lock(String name) {
    return suites
        .lockByName(name)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no saved suite \"%s\"".formatted(name)));
  }

  private OwnSuite stored(UUID id) {
    return suites
        .findById(id)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "The suite that this call had saved was deleted"));
  }

  private static ApiException taken(String name) {
    return new ApiException(
        ErrorCode.SUITE_EXISTS,
        "There is a suite \"%s\"; take another name, or replace it by PUT".formatted(name));
  }
}
