package dev.lanes.access;

import dev.lanes.protocol.TokenFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger log = LoggerFactory.getLogger(LocalTokens.class);

  private final AccessProperties properties;
  private final Tokens tokens;

  LocalTokens(AccessProperties properties, Tokens tokens) {
    this.properties = properties;
    this.tokens = tokens;
  }

  @Override
  public void afterPropertiesSet() {
    Path folder = properties.directory();
    ensure(new TokenFile(folder.resolve("token")), Role.ADMIN, null);
    ensure(TokenFile.ofWorker(folder), Role.WORKER, properties.workerHost());
  }

  private void ensure(TokenFile file, Role role, @Nullable String hostName) {
    String token = file.read().orElseGet(() -> renew(file, role));
    if (!TokenFormat.matches(token)) {
      throw new IllegalStateException(
          "%s does not hold a token; delete the file and start again to get a new one"
              .formatted(file.path()));
    }
    if (!register(token, role, hostName)) {
      log.warn("the token in {} was revoked; the file holds a new one now", file.path());
      register(renew(file, role), role, hostName);
    }
  }

  private boolean register(String token, Role role, @Nullable String hostName) {
    return tokens.register(token, "local " + role.id(), role, hostName);
  }

  private static String renew(TokenFile file, Role role) {
    return file.write(() -> TokenFormat.create(role));
  }
}
