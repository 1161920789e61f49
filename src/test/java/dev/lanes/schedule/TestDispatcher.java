package dev.lanes.schedule;

import dev.lanes.run.Submissions;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What looks for due times on one server, on the real database, at a time that the test sets. It
 * can be made to die before or after any of its statements, as a server that is killed does.
 */
final class TestDispatcher {

  /** No statement that is begun after this reaches the database, and nothing catches it. */
  static final class Killed extends Error {

    private static final long serialVersionUID = 1;
  }

  private final PlatformTransactionManager real;
  private final Firings firings;
  private final NewInterpreters interpreters;
  private Instant now = Instant.EPOCH;
  private int stepsLeft = Integer.MAX_VALUE;

  TestDispatcher(ApplicationContext beans) {
    this.real = beans.getBean(PlatformTransactionManager.class);
    ScheduleRepository schedules = beans.getBean(ScheduleRepository.class);
    Suites suites = beans.getBean(Suites.class);
    FiringRows rows =
        new MortalRows(beans.getBean(JdbcClient.class), beans.getBean(JsonMapper.class));
    TransactionTemplate transactions = new TransactionTemplate(new MortalTransactions());
    DatabaseClock clock = this::time;
    this.firings =
        new Firings(
            schedules,
            rows,
            suites,
            beans.getBean(Submissions.class),
            transactions,
            clock,
            beans.getBean(ScheduleProperties.class));
    this.interpreters =
        new NewInterpreters(
            schedules, rows, firings, suites, beans.getBean(HostFit.class), transactions, clock);
  }

  /** Looks for what is due at that time. */
  void lookAt(Instant time) {
    now = time;
    firings.fireDue();
  }

  /** Looks for builds that are new at that time. */
  void lookForBuildsAt(Instant time) {
    now = time;
    interpreters.fireNew();
  }

  /** Lets it die at the given step from now on: 1 is the next one. */
  TestDispatcher dyingAt(int step) {
    stepsLeft = step;
    return this;
  }

  private Instant time() {
    step();
    return now;
  }

  private void step() {
    if (--stepsLeft <= 0) {
      throw new Killed();
    }
  }

  private final class MortalRows extends FiringRows {

    MortalRows(JdbcClient jdbc, JsonMapper json) {
      super(jdbc, json);
    }

    @Override
    boolean insert(Firing firing) {
      step();
      boolean made = super.insert(firing);
      step();
      return made;
    }

    @Override
    void ran(Firing firing, UUID run) {
      step();
      super.ran(firing, run);
      step();
    }
  }

  private final class MortalTransactions implements PlatformTransactionManager {

    @Override
    public TransactionStatus getTransaction(TransactionDefinition definition) {
      return real.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
      try {
        step();
      } catch (Killed e) {
        real.rollback(status);
        throw e;
      }
      real.commit(status);
      step();
    }

    @Override
    public void rollback(TransactionStatus status) {
      real.rollback(status);
    }
  }
}
