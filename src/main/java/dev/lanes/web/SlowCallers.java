package dev.lanes.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Nobody holds a connection by sending slowly. A late header ends it. What is left of a body after
 * a refusal is read for as long as a body may take, so that the caller gets the answer, and no
 * longer; Tomcat alone would begin its time anew with every byte. Forms, which Tomcat reads by
 * itself and beside the limits, are not read: no call takes one.
 */
@Component
class SlowCallers implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

  /** Attribute of a request whose body came too slowly. */
  static final String TOO_SLOW = SlowCallers.class.getName();

  private final Duration most;

  SlowCallers(WebProperties properties) {
    this.most = properties.maxBodyTime();
  }

  @Override
  public void customize(TomcatWebServerFactory tomcat) {
    tomcat.setProtocol(HeaderDeadline.class.getName());
    tomcat.addEngineValves(new NoMore(most));
    tomcat.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
  }

  private static final class NoMore extends ValveBase {

    private final Duration most;

    NoMore(Duration most) {
      super(true);
      this.most = most;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      boolean refused = response.getStatus() >= 400 && !request.isAsync();
      if (request.getAttribute(TOO_SLOW) != null
          || (refused && !isReadToItsEnd(request, response))) {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
      }
    }

    private boolean isReadToItsEnd(Request request, Response response) {
      Rest rest = new Rest();
      long began = System.nanoTime();
      try {
        response.flushBuffer();
        while (request.getCoyoteRequest().doRead(rest) >= 0) {
          if (System.nanoTime() - began > most.toNanos()) {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        return false; // it is silent, or gone
      }
    }
  }

  /** Takes what nobody wants. */
  private static final class Rest implements ApplicationBufferHandler {
    private @Nullable ByteBuffer bytes;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public @Nullable ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // What comes is not kept.
    }
  }
}
