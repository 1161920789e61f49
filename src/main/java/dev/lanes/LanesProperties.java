package dev.lanes;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.*} that every role shares.
 *
 * @param home folder of everything that a start leaves behind
 * @param workloads folders with further workloads; server and workers need the same files
 */
@Validated
@ConfigurationProperties("lanes")
record LanesProperties(@NotNull Path home, @NotNull @DefaultValue List<Path> workloads) {}
