package dev.lanes.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.access.*}.
 *
 * @param openReads whether everybody who reaches the server may read
 * @param localTokens whether the server keeps an administrator's and a worker's token in files of
 *     its own machine, as the all-in-one role needs
 * @param directory folder of those files
 * @param workerHost name of the host that the local worker's token is bound to
 */
@Validated
@ConfigurationProperties("lanes.access")
record AccessProperties(
    @DefaultValue("false") boolean openReads,
    @DefaultValue("false") boolean localTokens,
    @NotNull Path directory,
    @NotBlank @DefaultValue("local") String workerHost) {}
