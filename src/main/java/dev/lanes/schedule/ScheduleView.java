package dev.lanes.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A suite that is repeated.
 *
 * @param cron null when it is due by other triggers only
 * @param words what cron says, in plain words
 * @param missed what becomes of due times that no server was there for
 * @param repetitions how many runs cron makes in all; null for no end
 * @param priority null for the suite's
 * @param profiles null for the suite's
 * @param version what If-Match must say to change it
 * @param state {@code ended} when cron has made all its runs, or will never be due again
 * @param nextFirings the next five times at which it is due
 * @param lastFiring null until there is one
 * @param overdue null unless a run is missing
 */
record ScheduleView(
    UUID id,
    String name,
    String suite,
    @Nullable String cron,
    @Nullable String words,
    @Nullable String zone,
    MissedFirings missed,
    boolean paused,
    @Nullable Integer repetitions,
    boolean onNewInterpreter,
    Map<String, String> labels,
    @Nullable Integer priority,
    @Nullable List<String> profiles,
    String owner,
    Instant createdAt,
    String version,
    State state,
    List<DueTime> nextFirings,
    @Nullable FiringView lastFiring,
    @Nullable Overdue overdue) {

  enum State {
    ACTIVE,
    PAUSED,
    ENDED
  }

  /**
   * A time at which it is due.
   *
   * @param local the same time as the clock of the zone shows it, with its offset
   */
  record DueTime(Instant dueAt, String local) {

    static DueTime of(Instant dueAt, ZoneId zone) {
      return new DueTime(dueAt, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(dueAt.atZone(zone)));
    }
  }

  /**
   * A run that was expected and has not begun.
   *
   * @param since the first due time without a run that has begun
   * @param reason what is known of it
   */
  record Overdue(Instant since, String reason) {}
}
