package dev.lanes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** Starts the {@link TestServer}, once for all tests that have this. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ActiveProfiles("server")
@Import(TestServer.Parts.class)
@SpringBootTest(
    classes = Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "lanes.home=" + TestServer.HOME,
      "lanes.workloads=src/test/python/workloads",
      "lanes.access.open-reads=true",
      "lanes.access.local-tokens=true",
      "lanes.access.enrolment-secret-file=src/test/resources/enrolment-secret",
      "lanes.notify.allow-private-addresses=true",
      "lanes.notify.timeout=2s",
      "db-scheduler.enabled=false",
      // All tests call from one address, many with one token.
      "lanes.web.rate-limit.caller=10000000",
      "lanes.web.rate-limit.address=10000000",
      "spring.flyway.clean-disabled=false"
    })
public @interface OnTestServer {}
