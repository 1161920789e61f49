package dev.lanes.schedule;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for what is due: one task for all schedules, which db-scheduler runs on one server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleProperties.class)
class ScheduleConfiguration {

  @Bean
  DatabaseClock databaseClock(JdbcClient jdbc) {
    return () ->
        jdbc.sql("SELECT now()")
            .query((row, _) -> Objects.requireNonNull(row.getTimestamp(1)).toInstant())
            .single();
  }

  @Bean
  Task<Void> fireSchedules(
      ScheduleProperties properties, Firings firings, NewInterpreters interpreters) {
    return Tasks.recurring("fire-schedules", FixedDelay.of(properties.look()))
        .execute((_, _) -> {
          firings.fireDue();
          interpreters.fireNew();
        });
  }
}
