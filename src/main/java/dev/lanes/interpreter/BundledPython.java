package dev.lanes.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanes.interpreter.ClasspathFolder.FoundFile;
import dev.lanes.interpreter.ClasspathFolder.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The CPython that travels with Lanes, so that a host without any Python can measure. It lies on
 * the class path and is unpacked once into a folder of the host, with its bytecode compiled.
 */
final class BundledPython {

  /** What became of the unpacking. */
  sealed interface Outcome {}

  /**
   * @param executable the interpreter, which has run on this host at least once
   */
  record Ready(Path executable) implements Outcome {}

  /**
   * @param reason why this host cannot have it, for people
   */
  record Absent(String reason) implements Outcome {}

  /** Not needed to measure, and more than half of the size. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "share/.*|libs/.*|libjni.*|python3[^/]*|bin/(?!python3).*|bin/.*-config"
              + "|lib/[^/]*/(test|idlelib|turtledemo)/.*|lib/[^/]*/lib-dynload/_test.*");

  private static final Pattern EXECUTABLE = Pattern.compile("bin/python3\\.\\d+");
  private static final Pattern VERSION = Pattern.compile("#define PY_VERSION\\s+\"([^\"]+)\"");

  private final ClasspathFolder packed;
  private final String platform;

  BundledPython(ClassLoader loader, String platform) {
    this.packed = new ClasspathFolder(loader, "org/bytedeco/cpython/" + platform);
    this.platform = platform;
  }

  /** Platform of this host in the words of the bundled builds, like {@code linux-x86_64}. */
  static String platform(String osName, String osArch) {
    String os =
        osName.startsWith("Mac") ? "macosx" : osName.toLowerCase(Locale.ROOT).replace(' ', '-');
    return os
        + "-"
        + switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch;
        };
  }

  /**
   * Unpacks the interpreter into a folder of its own below {@code interpreters}, unless it is there
   * already and complete.
   */
  Outcome unpack(Path interpreters) throws InterruptedException {
    try {
      Contents contents = contents();
      if (contents.executable() == null) {
        return new Absent("this build of Lanes carries no CPython for " + platform);
      }
      Path target = interpreters.resolve(contents.folderName());
      AtomicFolder.ensure(
          target,
          contents::areIn,
          folder -> {
            write(folder);
            compile(folder.resolve(contents.executable()), folder.resolve("lib"));
          });
      return new Ready(target.resolve(contents.executable()));
    } catch (IOException | UncheckedIOException e) {
      return new Absent("the bundled CPython cannot be used on this host: " + e.getMessage());
    }
  }

  /** What the class path holds of it, without the bytes. */
  private record Contents(
      SortedMap<String, Long> bytesByPath,
      SortedMap<String, Long> crcByPath,
      String version,
      @Nullable String executable) {

    String folderName() {
      var sha256 = new Sha256();
      bytesByPath.forEach((path, bytes) ->
          sha256.add("%s %d %d\n".formatted(path, bytes, crcByPath.get(path)).getBytes(UTF_8)));
      return "cpython-%s-%s".formatted(version, sha256.hex().substring(0, 12));
    }

    /** Sizes are compared, not bytes: this runs at every start. */
    boolean areIn(Path folder) throws IOException {
      for (var file : bytesByPath.entrySet()) {
        Path path = folder.resolve(file.getKey());
        if (!Files.isRegularFile(path) || Files.size(path) != file.getValue()) {
          return false;
        }
      }
      return true;
    }
  }

  private Contents contents() throws IOException {
    var bytesByPath = new TreeMap<String, Long>();
    var crcByPath = new TreeMap<String, Long>();
    var version = new StringBuilder();
    visitNeeded(file -> {
      bytesByPath.put(file.path(), file.sizeBytes());
      crcByPath.put(file.path(), file.crc());
      if (file.path().endsWith("/patchlevel.h")) {
        version.append(version(file));
      }
    });
    var executable = bytesByPath.keySet().stream().filter(EXECUTABLE.asMatchPredicate());
    return new Contents(
        bytesByPath, crcByPath, version.toString(), executable.findFirst().orElse(null));
  }

  private static String version(FoundFile header) throws IOException {
    try (InputStream in = header.content().open()) {
      Matcher matcher = VERSION.matcher(new String(in.readAllBytes(), UTF_8));
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  private void write(Path folder) throws IOException {
    visitNeeded(file -> {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (InputStream in = file.content().open()) {
        Files.copy(in, path);
      }
      if (file.path().startsWith("bin/")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    });
  }

  private void visitNeeded(Visitor visitor) throws IOException {
    packed.visit(file -> {
      if (!LEFT_OUT.matcher(file.path()).matches()) {
        visitor.visit(file);
      }
    });
  }

  /** The interpreter's first start here: it fails at once where the C library is too old. */
  private static void compile(Path executable, Path library)
      throws IOException, InterruptedException {
    var ended = Bytecode.compile(executable, library, "-j", "0", "-x", "site-packages");
    if (!ended.succeeded()) {
      throw new IOException(ended.failure());
    }
  }
}
