package dev.lanes.exchange;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Rows as an Apache Parquet file, a column for each component. */
final class Parquet {

  private Parquet() {}

  static byte[] of(List<FigureRow> rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (var writer =
        new CarpetWriter.Builder<>(file, FigureRow.class)
            .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
            // Nothing that needs a native library.
            .withCompressionCodec(CompressionCodecName.GZIP)
            .build()) {
      writer.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
