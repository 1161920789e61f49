package dev.lanes.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Gives the server a database of its own when none is configured. */
@Configuration(proxyBeanMethods = false)
@Profile("server")
@Conditional(EmbeddedPostgresConfiguration.NoDatabaseConfigured.class)
class EmbeddedPostgresConfiguration {

  /** The data source takes its details from this bean and is therefore closed before it. */
  @Bean(destroyMethod = "close")
  EmbeddedPostgres embeddedPostgres(@Value("${lanes.home:${user.home}/.lanes}") String lanesHome)
      throws IOException {
    return EmbeddedPostgres.start(Path.of(lanesHome, "postgres"));
  }

  static class NoDatabaseConfigured implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
    }
  }
}
