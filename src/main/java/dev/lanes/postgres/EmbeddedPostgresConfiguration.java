package dev.lanes.postgres;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Gives the server a database of its own when none is configured. */
@Configuration(proxyBeanMethods = false)
@Profile("server")
@Conditional(EmbeddedPostgresConfiguration.NoDatabaseConfigured.class)
@EnableConfigurationProperties(PostgresProperties.class)
class EmbeddedPostgresConfiguration {

  /** The data source takes its details from this bean and is therefore closed before it. */
  @Bean(destroyMethod = "close")
  EmbeddedPostgres embeddedPostgres(PostgresProperties properties) throws IOException {
    return EmbeddedPostgres.start(properties.directory());
  }

  /** Made when a worker of this process asks for it, and not without one. */
  @Bean
  @Lazy
  WorkloadDatabase workloadDatabase(EmbeddedPostgres postgres) {
    return postgres.workloadDatabase();
  }

  static class NoDatabaseConfigured implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
    }
  }
}
