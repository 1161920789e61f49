package dev.lanes.notify;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.notify.*}.
 *
 * @param allowPrivateAddresses whether webhooks may reach addresses that are not of the open
 *     internet, and by plain http
 * @param timeout longest time that a receiver may take
 * @param keep how long deliveries that have ended stay in the log
 */
@Validated
@ConfigurationProperties("lanes.notify")
record NotifyProperties(
    @DefaultValue("false") boolean allowPrivateAddresses,
    @NotNull @DefaultValue("10s") Duration timeout,
    @NotNull @DefaultValue("30d") Duration keep) {}
