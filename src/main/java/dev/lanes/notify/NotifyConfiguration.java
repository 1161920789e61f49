package dev.lanes.notify;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifyProperties.class)
class NotifyConfiguration {

  /** On one server at a time; what it leaves under way when it dies, another sends again. */
  @Bean
  Task<Void> deliverWebhooks(Deliverer deliverer) {
    return Tasks.recurring("deliver-webhooks", FixedDelay.ofSeconds(3))
        .execute((_, _) -> deliverer.deliver());
  }
}
