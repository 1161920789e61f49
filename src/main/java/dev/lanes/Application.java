package dev.lanes;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.CatalogFiles;
import dev.lanes.cli.Commands;
import dev.lanes.postgres.WorkloadDatabase;
import dev.lanes.worker.PostgresService;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;

/** The one program of Lanes. The profiles {@code server} and {@code worker} choose its roles. */
@SpringBootConfiguration
@EnableConfigurationProperties(LanesProperties.class)
public class Application {

  /** Runs a command, or starts the roles that the active profiles name; by default both. */
  public static void main(String[] args) {
    if (Commands.isOne(args)) {
      System.exit(Commands.run(args));
    }
    SpringApplication.run(Application.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Source of the seeds that are stored with what they order. */
  @Bean
  RandomGenerator seeds() {
    return new SecureRandom();
  }

  @Bean
  Catalog catalog(LanesProperties properties) {
    return CatalogFiles.load(properties.workloads());
  }

  /** Queue, results and page. */
  @Profile("server")
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Welcome.class)
  @ComponentScan({
    "dev.lanes.access",
    "dev.lanes.analysis",
    "dev.lanes.catalog",
    "dev.lanes.claim",
    "dev.lanes.dispatch",
    "dev.lanes.exchange",
    "dev.lanes.host",
    "dev.lanes.instrument",
    "dev.lanes.notify",
    "dev.lanes.operation",
    "dev.lanes.postgres",
    "dev.lanes.result",
    "dev.lanes.run",
    "dev.lanes.schedule",
    "dev.lanes.web"
  })
  static class Server {}

  /** The agent that measures. It has no database. */
  @Profile("worker")
  @Configuration(proxyBeanMethods = false)
  @ComponentScan("dev.lanes.worker")
  static class Worker {}

  /**
   * All that a worker without a server needs of Spring Boot: settings, JSON and calls. What is idle
   * beside a measurement must be small.
   */
  @Profile("worker & !server")
  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    RestClientAutoConfiguration.class
  })
  static class WorkerAlone {}

  /** Both roles in one process: what the server brings serves the worker's programs too. */
  @Profile("server & worker")
  @Configuration(proxyBeanMethods = false)
  static class AllInOne {

    /** Null where Lanes brings no PostgreSQL: whose database that is, its owner decides. */
    @Bean
    @Lazy
    @Nullable PostgresService postgresService(ObjectProvider<WorkloadDatabase> embedded) {
      WorkloadDatabase found = embedded.getIfAvailable();
      return found == null
          ? null
          : new PostgresService(
              found.host(), found.port(), found.user(), found.password(), found.database());
    }
  }
}
