package dev.lanes.schedule;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is made or replaced.
 *
 * @param name that of the suite unless given
 * @param suite what it repeats
 * @param cron minute, hour, day of the month, month, day of the week; may be left out with {@code
 *     on_new_interpreter}
 * @param zone IANA name of the time zone that cron is read in, {@code Europe/Berlin}
 * @param missed what becomes of due times that no server was there for; {@code once} unless given
 * @param repetitions how many runs cron makes in all
 * @param onNewInterpreter whether a build that no host had before makes a run, if the suite would
 *     measure it
 * @param labels that its runs get besides the suite's
 * @param priority of its runs; the suite's unless given
 * @param profiles hardware profiles of its runs; the suite's unless given
 */
record ScheduleRequest(
    @Nullable String name,
    @Schema(requiredMode = REQUIRED) @Nullable String suite,
    @Nullable String cron,
    @Nullable String zone,
    @Nullable MissedFirings missed,
    @Nullable Boolean paused,
    @Nullable Integer repetitions,
    @Nullable Boolean onNewInterpreter,
    @Nullable Map<String, String> labels,
    @Nullable Integer priority,
    @Nullable List<String> profiles) {}
