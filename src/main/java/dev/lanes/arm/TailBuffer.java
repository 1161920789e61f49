package dev.lanes.arm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a stream to its end and keeps its last bytes, so that a process that floods its output
 * neither stops nor fills the worker's memory.
 */
final class TailBuffer {

  private static final int KEPT_BYTES = 8 * 1024;

  private final byte[] ring = new byte[KEPT_BYTES];
  private long total;

  /** Drains the stream; ends when it does, or when it breaks. */
  void drain(InputStream stream) {
    byte[] buffer = new byte[16 * 1024];
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      // The process was killed while we read: what was kept is all there is.
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    for (int i = Math.max(0, length - KEPT_BYTES); i < length; i++) {
      ring[(int) ((total + i) % KEPT_BYTES)] = buffer[i];
    }
    total += length;
  }

  /** The kept bytes as text, with a note of how many are gone. */
  synchronized String text() {
    int kept = (int) Math.min(total, KEPT_BYTES);
    byte[] tail = new byte[kept];
    for (int i = 0; i < kept; i++) {
      tail[i] = ring[(int) ((total - kept + i) % KEPT_BYTES)];
    }
    String text = new String(tail, StandardCharsets.UTF_8);
    return total > kept ? "[%d bytes before]%n".formatted(total - kept) + text : text;
  }
}
