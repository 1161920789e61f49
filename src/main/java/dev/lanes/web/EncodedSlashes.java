package dev.lanes.web;

import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** An address with an encoded slash is refused by a problem, not by Tomcat's own page. */
@Component
class EncodedSlashes implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

  @Override
  public void customize(TomcatWebServerFactory tomcat) {
    tomcat.addConnectorCustomizers(connector -> connector.setEncodedSolidusHandling("passthrough"));
  }
}
