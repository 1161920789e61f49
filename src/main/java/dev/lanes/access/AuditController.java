package dev.lanes.access;

import dev.lanes.web.Cursor;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit, for administrators. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  /** A page of the audit, the newest entry first. */
  record AuditList(List<AuditEntry> items, @Nullable String next) {}

  @Operation(operationId = "listAudit", summary = "Who did what, the newest first")
  @GetMapping
  ResponseEntity<AuditList> list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<AuditEntry> page = audit.page(before(cursor), Cursor.limit(limit));
    if (page.size() < limit) {
      return ResponseEntity.ok(new AuditList(page, null));
    }
    String next = Cursor.of(page.getLast().id());
    String link = "</api/v1/audit?limit=%d&cursor=%s>; rel=\"next\"".formatted(limit, next);
    return ResponseEntity.ok().header(HttpHeaders.LINK, link).body(new AuditList(page, next));
  }

  @Operation(operationId = "verifyAudit", summary = "Whether the audit is as it was written")
  @GetMapping("/verification")
  AuditVerification verification() {
    return audit.verify();
  }

  private static long before(@Nullable String cursor) {
    String key = Cursor.key(cursor);
    try {
      return key == null ? Long.MAX_VALUE : Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw Cursor.wrong(cursor);
    }
  }
}
