package dev.lanes.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanes.arm.Living;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls that meet in the database for certain, however fast one of them is. */
final class AtOnce {

  private AtOnce() {}

  /**
   * Makes calls while rows are locked, and lets go of the rows when every call waits for them.
   *
   * @param lock the statement that locks what all calls need
   * @return what each call gave
   */
  @SafeVarargs
  static <T> List<T> held(
      JdbcClient jdbc, PlatformTransactionManager transactions, String lock, Callable<T>... calls)
      throws Exception {
    List<Future<T>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(calls.length)) {
      new TransactionTemplate(transactions)
          .executeWithoutResult(_ -> {
            jdbc.sql(lock).query().listOfRows();
            for (Callable<T> call : calls) {
              answers.add(threads.submit(call));
            }
            assertThat(allWait(jdbc, calls.length)).as("every call waits for the rows").isTrue();
          });
    }
    List<T> given = new ArrayList<>();
    for (Future<T> answer : answers) {
      given.add(answer.get());
    }
    return given;
  }

  private static boolean allWait(JdbcClient jdbc, int calls) {
    try {
      return Living.soon(() -> waiting(jdbc) == calls);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Told anew in one transaction only when what was read before is forgotten. */
  private static int waiting(JdbcClient jdbc) {
    jdbc.sql("SELECT pg_stat_clear_snapshot()").query().listOfRows();
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Integer.class)
        .single();
  }
}
