package dev.lanes;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.web.bind.annotation.RestController;

/** What packages may do. Which of them may use which is declared in each package-info. */
@AnalyzeClasses(packages = "dev.lanes", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

  /** Those whose statements JPA cannot say. Another name here is a decision. */
  private static final DescribedPredicate<JavaClass> WRITE_SQL =
      within(
          "dev.lanes.access.Audit",
          "dev.lanes.access.Introspection",
          "dev.lanes.claim.OwnClaims",
          "dev.lanes.exchange.Imports",
          "dev.lanes.host.SignsOfLife",
          "dev.lanes.notify.Deliverer",
          "dev.lanes.notify.Outbox",
          "dev.lanes.notify.Webhooks",
          "dev.lanes.operation.QueueHealthIndicator",
          "dev.lanes.operation.QueueMetrics",
          "dev.lanes.result.CellStandings",
          "dev.lanes.result.EvidenceRows",
          "dev.lanes.result.MeasuredGroups",
          "dev.lanes.result.ResultRows",
          "dev.lanes.result.Results",
          "dev.lanes.run.AttemptEnds",
          "dev.lanes.run.Cancellations",
          "dev.lanes.run.IdleWorkers",
          "dev.lanes.run.JobBell",
          "dev.lanes.run.JobRows",
          "dev.lanes.run.Leases",
          "dev.lanes.run.OpenAttempts",
          "dev.lanes.run.QueueRows",
          "dev.lanes.run.ReadyJobs",
          "dev.lanes.run.ReaperWatch",
          "dev.lanes.run.Retries",
          "dev.lanes.run.RunEnds",
          "dev.lanes.run.SizeSearches",
          "dev.lanes.run.Submissions",
          "dev.lanes.schedule.CreationKeys",
          "dev.lanes.schedule.FiringRows",
          "dev.lanes.schedule.ScheduleConfiguration");

  @ArchTest
  static final ArchRule insidesOfModulesArePackagePrivate =
      noClasses()
          .that()
          .areAnnotatedWith(Entity.class)
          .or()
          .areAnnotatedWith(RestController.class)
          .or()
          .areAssignableTo(Repository.class)
          .should()
          .bePublic();

  @ArchTest
  static final ArchRule whatWorkersAreMadeOfKnowsNoDatabase =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.lanes.arm",
              "dev.lanes.catalog",
              "dev.lanes.interpreter",
              "dev.lanes.machine",
              "dev.lanes.measurement",
              "dev.lanes.protocol",
              "dev.lanes.statistics",
              "dev.lanes.worker")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..",
              "java.sql..",
              "javax.sql..",
              "org.springframework.data..",
              "org.springframework.jdbc..");

  @ArchTest
  static final ArchRule sqlIsWrittenInFewClasses =
      noClasses()
          .that(DescribedPredicate.not(WRITE_SQL))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(JdbcClient.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(JdbcOperations.class);

  @ArchTest
  static final ArchRule processesAreStartedInFewPlaces =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lanes.arm", "dev.lanes.interpreter", "dev.lanes.machine", "dev.lanes.postgres")
          .and(DescribedPredicate.not(within("dev.lanes.Launcher")))
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(target(owner(assignableTo(Runtime.class))).and(target(name("exec"))));

  @ArchTest
  static final ArchRule theTimeComesFromTheClockBean =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheApplicationMakesAClock =
      noClasses()
          .that(DescribedPredicate.not(within("dev.lanes.Application")))
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  @ArchTest
  static final ArchRule beansAreGivenToConstructors =
      noFields().should().beAnnotatedWith(Autowired.class);

  @ArchTest
  static final ArchRule settingsAreTyped =
      noClasses().should().dependOnClassesThat().areAssignableTo(Value.class);

  /** Its annotations do not outlive compilation: no rule over classes could see them. */
  @ArchTest
  static void noLombok(JavaClasses classes) {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("lombok.Data"));
  }

  @ArchTest
  static void modulesUseWhatTheyDeclare(JavaClasses classes) {
    ApplicationModules.of("dev.lanes").verify();
  }

  /** These classes and what is nested in them. */
  private static DescribedPredicate<JavaClass> within(String... names) {
    List<String> outermost = List.of(names);
    return describe(
        "part of " + outermost,
        type -> outermost.contains(type.getName().replaceFirst("\\$.*", "")));
  }
}
