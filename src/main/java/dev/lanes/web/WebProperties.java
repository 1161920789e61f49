package dev.lanes.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.web.*}.
 *
 * @param maxBody largest body of a request that is read
 */
@Validated
@ConfigurationProperties("lanes.web")
record WebProperties(@NotNull @DefaultValue("1MB") DataSize maxBody) {}
