package dev.lanes.web;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lanes.web.ApiException.FieldProblem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of the API says beyond what its controllers do. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

  private static final String TOKEN = "token";
  private static final String SESSION = "session";
  private static final String PROBLEM = Problem.class.getSimpleName();
  private static final String AXIS_VALUE = "AxisValue";

  /**
   * A refusal as it is written; see {@link Problems}.
   *
   * @param code what to tell refusals apart by
   * @param instance path of the call
   * @param errors what to mend in the body
   */
  private record Problem(
      String type,
      String title,
      int status,
      String code,
      @JsonInclude(NON_NULL) @Nullable String detail,
      @JsonInclude(NON_NULL) @Nullable String instance,
      @JsonInclude(NON_NULL) @Nullable List<FieldProblem> errors) {}

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Lanes")
                .version("v1")
                .description(
                    "Benchmarks of how Python runs in parallel: queued, measured on real hosts,"
                        + " kept, compared. Times are seconds and RFC 3339 in UTC, sizes bytes.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecuritySchemes(
                    SESSION,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("JSESSIONID")
                        .description(
                            "Begun by the sign-in link. A call that changes something repeats the"
                                + " cookie XSRF-TOKEN in the header X-XSRF-TOKEN.")))
        .addSecurityItem(new SecurityRequirement())
        .addSecurityItem(new SecurityRequirement().addList(TOKEN))
        .addSecurityItem(new SecurityRequirement().addList(SESSION));
  }

  @Bean
  OpenApiCustomizer commonParts() {
    return document -> {
      Components components = document.getComponents();
      ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
      components
          .addSchemas(AXIS_VALUE, new JsonSchema().typesItem("string").typesItem("integer"))
          .addSchemas("Axes", mapTo(ref(AXIS_VALUE)))
          .addSchemas("Matrix", mapTo(new ArraySchema().items(ref(AXIS_VALUE))))
          .addResponses(
              PROBLEM,
              new ApiResponse()
                  .description("Why the call was refused, by RFC 9457")
                  .content(
                      new Content()
                          .addMediaType(
                              "application/problem+json", new MediaType().schema(ref(PROBLEM)))));
      document
          .getPaths()
          .forEach((path, item) -> item.readOperations().forEach(call -> complete(path, call)));
    };
  }

  /** Adds the refusal, and the resource as the tag. */
  private static void complete(String path, Operation operation) {
    operation.getResponses().addApiResponse("default", new ApiResponse().$ref(PROBLEM));
    operation.setTags(List.of(path.replaceFirst("^/api/v1/", "").replaceFirst("/.*", "")));
  }

  private static Schema<?> ref(String name) {
    return new JsonSchema().$ref(name);
  }

  private static Schema<?> mapTo(Schema<?> values) {
    return new MapSchema().additionalProperties(values);
  }
}
