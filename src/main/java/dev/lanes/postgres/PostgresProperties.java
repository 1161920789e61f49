package dev.lanes.postgres;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.postgres.*}.
 *
 * @param directory folder of the embedded database; not used when a database is configured
 */
@Validated
@ConfigurationProperties("lanes.postgres")
record PostgresProperties(@NotNull Path directory) {}
