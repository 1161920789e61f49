package dev.lanes.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedPostgresConfigurationTests {

  @TempDir Path lanesHome;

  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
          .withUserConfiguration(EmbeddedPostgresConfiguration.class);

  @Test
  void theServerUsesItAndStopsItAfterItsLastUser(CapturedOutput output) throws IOException {
    PostgresBinaries.unpack(Homes.BINARIES);
    FileSystemUtils.copyRecursively(Homes.BINARIES, lanesHome.resolve("postgres/binaries"));
    Path pidFile = lanesHome.resolve("postgres/data/postmaster.pid");
    var user = new AtomicReference<LastUser>();

    context
        .withPropertyValues(
            "spring.profiles.active=server",
            "lanes.postgres.directory=" + lanesHome.resolve("postgres"))
        .withUserConfiguration(Users.class)
        .run(started -> {
          user.set(started.getBean(LastUser.class));
          assertThat(user.get().database()).isEqualTo("lanes");
          assertThat(pidFile).exists();
        });

    assertThat(user.get().seenAtTheEnd).isEqualTo("lanes");
    assertThat(pidFile).doesNotExist();
    assertThat(output).contains("postgres=stopped").doesNotContain("WARN", "ERROR");
  }

  @Test
  void aConfiguredDatabaseTakesItsPlace() {
    context
        .withPropertyValues(
            "spring.profiles.active=server", "spring.datasource.url=jdbc:postgresql://db/lanes")
        .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class));
  }

  @Test
  void theWorkerHasNone() {
    new ApplicationContextRunner()
        .withUserConfiguration(EmbeddedPostgresConfiguration.class)
        .withPropertyValues("spring.profiles.active=worker")
        .run(started -> assertThat(started).doesNotHaveBean(EmbeddedPostgres.class));
  }

  @Test
  void whatIsWrongIsPrintedWithItsRemedyAndWithoutAStackTrace(CapturedOutput output)
      throws IOException {
    Path home = Files.createDirectory(lanesHome.resolve("postgres")).toRealPath();
    var held = HomeLock.acquire(home);
    try {
      assertThatException()
          .isThrownBy(() ->
              SpringApplication.run(
                  EmbeddedPostgresConfiguration.class,
                  "--spring.main.web-application-type=none",
                  "--spring.profiles.active=server",
                  "--lanes.home=" + lanesHome))
          .withRootCauseInstanceOf(EmbeddedPostgresException.class);
    } finally {
      held.close();
    }

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "is in use by another Lanes", "LANES_HOME")
        .doesNotContain("\tat ");
  }

  @Configuration(proxyBeanMethods = false)
  static class Users {

    @Bean(destroyMethod = "leave")
    LastUser lastUser(DataSource dataSource) {
      return new LastUser(JdbcClient.create(dataSource));
    }
  }

  /** Uses the database in the last moment it has. */
  static final class LastUser {

    private final JdbcClient jdbc;
    private String seenAtTheEnd = "";

    LastUser(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    String database() {
      return jdbc.sql("SELECT current_database()").query(String.class).single();
    }

    void leave() {
      seenAtTheEnd = database();
    }
  }
}
