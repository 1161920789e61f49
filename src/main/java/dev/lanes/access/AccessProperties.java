package dev.lanes.access;

import dev.lanes.protocol.StandingSecret;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * @param enrolmentSecretFile file with a secret by which any worker enrols, again and again; null
 *     means that every worker needs an enrolment of its own
 * @param workerHost name of the host that the local worker's token is bound to
 */
@Validated
@ConfigurationProperties("lanes.access")
record AccessProperties(
    @DefaultValue("false") boolean openReads,
    @DefaultValue("false") boolean localTokens,
    @NotNull Path directory,
    @Nullable Path enrolmentSecretFile,
    @NotBlank @DefaultValue("local") String workerHost) {

  /**
   * The standing secret, if one is set.
   *
   * @throws IllegalArgumentException if it is too short
   */
  Optional<StandingSecret> standingSecret() {
    return Optional.ofNullable(enrolmentSecretFile).map(StandingSecret::in);
  }
}
