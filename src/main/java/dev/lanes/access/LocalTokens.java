package dev.lanes.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The two tokens of a machine on which server and worker run together: files that only their owner
 * can read. They outlive the database, and the database outlives them.
 */
@Component
@ConditionalOnProperty("lanes.access.local-tokens")
class LocalTokens implements InitializingBean {

  private final AccessProperties properties;
  private final Tokens tokens;

  LocalTokens(AccessProperties properties, Tokens tokens) {
    this.properties = properties;
    this.tokens = tokens;
  }

  @Override
  public void afterPropertiesSet() {
    ensure("token", Role.ADMIN, null);
    ensure("worker-token", Role.WORKER, properties.workerHost());
  }

  private void ensure(String file, Role role, @Nullable String hostName) {
    Path path = properties.directory().resolve(file);
    try {
      if (!Files.exists(path)) {
        write(path, TokenFormat.create(role));
      }
      String token = Files.readString(path).strip();
      if (!TokenFormat.matches(token)) {
        throw new IllegalStateException(
            "%s does not hold a token; delete the file and start again to get a new one"
                .formatted(path));
      }
      tokens.register(token, "local " + role.id(), role, hostName);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the token in " + path, e);
    }
  }

  /** Private from its first byte, and never half written. */
  private static void write(Path path, String token) throws IOException {
    Files.createDirectories(path.getParent());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path draft = Files.createTempFile(path.getParent(), "token", ".new", ownerOnly);
    Files.writeString(draft, token + "\n");
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
