package dev.lanes.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Old values of settings on disk: a line for each change, on disk before the change is made. A line
 * is a checksum, the file, the old and the new value between tabs.
 */
final class TuningJournal {

  private final Path file;

  TuningJournal(Path file) {
    this.file = file;
  }

  /** One change: {@code set} stands where {@code old} stood. */
  record Entry(String file, String old, String set) {

    private String line() {
      String text = String.join("\t", file, old, set);
      return checksum(text) + "\t" + text + "\n";
    }
  }

  record Contents(List<Entry> entries, List<String> unreadable) {}

  /** Notes a change; returns when it is on disk. */
  void add(Entry entry) throws IOException {
    boolean made = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer line = ByteBuffer.wrap(entry.line().getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
    if (made) {
      try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    }
  }

  /** Changes in the order in which they were made, and in words what is no line. */
  Contents read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    if (Files.exists(file)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int start = 0;
      while (start < text.length()) {
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end);
        String[] parts = line.split("\t", -1);
        boolean whole =
            end >= 0
                && parts.length == 4
                && parts[0].equals(checksum(line.substring(line.indexOf('\t') + 1)));
        if (whole) {
          entries.add(new Entry(parts[1], parts[2], parts[3]));
        } else {
          unreadable.add("%s has a torn line, which was not restored: '%s'".formatted(file, line));
        }
        start = end < 0 ? text.length() : end + 1;
      }
    }
    return new Contents(entries, unreadable);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
