package dev.lanes.access;

import dev.lanes.web.ErrorCode;
import dev.lanes.web.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import tools.jackson.databind.json.JsonMapper;

/** Who may call what, and the headers of every answer. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class SecurityConfiguration {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private final JsonMapper json;

  SecurityConfiguration(JsonMapper json) {
    this.json = json;
  }

  /** Workers: a token in every call, no session. */
  @Bean
  @Order(1)
  SecurityFilterChain workerCalls(HttpSecurity http, Introspection tokens) throws Exception {
    return problems(http)
        .securityMatcher("/api/v1/worker/**", "/api/v1/attempts/**")
        .authorizeHttpRequests(calls -> {
          calls.requestMatchers("/api/v1/worker/enrolment").hasAuthority(Introspection.MAY_ENROL);
          calls.anyRequest().hasAuthority("worker");
        })
        .oauth2ResourceServer(server ->
            server
                .opaqueToken(opaque -> opaque.introspector(tokens))
                .authenticationEntryPoint(notSignedIn())
                .accessDeniedHandler(forbidden()))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .build();
  }

  /** People and their programs: a session with protection against forgery, or a token. */
  @Bean
  @Order(2)
  SecurityFilterChain otherCalls(
      HttpSecurity http, Introspection tokens, AccessProperties properties) throws Exception {
    return problems(http)
        .authorizeHttpRequests(calls -> {
          calls.requestMatchers("/sign-in", "/actuator/health/**", "/error").permitAll();
          calls.requestMatchers("/api/v1/session").permitAll();
          // Before what opens reading: these are never open.
          calls
              .requestMatchers(
                  "/api/v1/tokens/**",
                  "/api/v1/enrolments/**",
                  "/api/v1/audit/**",
                  "/api/v1/webhooks/**")
              .hasAuthority("admin");
          if (properties.openReads()) {
            calls.requestMatchers(HttpMethod.GET, "/api/**").permitAll();
          } else {
            calls.requestMatchers(HttpMethod.GET, "/api/**").hasAuthority("viewer");
          }
          // A program that collects metrics should hold a token that can do nothing else.
          calls.requestMatchers(HttpMethod.GET, "/actuator/prometheus").hasAuthority("viewer");
          calls.requestMatchers(HttpMethod.GET, "/actuator/**").hasAuthority("admin");
          calls.requestMatchers(HttpMethod.GET, "/**").permitAll();
          calls.requestMatchers("/api/v1/hosts/**", "/api/v1/profiles/**").hasAuthority("admin");
          // What is queued every night is an administrator's choice; to queue it once is not.
          calls
              .requestMatchers(HttpMethod.POST, "/api/v1/schedules/*/firings")
              .hasAuthority("submitter");
          calls.requestMatchers("/api/v1/schedules/**").hasAuthority("admin");
          calls.anyRequest().hasAuthority("submitter");
        })
        .oauth2ResourceServer(server ->
            server
                .opaqueToken(opaque -> opaque.introspector(tokens))
                .authenticationEntryPoint(notSignedIn())
                .accessDeniedHandler(forbidden()))
        .csrf(csrf -> csrf.spa())
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .build();
  }

  private HttpSecurity problems(HttpSecurity http) throws Exception {
    return http.headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                // Answers of the API say themselves how long they may be kept.
                .cacheControl(cache -> cache.disable()))
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint(notSignedIn()).accessDeniedHandler(forbidden()));
  }

  /** Addresses with characters that could mean something else to one who reads them after us. */
  @Bean
  RequestRejectedHandler strangeAddress() {
    return (request, response, e) ->
        write(
            response,
            ErrorCode.NOT_FOUND,
            "The address has characters that no address of this server has");
  }

  private AuthenticationEntryPoint notSignedIn() {
    return (request, response, e) -> {
      response.setHeader("WWW-Authenticate", "Bearer");
      if (e.getCause() instanceof TokenRefused refused) {
        write(response, refused.code(), String.valueOf(refused.getMessage()));
        return;
      }
      write(
          response,
          ErrorCode.NOT_SIGNED_IN,
          "This call needs a token in the header \"Authorization: Bearer …\", or a browser that"
              + " signed in with the link from the server's log");
    };
  }

  private AccessDeniedHandler forbidden() {
    return (request, response, e) -> {
      // Protection against forgery speaks before anybody asks who calls; without a session the
      // caller's mistake is that there is none.
      if (request.getUserPrincipal() == null && request.getSession(false) == null) {
        notSignedIn().commence(request, response, new InsufficientAuthenticationException("", e));
      } else {
        write(response, ErrorCode.FORBIDDEN, String.valueOf(e.getMessage()));
      }
    };
  }

  private void write(HttpServletResponse response, ErrorCode code, String detail)
      throws IOException {
    Problems.write(response, json, code, detail);
  }
}
