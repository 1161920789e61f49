package dev.lanes.instrument;

import dev.lanes.catalog.Measure;
import dev.lanes.result.Results;
import dev.lanes.web.ApiException;
import dev.lanes.web.Cursor;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/instrument")
class InstrumentController {

  /** No id is greater. */
  private static final UUID GREATEST = new UUID(-1, -1);

  private final Results results;
  private final SelfTestRepository selfTests;
  private final SelfTests reports;
  private final JsonMapper json;

  InstrumentController(
      Results results, SelfTestRepository selfTests, SelfTests reports, JsonMapper json) {
    this.results = results;
    this.selfTests = selfTests;
    this.reports = reports;
    this.json = json;
  }

  /** A page of reports, the newest first. */
  record SelfTestList(List<SelfTestView> items, @Nullable String next) {}

  @Operation(operationId = "getInstrument", summary = "How far the instrument can be trusted")
  @GetMapping
  InstrumentView instrument() {
    EqualArmsCheck check = new EqualArmsCheck();
    results.equalArms(Measure.STEADY_SECONDS, check::add);
    return new InstrumentView(
        check.figures(), selfTests.findLatest().stream().map(SelfTest::view).toList());
  }

  @Operation(operationId = "reportSelfTest", summary = "Report a benchmark of the instrument")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping("/self-tests")
  ResponseEntity<SelfTestView> report(@RequestBody SelfTestRequest request, Principal reporter) {
    SelfTest stored = reports.keep(Report.of(request, json), reporter.getName());
    return ResponseEntity.created(
            UriComponentsBuilder.fromPath("/api/v1/instrument/self-tests/{id}").build(stored.id()))
        .body(stored.view());
  }

  @Operation(operationId = "listSelfTests", summary = "Benchmarks of the instrument, newest first")
  @GetMapping("/self-tests")
  SelfTestList selfTests(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Limit most = Limit.of(Cursor.limit(limit));
    List<SelfTest> page =
        name == null
            ? selfTests.findByIdLessThanOrderByIdDesc(before(cursor), most)
            : selfTests.findByNameAndIdLessThanOrderByIdDesc(name, before(cursor), most);
    return new SelfTestList(
        page.stream().map(SelfTest::view).toList(),
        page.size() < limit ? null : Cursor.of(page.getLast().id()));
  }

  @Operation(operationId = "getSelfTest", summary = "One report of a benchmark")
  @GetMapping("/self-tests/{id}")
  SelfTestView selfTest(@PathVariable UUID id) {
    return selfTests
        .findById(id)
        .map(SelfTest::view)
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no self-test " + id));
  }

  private static UUID before(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? GREATEST : UUID.fromString(key);
    } catch (IllegalArgumentException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
