package dev.lanes.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts {@link ConnectionsInTurn} before the server's pool. */
@Component
class ConnectionOrder implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HikariDataSource pool ? new ConnectionsInTurn(pool) : bean;
  }
}
