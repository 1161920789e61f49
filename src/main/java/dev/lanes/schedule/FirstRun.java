package dev.lanes.schedule;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.lanes.catalog.Interpreter;
import dev.lanes.host.HostView;
import dev.lanes.host.Hosts;
import dev.lanes.run.RunRequest;
import dev.lanes.run.Runs;
import dev.lanes.run.Submissions;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Queues the suite {@code quickstart} into a database that never held a run, as soon as a host has
 * said which interpreters it has, so that the first page shows an answer of this very machine.
 */
@Configuration(proxyBeanMethods = false)
class FirstRun {

  private static final Logger log = LoggerFactory.getLogger(FirstRun.class);
  private static final String QUICKSTART = "suites/quickstart.json";

  @Bean
  Task<Void> queueFirstRun(Runs runs, Submissions submissions, Hosts hosts, JsonMapper json) {
    return Tasks.recurring("queue-first-run", FixedDelay.ofSeconds(2))
        .execute((_, _) -> queue(runs, submissions, hosts, json));
  }

  private static void queue(Runs runs, Submissions submissions, Hosts hosts, JsonMapper json) {
    if (runs.any()) {
      return;
    }
    Optional<HostView> host = hosts.all().stream().filter(HostView::online).findFirst();
    Optional<Interpreter> newest =
        hosts.interpreters().stream()
            .filter(Interpreter::usable)
            .filter(interpreter -> interpreter.gil() == Interpreter.Gil.ALWAYS)
            .max(Comparator.comparing(FirstRun::order));
    if (host.isEmpty() || newest.isEmpty()) {
      return;
    }
    RunRequest suite = read(json);
    Map<String, Object> matrix = new LinkedHashMap<>(suite.matrix());
    matrix.put("parallelism", List.of(Math.min(4, host.get().cores())));
    matrix.put("interpreter", List.of(newest.get().line()));
    RunRequest request =
        new RunRequest(
            suite.name(),
            matrix,
            null,
            suite.profiles(),
            suite.precision(),
            suite.priority(),
            suite.labels());
    // The key makes a second server, or a second try, give the same run.
    var id = submissions.submit(request, "lanes", "quickstart");
    log.info("run={} queued: the database held none; its results appear on the first page", id);
  }

  private static List<Integer> parts(Interpreter interpreter) {
    return List.of(interpreter.version().split("\\D+")).stream()
        .filter(part -> !part.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  private static String order(Interpreter interpreter) {
    StringBuilder order = new StringBuilder();
    parts(interpreter).forEach(part -> order.append("%06d.".formatted(part)));
    return order.toString();
  }

  private static RunRequest read(JsonMapper json) {
    try (var suite = new ClassPathResource(QUICKSTART).getInputStream()) {
      return json.readValue(suite, RunRequest.class);
    } catch (IOException e) {
      throw new IllegalStateException("the suite %s cannot be read".formatted(QUICKSTART), e);
    }
  }
}
