package dev.lanes.run;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives away the jobs of workers that went silent. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueProperties.class)
class LeaseReaper {

  @Bean
  Task<Void> reapLeases(QueueProperties properties, ReaperWatch watch, AttemptEnds ends) {
    return Tasks.recurring("reap-leases", FixedDelay.of(properties.look()))
        .execute((_, _) -> {
          if (watch.look()) {
            ends.endExpired();
          }
        });
  }
}
