package dev.lanes.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The settings {@code lanes.worker.labels.*}. */
class WorkerLabelsTests {

  private final ApplicationContextRunner settings =
      new ApplicationContextRunner()
          .withUserConfiguration(OnlySettings.class)
          .withPropertyValues("lanes.worker.directory=.", "lanes.worker.server=http://localhost");

  @EnableConfigurationProperties(WorkerProperties.class)
  static class OnlySettings {}

  @Test
  void aHostHasNoLabelsUnlessTheyAreSet() {
    settings.run(context -> assertThat(context.getBean(WorkerProperties.class).labels()).isEmpty());
  }

  @Test
  void labelsAreNamesWithValues() {
    settings
        .withPropertyValues("lanes.worker.labels.rack=A-1", "lanes.worker.labels.disk=nvme_2.0")
        .run(context ->
            assertThat(context.getBean(WorkerProperties.class).labels())
                .isEqualTo(Map.of("rack", "A-1", "disk", "nvme_2.0")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lanes.worker.labels.rack=a b",
        "lanes.worker.labels.rack=",
        "lanes.worker.labels.rack=a/b",
        "lanes.worker.labels.[a b]=c",
        "lanes.worker.labels.long="
            + "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void anotherLabelIsRefusedAtTheStart(String label) {
    settings.withPropertyValues(label).run(context -> assertThat(context).hasFailed());
  }
}
