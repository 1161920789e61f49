package dev.lanes.measurement;

import dev.lanes.arm.ArmCommand;
import dev.lanes.catalog.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calibrations of earlier attempts on this host, in a file of one JSON line each. An arm is the
 * same one only with the same program, parameters, tasks, workers, model and interpreter, on the
 * same host, by the same way of measuring. What cannot be read is measured again.
 */
public final class Calibrations {

  private static final Logger log = LoggerFactory.getLogger(Calibrations.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Some years of one host's arms in half a megabyte; the oldest go. */
  private static final int MOST = 2_000;

  private final Path file;
  private final String fingerprint;
  private final Map<String, Calibration> known = new LinkedHashMap<>();

  private record Line(String arm, Calibration calibration) {}

  /**
   * @param fingerprint what tells this host from another one
   */
  public Calibrations(Path file, String fingerprint) {
    this.file = file;
    this.fingerprint = fingerprint;
    read().forEach(line -> known.put(line.arm(), line.calibration()));
  }

  private List<Line> read() {
    List<Line> lines = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String text : Files.readString(file).split("\n")) {
          parse(text).ifPresent(lines::add);
        }
      }
    } catch (IOException e) {
      log.warn("{} cannot be read; arms are calibrated again: {}", file, e.toString());
    }
    return lines;
  }

  private static Optional<Line> parse(String text) {
    try {
      Line line = JSON.readValue(text, Line.class);
      return line != null
              && line.arm() != null
              && line.calibration() != null
              && line.calibration().plausible()
          ? Optional.of(line)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // torn, or of another version
    }
  }

  Optional<Calibration> of(ArmCommand arm) {
    return Optional.ofNullable(known.get(key(arm)));
  }

  /** Takes and drops what a group has found, and writes all down at once. */
  void update(Map<ArmCommand, Optional<Calibration>> found) {
    found.forEach((arm, calibration) -> {
      // Anew at the end, so that what goes first is what was not met for longest.
      known.remove(key(arm));
      calibration.ifPresent(value -> known.put(key(arm), value));
    });
    while (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
    write();
  }

  /** The file is either the old one or the new one; without it only time is lost. */
  private void write() {
    StringBuilder lines = new StringBuilder();
    known.forEach((arm, calibration) ->
        lines.append(JSON.writeValueAsString(new Line(arm, calibration))).append('\n'));
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      Files.writeString(draft, lines);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("{} cannot be written; arms will be calibrated again: {}", file, e.toString());
    }
  }

  private String key(ArmCommand arm) {
    List<Object> facts =
        List.of(
            SessionFacts.PROTOCOL_VERSION,
            fingerprint,
            arm.interpreter().id(),
            arm.cell().workload(),
            arm.cell().workloadSha256(),
            new TreeMap<>(arm.cell().parameters()),
            arm.cell().tasks(),
            arm.cell().parallelism(),
            arm.cell().model());
    byte[] text = JSON.writeValueAsString(facts).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
