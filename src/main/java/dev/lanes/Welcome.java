package dev.lanes;

import dev.lanes.access.SignInTicket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The last lines of the start-up log: where to look, how to sign in, what to paste. */
@Component
@Profile("all-in-one")
class Welcome {

  private static final Logger log = LoggerFactory.getLogger(Welcome.class);

  private final LanesProperties properties;
  private final SignInTicket ticket;

  Welcome(LanesProperties properties, SignInTicket ticket) {
    this.properties = properties;
    this.ticket = ticket;
  }

  @EventListener
  void tell(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext context
        && context.getWebServer() != null) {
      String address = "http://localhost:" + context.getWebServer().getPort();
      log.info(
          """
          Lanes is up.
            page      {}/
            sign in   {}/sign-in?ticket={}
            submit    curl -sS {}/api/v1/runs -H "Authorization: Bearer $(cat '{}')" -H 'Content-Type: application/json' -d '{}'
          """,
          address,
          address,
          ticket.value(),
          address,
          properties.home().resolve("token").toAbsolutePath(),
          "{\"name\":\"my first"
              + " run\",\"matrix\":{\"workload\":[\"pi\"],\"digits\":[1000],\"tasks\":[10],"
              + "\"parallelism\":[2],\"model\":[\"sequential\",\"threads\",\"processes:fork\"],"
              + "\"interpreter\":[\"*\"]},\"precision\":{\"time_budget_s\":60}}");
    }
  }
}
