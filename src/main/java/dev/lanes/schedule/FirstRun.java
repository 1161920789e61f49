package dev.lanes.schedule;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.lanes.run.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Queues the suite {@code quickstart} into a database that never held a run, as soon as a host has
 * said which interpreters it has, so that the first page shows an answer of this very machine.
 */
@Configuration(proxyBeanMethods = false)
class FirstRun {

  private static final Logger log = LoggerFactory.getLogger(FirstRun.class);
  private static final String QUICKSTART = "quickstart";

  @Bean
  Task<Void> queueFirstRun(Runs runs, Suites suites) {
    return Tasks.recurring("queue-first-run", FixedDelay.ofSeconds(2))
        .execute((_, _) -> queue(runs, suites));
  }

  private static void queue(Runs runs, Suites suites) {
    if (runs.any() || !suites.ready()) {
      return;
    }
    // The key makes a second server, or a second try, give the same run.
    var id = suites.submit(QUICKSTART, "lanes", QUICKSTART);
    log.info("run={} queued: the database held none; its results appear on the first page", id);
  }
}
