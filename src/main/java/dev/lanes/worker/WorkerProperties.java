package dev.lanes.worker;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.worker.*}.
 *
 * @param directory folder of the worker's files: interpreters, harness, results not yet sent
 * @param server address of the server
 * @param token secret of the worker; null means that it stands in {@code worker-token} in the
 *     folder
 * @param interpreters Pythons to measure with besides those that are found, as absolute paths or
 *     names on the PATH
 * @param phaseLimit longest time that one phase or slice of a process may take before it is killed
 */
@Validated
@ConfigurationProperties("lanes.worker")
record WorkerProperties(
    @NotNull Path directory,
    @NotNull URI server,
    @Nullable String token,
    @NotNull @DefaultValue List<String> interpreters,
    @NotNull @DefaultValue("60s") Duration phaseLimit) {}
