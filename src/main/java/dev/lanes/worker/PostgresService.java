package dev.lanes.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How workloads reach a PostgreSQL, of which they use nothing but temporary tables: settings {@code
 * lanes.worker.postgres.*}, or a bean of whoever brings one.
 *
 * @param password null where the server trusts this host; workloads learn it
 */
public record PostgresService(
    @NotBlank String host,
    @Min(1) @Max(65535) @DefaultValue("5432") int port,
    @NotBlank String user,
    @Nullable String password,
    @NotBlank String database) {

  Map<String, String> variables() {
    return Map.of(
        "LANES_POSTGRES_HOST", host,
        "LANES_POSTGRES_PORT", String.valueOf(port),
        "LANES_POSTGRES_USER", user,
        "LANES_POSTGRES_PASSWORD", password == null ? "" : password,
        "LANES_POSTGRES_DATABASE", database);
  }

  /** Without the password, as this may be logged. */
  @Override
  public String toString() {
    return "%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
