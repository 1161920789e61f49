package dev.lanes.exchange;

import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Tables as RFC 4180 writes them: a head, commas, lines that end with CR LF. */
final class Csv {

  private static final CsvMapper MAPPER = new CsvMapper();

  private Csv() {}

  /** The table; what is null is empty. */
  static String of(List<String> head, List<? extends List<? extends @Nullable Object>> rows) {
    CsvSchema.Builder columns = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
    head.forEach(columns::addColumn);
    StringWriter text = new StringWriter();
    try (SequenceWriter table = MAPPER.writer(columns.build()).writeValues(text)) {
      rows.forEach(row -> table.write(row.stream().map(Csv::harmless).toList()));
    }
    return text.toString();
  }

  /**
   * Spreadsheets calculate what begins so, and a workload can write what it likes into a reason.
   */
  private static @Nullable Object harmless(@Nullable Object value) {
    return value instanceof String text
            && !text.isEmpty()
            && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : value;
  }
}
