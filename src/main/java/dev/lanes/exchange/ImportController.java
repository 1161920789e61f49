package dev.lanes.exchange;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.Cursor;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/imports")
class ImportController {

  private final Imports imports;

  ImportController(Imports imports) {
    this.imports = imports;
  }

  /** A page of imports, the newest first. */
  record ImportList(List<ImportView> items, @Nullable String next) {}

  @Operation(
      operationId = "previewImport",
      summary = "What a file of pyperf or asv would become; nothing is stored")
  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  ImportView preview(@RequestParam String name, @RequestBody byte[] file) {
    return imports.preview(name, file);
  }

  @Operation(
      operationId = "importFile",
      summary = "Keep a file of pyperf or asv; the same file again is the import that there is")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ImportView> make(
      @RequestParam String name, @RequestBody byte[] file, Principal owner) {
    Imports.Made made = imports.store(name, file, owner.getName());
    return ResponseEntity.status(made.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .location(URI.create("/api/v1/imports/" + made.id()))
        .body(imports.get(made.id()));
  }

  @Operation(operationId = "listImports", summary = "Imports, the newest first")
  @GetMapping
  ImportList list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<ImportView> page = imports.page(before(cursor), Cursor.limit(limit));
    return new ImportList(
        page, page.size() < limit ? null : Cursor.of(String.valueOf(page.getLast().id())));
  }

  @Operation(operationId = "getImport", summary = "One import with its benchmarks")
  @GetMapping("/{id}")
  ImportView get(@PathVariable UUID id) {
    return imports.get(id);
  }

  @Operation(operationId = "getImportFile", summary = "The file as it was sent")
  @GetMapping("/{id}/file")
  ResponseEntity<byte[]> file(@PathVariable UUID id) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("import-%s.json".formatted(id))
                .build()
                .toString())
        .body(imports.file(id));
  }

  @Operation(
      operationId = "compareImports",
      summary = "Two imports compared by the means of their processes, unpaired")
  @GetMapping("/{id}/comparisons")
  ImportComparison compare(@PathVariable UUID id, @RequestParam UUID against) {
    if (id.equals(against)) {
      String detail = "is the same import; name another one";
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "against: " + detail,
          List.of(new FieldProblem("/against", detail, List.of())));
    }
    return imports.compare(id, against);
  }

  @Operation(operationId = "deleteImport", summary = "Delete an import with its file")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{id}")
  void delete(@PathVariable UUID id) {
    imports.delete(id);
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
