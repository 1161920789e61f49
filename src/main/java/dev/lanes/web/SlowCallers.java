package dev.lanes.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Nobody holds a connection by sending slowly. A late header ends it, and what is left of a body
 * that was refused as too slow is not waited for, as Tomcat does with other refused bodies.
 */
@Component
class SlowCallers implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

  /** Attribute of a request whose body came too slowly. */
  static final String TOO_SLOW = SlowCallers.class.getName();

  @Override
  public void customize(TomcatWebServerFactory tomcat) {
    tomcat.setProtocol(HeaderDeadline.class.getName());
    tomcat.addEngineValves(new NoMore());
  }

  private static final class NoMore extends ValveBase {

    NoMore() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (request.getAttribute(TOO_SLOW) != null) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
      }
    }
  }
}
