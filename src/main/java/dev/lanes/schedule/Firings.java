package dev.lanes.schedule;

import dev.lanes.run.Submissions;
import dev.lanes.schedule.Firing.Cause;
import dev.lanes.web.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a firing for each time at which a schedule is due, and with it the run, in one transaction.
 * Any number of servers may do so at the same time and end at any moment: the key of the firing's
 * row lets one of them through, and whoever comes later finds that the due time has its firing.
 */
@Component
class Firings {

  private static final Logger log = LoggerFactory.getLogger(Firings.class);

  /** After a long absence due times are settled in parts, so that no transaction is long. */
  private static final int BATCH = 500;

  private final ScheduleRepository schedules;
  private final FiringRows rows;
  private final Suites suites;
  private final Submissions submissions;
  private final TransactionTemplate transactions;
  private final DatabaseClock clock;
  private final ScheduleProperties properties;

  Firings(
      ScheduleRepository schedules,
      FiringRows rows,
      Suites suites,
      Submissions submissions,
      TransactionTemplate transactions,
      DatabaseClock clock,
      ScheduleProperties properties) {
    this.schedules = schedules;
    this.rows = rows;
    this.suites = suites;
    this.submissions = submissions;
    this.transactions = transactions;
    this.clock = clock;
    this.properties = properties;
  }

  /** Settles everything that is due. What fails of one schedule holds no other one up. */
  void fireDue() {
    for (UUID id : rows.due(clock.now())) {
      try {
        while (settle(id)) {
          log.debug("schedule={} more is due", id);
        }
      } catch (DataAccessException | TransactionException e) {
        log.warn("schedule={} could not fire and is tried again", id, e);
      }
    }
  }

  /**
   * Due times that are settled together.
   *
   * @param earlier all but the last, oldest first
   * @param next the one after the last; null when none comes
   */
  private record Due(List<Instant> earlier, Instant last, @Nullable Instant next, Instant now) {

    /** Whether it goes on without a pause. */
    boolean more() {
      return next != null && !next.isAfter(now);
    }
  }

  /** Settles what is due of one schedule, and says whether more is. */
  private boolean settle(UUID id) {
    Instant now = clock.now();
    Schedule schedule = schedules.findById(id).orElse(null);
    if (schedule == null || schedule.nextDueAt() == null || schedule.nextDueAt().isAfter(now)) {
      return false;
    }
    Due due = due(schedule, now);
    Firing firing = Firing.fired(id, due.last(), now, Cause.CRON);
    try {
      transactions.executeWithoutResult(_ -> {
        skipEarlier(firing, due);
        decide(schedule, firing, due);
        moveOn(schedule, due);
      });
    } catch (RuntimeException e) {
      FiringProblem problem = problem(id, e);
      transactions.executeWithoutResult(_ -> {
        skipEarlier(firing, due);
        rows.insert(firing.failed(problem));
        moveOn(schedule, due);
      });
    }
    return due.more();
  }

  private static Due due(Schedule schedule, Instant now) {
    List<Instant> times =
        schedule.times().orElseThrow().from(schedule.nextDueAt(), BATCH + 1).stream()
            .filter(time -> !time.isAfter(now))
            .limit(BATCH)
            .toList();
    Instant next = schedule.times().flatMap(cron -> cron.after(times.getLast())).orElse(null);
    return new Due(times.subList(0, times.size() - 1), times.getLast(), next, now);
  }

  /** Those before the last were missed, and one run stands for all at most. */
  private void skipEarlier(Firing last, Due due) {
    for (Instant time : due.earlier()) {
      rows.insert(
          Firing.fired(last.schedule(), time, due.now(), Cause.CRON)
              .skipped("missed: no server was there, and it was due again at " + due.last()));
    }
  }

  private void decide(Schedule schedule, Firing firing, Due due) {
    boolean missed = firing.dueAt().isBefore(due.now().minus(properties.late()));
    if (due.more()) {
      rows.insert(firing.skipped("missed: no server was there, and it was due again since"));
      return;
    }
    if (missed && schedule.settings().missed() == MissedFirings.SKIP) {
      rows.insert(firing.skipped("missed: no server was there until " + due.now()));
      return;
    }
    Optional<UUID> unfinished = rows.unfinished(schedule.id());
    if (unfinished.isPresent()) {
      rows.insert(firing.skipped("the run %s has not finished".formatted(unfinished.get())));
      return;
    }
    fire(schedule, missed ? firing.because("missed: made up for at " + due.now()) : firing);
  }

  /** In a transaction: makes the firing and its run, unless the due time has a firing. */
  Optional<UUID> fire(Schedule schedule, Firing firing) {
    return fire(schedule, firing, schedule.owner());
  }

  /**
   * The same for somebody who asked for it.
   *
   * @param owner of the run
   */
  Optional<UUID> fire(Schedule schedule, Firing firing, String owner) {
    if (!rows.insert(firing)) {
      return Optional.empty();
    }
    UUID run = submissions.submit(schedule.of(suites.request(schedule.suite())), owner, null);
    rows.ran(firing, run);
    log.info("schedule={} due={} run={}", schedule.id(), firing.dueAt(), run);
    return Optional.of(run);
  }

  private void moveOn(Schedule schedule, Due due) {
    Integer repetitions = schedule.settings().repetitions();
    boolean ended = repetitions != null && rows.fired(schedule.id()) >= repetitions;
    rows.moveOn(schedule, ended ? null : due.next());
  }

  /**
   * Why a run could not be made, if trying again would not help.
   *
   * @throws RuntimeException the cause itself if it may
   */
  static FiringProblem problem(UUID schedule, RuntimeException cause) {
    boolean refused = cause instanceof ApiException;
    boolean passing = cause instanceof DataAccessException || cause instanceof TransactionException;
    if (passing && !(cause instanceof DataIntegrityViolationException)) {
      throw cause;
    }
    if (refused) {
      log.warn("schedule={} made no run: {}", schedule, cause.getMessage());
    } else {
      log.error("schedule={} made no run by a fault of the server", schedule, cause);
    }
    return FiringProblem.of(cause);
  }
}
