package dev.lanes.schedule;

import dev.lanes.schedule.Firing.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets schedules fire for builds that no host had before. A schedule keeps which ones it knows; the
 * server that adds the new ones makes the run, in the same transaction.
 */
@Component
class NewInterpreters {

  private static final Logger log = LoggerFactory.getLogger(NewInterpreters.class);

  private final ScheduleRepository schedules;
  private final FiringRows rows;
  private final Firings firings;
  private final Suites suites;
  private final HostFit fit;
  private final TransactionTemplate transactions;
  private final DatabaseClock clock;

  NewInterpreters(
      ScheduleRepository schedules,
      FiringRows rows,
      Firings firings,
      Suites suites,
      HostFit fit,
      TransactionTemplate transactions,
      DatabaseClock clock) {
    this.schedules = schedules;
    this.rows = rows;
    this.firings = firings;
    this.suites = suites;
    this.fit = fit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Lets a schedule know what there is, so that nothing of it is new. */
  void know(Schedule schedule) {
    rows.learn(schedule.id(), fit.builds());
  }

  /** Fires every schedule whose suite would measure a build that it does not know. */
  void fireNew() {
    for (Schedule schedule : schedules.findByOnNewInterpreterTrueAndPausedFalse()) {
      try {
        fireNew(schedule);
      } catch (DataAccessException | TransactionException e) {
        log.warn("schedule={} could not fire and is tried again", schedule.id(), e);
      }
    }
  }

  private void fireNew(Schedule schedule) {
    List<String> found = new ArrayList<>(suites.builds(schedule.suite()));
    found.removeAll(rows.known(schedule.id()));
    if (found.isEmpty()) {
      return;
    }
    Instant now = clock.now();
    Firing firing =
        Firing.fired(schedule.id(), now, now, Cause.NEW_INTERPRETER)
            .because("new on a host: " + String.join(", ", found));
    try {
      transactions.executeWithoutResult(_ -> {
        if (rows.learn(schedule.id(), found)) {
          firings.fire(schedule, firing);
        }
      });
    } catch (RuntimeException e) {
      FiringProblem problem = Firings.problem(schedule.id(), e);
      transactions.executeWithoutResult(_ -> {
        if (rows.learn(schedule.id(), found)) {
          rows.insert(firing.failed(problem));
        }
      });
    }
  }
}
