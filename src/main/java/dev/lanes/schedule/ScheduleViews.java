package dev.lanes.schedule;

import dev.lanes.schedule.ScheduleView.DueTime;
import dev.lanes.schedule.ScheduleView.State;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells schedules as they stand. */
@Component
class ScheduleViews {

  /** How many due times are told. */
  private static final int TOLD = 5;

  private final FiringRows rows;
  private final OverdueRuns overdue;

  ScheduleViews(FiringRows rows, OverdueRuns overdue) {
    this.rows = rows;
    this.overdue = overdue;
  }

  /** The schedule with what is due next and what became of it last. */
  ScheduleView of(Schedule schedule, Instant now) {
    ScheduleSettings settings = schedule.settings();
    String cron = settings.cron();
    List<FiringView> last = rows.page(schedule.id(), now.plusSeconds(1), 1);
    return new ScheduleView(
        schedule.id(),
        settings.name(),
        settings.suite(),
        cron,
        cron == null ? null : CronWords.of(cron),
        settings.zone(),
        settings.missed(),
        settings.paused(),
        settings.repetitions(),
        settings.onNewInterpreter(),
        settings.labels(),
        settings.priority(),
        settings.profiles(),
        schedule.owner(),
        schedule.createdAt(),
        schedule.version().tag(),
        state(schedule),
        next(schedule),
        last.isEmpty() ? null : last.getFirst(),
        overdue.of(schedule, last.isEmpty() ? null : last.getFirst(), now).orElse(null));
  }

  private static State state(Schedule schedule) {
    if (schedule.settings().paused()) {
      return State.PAUSED;
    }
    return schedule.settings().cron() != null && schedule.nextDueAt() == null
        ? State.ENDED
        : State.ACTIVE;
  }

  private List<DueTime> next(Schedule schedule) {
    Integer repetitions = schedule.settings().repetitions();
    int left = repetitions == null ? TOLD : repetitions - rows.fired(schedule.id());
    return schedule
        .times()
        .map(cron -> cron.from(schedule.nextDueAt(), Math.min(TOLD, left)))
        .orElse(List.of())
        .stream()
        .map(due -> DueTime.of(due, schedule.zoneId()))
        .toList();
  }
}
