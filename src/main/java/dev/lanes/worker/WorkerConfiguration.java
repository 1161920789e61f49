package dev.lanes.worker;

import dev.lanes.catalog.Catalog;
import dev.lanes.protocol.WorkerEnrolment;
import dev.lanes.protocol.WorkerProtocol;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** Starts the agent when everything else is up, and stops it before anything else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerProperties.class, WorkloadFolders.class})
class WorkerConfiguration {

  @Bean
  SmartLifecycle agent(
      WorkerProperties set,
      WorkloadFolders workloads,
      Catalog catalog,
      RestClient.Builder http,
      JsonMapper json,
      Clock clock,
      ObjectProvider<PostgresService> brought) {
    // Asked only where none is set, as asking makes the database.
    WorkerProperties properties = set.postgres() == null ? set.with(brought.getIfAvailable()) : set;
    return new SmartLifecycle() {

      private Agent agent = agent();
      private Thread thread = new Thread(agent);

      private Agent agent() {
        return new Agent(
            properties,
            workloads,
            catalog,
            new ServerLink(protocol(properties, http)),
            json,
            clock);
      }

      @Override
      public void start() {
        agent = agent();
        thread = Thread.ofPlatform().name("agent").start(agent);
      }

      @Override
      public void stop() {
        agent.stop();
        try {
          thread.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public boolean isRunning() {
        return thread.isAlive();
      }

      /** Last to start and first to stop: an attempt is given back while the server can hear it. */
      @Override
      public int getPhase() {
        return Integer.MAX_VALUE;
      }
    };
  }

  static WorkerProtocol protocol(WorkerProperties properties, RestClient.Builder http) {
    List<RestClient.Builder> servers = servers(properties, http);
    WorkerToken token =
        new WorkerToken(
            properties,
            secret -> calls(WorkerEnrolment.class, servers, () -> secret, InTurn::isUnheard));
    return calls(WorkerProtocol.class, servers, token::get, InTurn::isSilent);
  }

  private static List<RestClient.Builder> servers(
      WorkerProperties properties, RestClient.Builder http) {
    JdkClientHttpRequestFactory requests =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
    requests.setReadTimeout(Duration.ofSeconds(30));
    return properties.server().stream()
        .map(server -> http.clone().requestFactory(requests).baseUrl(server))
        .toList();
  }

  /** The calls, each with what stands for the caller at that moment. */
  private static <T> T calls(
      Class<T> protocol,
      List<RestClient.Builder> servers,
      Supplier<String> token,
      Predicate<Throwable> passed) {
    return InTurn.of(
        protocol, servers.stream().map(server -> calls(protocol, server, token)).toList(), passed);
  }

  private static <T> T calls(Class<T> protocol, RestClient.Builder server, Supplier<String> token) {
    RestClient client =
        server
            .clone()
            .requestInitializer(request -> request.getHeaders().setBearerAuth(token.get()))
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(protocol);
  }
}
