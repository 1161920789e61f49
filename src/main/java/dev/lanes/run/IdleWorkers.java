package dev.lanes.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Workers that wait at this server for a job, without a connection to the database. One connection
 * of the server hears {@link JobBell}; every second it also looks itself for jobs that can be had,
 * so that nothing rests on a notification that got lost.
 */
@Component
public class IdleWorkers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(IdleWorkers.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final DataSource database;
  private final JdbcClient jdbc;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();
  private CountDownLatch stopped = new CountDownLatch(0);
  private @Nullable Thread listener;

  IdleWorkers(DataSource database, JdbcClient jdbc) {
    this.database = database;
    this.jdbc = jdbc;
  }

  /** A worker that waits. It is called at most once for each time that it looked for a job. */
  public final class Waiter implements AutoCloseable {

    private final Set<String> profiles;
    private final Semaphore calls = new Semaphore(0);

    private Waiter(Set<String> profiles) {
      this.profiles = profiles;
    }

    /**
     * Waits until there may be a job for the host, or the server stops.
     *
     * @return whether there may be one; false when the time is over
     */
    public boolean await(Duration most) throws InterruptedException {
      boolean called = calls.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
      return called && isRunning();
    }

    /** Wakes the worker, unless it has been woken and has not looked yet. */
    private boolean call() {
      if (calls.availablePermits() > 0) {
        return false;
      }
      calls.release();
      return true;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        waiters.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Enters a worker's host; from now on it misses no job that comes. */
  public Waiter enter(UUID host) {
    Set<String> profiles =
        jdbc.sql("SELECT profile FROM host_profile WHERE host_id = :host")
            .param("host", host)
            .query(String.class)
            .set();
    Waiter waiter = new Waiter(profiles);
    lock.lock();
    try {
      waiters.add(waiter);
    } finally {
      lock.unlock();
    }
    return waiter;
  }

  /** Wakes the one that waits longest of those whose hosts fulfil the profile. */
  private void call(String profile) {
    lock.lock();
    try {
      for (Waiter waiter : waiters) {
        if (waiter.profiles.contains(profile) && waiter.call()) {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean anybody() {
    lock.lock();
    try {
      return !waiters.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    listener = Thread.ofPlatform().daemon().name("job-bell").start(this::listen);
  }

  /** Sends all waiting workers away: the server can only stop when their calls are answered. */
  @Override
  public void stop() {
    stopped.countDown();
    lock.lock();
    try {
      waiters.forEach(waiter -> waiter.calls.release());
    } finally {
      lock.unlock();
    }
    Thread thread = listener;
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }

  private void listen() {
    boolean told = false;
    while (isRunning()) {
      try (Connection connection = database.getConnection()) {
        try (var statement = connection.createStatement()) {
          statement.execute("LISTEN " + JobBell.CHANNEL);
        }
        told = false;
        listen(connection);
      } catch (SQLException e) {
        if (!told && isRunning()) {
          log.warn("idle workers hear of jobs late until the database answers: {}", e.getMessage());
        }
        told = true;
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try {
      while (isRunning()) {
        for (PGNotification call : postgres.getNotifications((int) LOOK.toMillis())) {
          call(call.getParameter());
        }
        if (anybody()) {
          look(connection);
        }
      }
    } finally {
      // The pool would give it to somebody else, still listening.
      if (!connection.isClosed()) {
        try (var statement = connection.createStatement()) {
          statement.execute("UNLISTEN *");
        }
      }
    }
  }

  private void look(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var profiles =
            statement.executeQuery(
                """
                SELECT p.name FROM hardware_profile p
                WHERE EXISTS (SELECT FROM job j
                              WHERE j.state = 'queued' AND j.profile = p.name
                                AND j.not_before <= now())
                """)) {
      while (profiles.next()) {
        call(profiles.getString(1));
      }
    }
  }

  private void pause() {
    try {
      boolean _ = stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
