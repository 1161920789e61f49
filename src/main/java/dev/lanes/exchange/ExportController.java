package dev.lanes.exchange;

import dev.lanes.web.ApiException;
import dev.lanes.web.ApiException.FieldProblem;
import dev.lanes.web.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The same resources as their JSON, in other formats. */
@RestController
@RequestMapping("/api/v1")
class ExportController {

  /** Asked for any other format, the resource itself answers. */
  private static final String OTHER = "format!=json";

  private final Exports exports;
  private final JsonMapper json;

  ExportController(Exports exports, JsonMapper json) {
    this.exports = exports;
    this.json = json;
  }

  @Operation(
      operationId = "listCells",
      summary = "Cells of a run with their results, with its controls where they are asked for")
  @ApiResponse(
      responseCode = "200",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(
            mediaType = "application/vnd.apache.parquet",
            schema = @Schema(type = "string", format = "binary"))
      })
  @GetMapping(
      path = "/runs/{id}/cells",
      params = {"format", OTHER})
  ResponseEntity<byte[]> cells(
      @PathVariable UUID id,
      @Schema(allowableValues = {"json", "csv", "parquet", "pyperf"})
          @RequestParam(required = false, defaultValue = "json")
          String format) {
    String name = "run-" + id;
    return switch (format) {
      case "csv" -> csv(name, figures(exports.figures(id)));
      case "parquet" ->
          file(
              name + ".parquet",
              new MediaType("application", "vnd.apache.parquet"),
              Parquet.of(exports.figures(id)));
      case "pyperf" ->
          file(
              name + ".pyperf.json",
              MediaType.APPLICATION_JSON,
              json.writeValueAsBytes(exports.pyperf(id)));
      default -> throw unknown(format, "json", "csv", "parquet", "pyperf");
    };
  }

  @Operation(operationId = "listSamples", summary = "Every sample of a cell")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @GetMapping(
      path = "/cells/{id}/samples",
      params = {"format", OTHER})
  ResponseEntity<byte[]> samples(
      @PathVariable UUID id,
      @Schema(allowableValues = {"json", "csv"})
          @RequestParam(required = false, defaultValue = "json")
          String format) {
    if (!format.equals("csv")) {
      throw unknown(format, "json", "csv");
    }
    return csv("cell-" + id, exports.samples(id));
  }

  private static String figures(List<FigureRow> rows) {
    return Csv.of(FigureRow.COLUMNS, rows.stream().map(FigureRow::values).toList());
  }

  private static ResponseEntity<byte[]> csv(String name, String text) {
    MediaType type = new MediaType("text", "csv", StandardCharsets.UTF_8);
    return file(name + ".csv", type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(content);
  }

  private static ApiException unknown(String format, String... allowed) {
    String detail = "there is no format \"%s\" of this".formatted(format);
    return new ApiException(
        ErrorCode.INVALID_REQUEST,
        "format: %s; there is %s".formatted(detail, String.join(", ", allowed)),
        List.of(new FieldProblem("/format", detail, List.of(allowed))));
  }
}
