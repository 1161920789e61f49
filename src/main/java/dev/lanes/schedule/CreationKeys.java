package dev.lanes.schedule;

import dev.lanes.catalog.Sha256;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What a call with an idempotency key made, so that the call repeated makes nothing more. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CreationKeys {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  CreationKeys(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A call that makes something.
   *
   * @param owner name of the caller
   * @param key its idempotency key; null when it has none
   * @param what kind of the thing
   * @param body of the call
   */
  record Creation(String owner, @Nullable String key, String what, Object body) {}

  /**
   * What the same call made before. Calls with the same key wait for each other from here on.
   *
   * @throws ApiException if the key was used for another call
   */
  Optional<UUID> earlier(Creation call) {
    String key = call.key();
    if (key == null) {
      return Optional.empty();
    }
    if (key.isEmpty() || key.length() > 255) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          "The header Idempotency-Key has %d characters; 1 to 255 are allowed"
              .formatted(key.length()));
    }
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 1))")
        .param("key", call.owner() + "\n" + key)
        .query((row, _) -> 0)
        .single();
    return jdbc.sql(
            "SELECT made, body_sha256 FROM creation_key WHERE owner = :owner AND key = :key")
        .param("owner", call.owner())
        .param("key", key)
        .query((row, _) -> {
          if (!Arrays.equals(row.getBytes("body_sha256"), digest(call))) {
            throw new ApiException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "Another call was made with the key \"%s\"; take a new key".formatted(key));
          }
          return row.getObject("made", UUID.class);
        })
        .optional();
  }

  /** Keeps what the call has made, if it has a key. */
  void remember(Creation call, UUID made) {
    if (call.key() == null) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO creation_key (owner, key, body_sha256, made, created_at)
            VALUES (:owner, :key, :digest, :made, :now)
            """)
        .param("owner", call.owner())
        .param("key", call.key())
        .param("digest", digest(call))
        .param("made", made)
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private byte[] digest(Creation call) {
    return Sha256.of(call.what() + "\n" + json.writeValueAsString(call.body()));
  }
}
