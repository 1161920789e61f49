package dev.lanes.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives the connections of a pool in the order in which they are asked for. HikariCP gives a
 * connection that comes back to whoever asks in that moment; with hundreds of virtual threads some
 * then wait for as long as the others are busy. Whoever waits does so for the pool's {@code
 * connection-timeout} at most; one that has to be opened may take as long again.
 */
final class ConnectionsInTurn extends DelegatingDataSource {

  private final Semaphore free;
  private final HikariDataSource pool;

  ConnectionsInTurn(HikariDataSource pool) {
    super(pool);
    this.pool = pool;
    this.free = new Semaphore(pool.getMaximumPoolSize(), true);
  }

  @Override
  public Connection getConnection() throws SQLException {
    takeTurn();
    try {
      return returning(pool.getConnection());
    } catch (SQLException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  private void takeTurn() throws SQLException {
    long most = pool.getConnectionTimeout();
    try {
      if (free.tryAcquire(most, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
    }
    throw new SQLTransientConnectionException(
        "no connection came free within %d ms; %d calls wait"
            .formatted(most, free.getQueueLength()));
  }

  private Connection returning(Connection connection) {
    AtomicBoolean held = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().equals("close") && held.getAndSet(false)) {
                  free.release();
                }
              }
            });
  }
}
