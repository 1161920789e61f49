package dev.lanes.analysis;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AnalysisConfiguration {

  /** On one server at a time. A job takes minutes, so that seconds are quick enough. */
  @Bean
  Task<Void> searchSizes(CrossoverSearch searches) {
    return Tasks.recurring("search-sizes", FixedDelay.ofSeconds(2))
        .execute((_, _) -> searches.search());
  }
}
