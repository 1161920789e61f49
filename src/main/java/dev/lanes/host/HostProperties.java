package dev.lanes.host;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.hosts.*}.
 *
 * @param review whether a host whose environment has changed gets no work until somebody has looked
 *     at the change
 */
@Validated
@ConfigurationProperties("lanes.hosts")
record HostProperties(@NotNull @DefaultValue("always") Review review) {

  /** When a changed environment waits for somebody. */
  enum Review {
    ALWAYS,
    /** The change is recorded and the host goes on: on one's own machine one knows of it. */
    NEVER
  }
}
