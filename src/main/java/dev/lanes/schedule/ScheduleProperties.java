package dev.lanes.schedule;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code lanes.schedules.*}.
 *
 * @param look pace at which servers look for what is due
 * @param late how late a server may come to a due time before that counts as missed
 * @param grace how long after a due time its run must have begun; later the schedule is overdue
 */
@Validated
@ConfigurationProperties("lanes.schedules")
record ScheduleProperties(
    @NotNull @DefaultValue("5s") Duration look,
    @NotNull @DefaultValue("5m") Duration late,
    @NotNull @DefaultValue("1h") Duration grace) {}
