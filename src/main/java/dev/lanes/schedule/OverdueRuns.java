package dev.lanes.schedule;

import dev.lanes.schedule.ScheduleView.Overdue;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notices that a run is missing: it was expected, and after the grace period none has begun. */
@Component
class OverdueRuns {

  private final FiringRows rows;
  private final ScheduleProperties properties;

  OverdueRuns(FiringRows rows, ScheduleProperties properties) {
    this.rows = rows;
    this.properties = properties;
  }

  /**
   * Since when a run of the schedule is missing; empty when none is. From one that is paused none
   * is expected.
   *
   * @param last its last firing
   */
  Optional<Overdue> of(Schedule schedule, @Nullable FiringView last, Instant now) {
    if (schedule.settings().paused()) {
      return Optional.empty();
    }
    Instant latest = now.minus(properties.grace());
    Optional<Instant> withoutRun =
        rows.withoutRunSince(schedule.id()).filter(since -> since.isBefore(latest));
    if (withoutRun.isPresent() && last != null) {
      return Optional.of(new Overdue(withoutRun.get(), reason(last)));
    }
    return Optional.ofNullable(schedule.nextDueAt())
        .filter(due -> due.isBefore(latest))
        .map(due -> new Overdue(due, "no server has looked at what is due since then"));
  }

  private static String reason(FiringView last) {
    return switch (last.outcome()) {
      case FIRED -> "its run waits in the queue and has not begun";
      case SKIPPED -> "the last firing was skipped: " + last.reason();
      case FAILED ->
          "the last firing failed: " + (last.problem() == null ? "" : last.problem().detail());
    };
  }
}
