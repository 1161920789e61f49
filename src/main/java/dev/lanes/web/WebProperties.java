package dev.lanes.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.web.*}.
 *
 * @param maxBody largest body of a request that is read
 * @param maxImport largest file of another program that is imported
 * @param maxBodyTime how long a body may take to arrive
 * @param rateLimit how often somebody may call
 */
@Validated
@ConfigurationProperties("lanes.web")
record WebProperties(
    @NotNull @DefaultValue("1MB") DataSize maxBody,
    @NotNull @DefaultValue("20MB") DataSize maxImport,
    @NotNull @DefaultValue("25s") Duration maxBodyTime,
    @Valid @NotNull @DefaultValue RateLimit rateLimit) {

  /**
   * Calls of the API for each minute, on each server; so many may also come at once.
   *
   * @param caller of one person's or program's token, or of one session
   * @param worker of one worker's token: far more than it needs to send results
   * @param address of one address without a token that was accepted
   */
  record RateLimit(
      @Min(1) @DefaultValue("6000") int caller,
      @Min(1) @DefaultValue("60000") int worker,
      @Min(1) @DefaultValue("1200") int address) {}
}
