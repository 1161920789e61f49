package dev.lanes.run;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives away the jobs of workers that went silent, every five seconds. */
@Configuration(proxyBeanMethods = false)
class LeaseReaper {

  @Bean
  Task<Void> reapLeases(ReaperWatch watch, AttemptEnds ends) {
    return Tasks.recurring("reap-leases", FixedDelay.ofSeconds(5))
        .execute((_, _) -> {
          if (watch.look()) {
            ends.endExpired();
          }
        });
  }
}
