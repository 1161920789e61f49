package dev.lanes.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL programs of one platform as they travel in the jar: a tar, compressed with xz. */
record PostgresArchive(URL url) {

  private static final int DIGEST_HEX_DIGITS = 16;

  /**
   * @param os as the system property {@code os.name}
   * @param arch as the system property {@code os.arch}
   * @throws EmbeddedPostgresException if the jar has none for this platform
   */
  static PostgresArchive of(String os, String arch) {
    String name = "/postgres-%s-%s.txz".formatted(system(os), processor(arch));
    @Nullable URL url = PostgresArchive.class.getResource(name);
    if (url == null) {
      throw new EmbeddedPostgresException(
          "This Lanes brings no PostgreSQL for %s on %s (%s is not in the jar)."
              .formatted(os, arch, name),
          "Set spring.datasource.url to a PostgreSQL of your own, or build Lanes on this"
              + " platform.");
    }
    return new PostgresArchive(url);
  }

  InputStream open() throws IOException {
    return url.openStream();
  }

  /** First hex digits of the SHA-256, enough to tell one release's archive from another's. */
  String digest() throws IOException {
    try (var in = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of()
          .formatHex(in.getMessageDigest().digest())
          .substring(0, DIGEST_HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String system(String os) {
    return os.startsWith("Mac") ? "darwin" : os.toLowerCase(Locale.ROOT);
  }

  private static String processor(String arch) {
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> arch;
    };
  }
}
