package dev.lanes.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/**
 * Describes records and enums as the server's JSON has them: names with underscores, words in lower
 * case, every component present, and null only where it is declared. The converter that describes
 * everything else knows neither the settings of our JSON nor JSpecify.
 */
@Component
class RecordSchemas implements ModelConverter {

  private static final JsonNames JSON_NAMES = new JsonNames();

  private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType wanted, ModelConverterContext context, Iterator<ModelConverter> others) {
    Class<?> type = Json31.mapper().constructType(wanted.getType()).getRawClass();
    if (!type.isRecord() && !type.isEnum()) {
      return others.hasNext() ? others.next().resolve(wanted, context, others) : null;
    }
    String name = name(type);
    if (!context.getDefinedModels().containsKey(name)) {
      JsonSchema schema = new JsonSchema();
      context.defineModel(name, schema);
      if (type.isEnum()) {
        describeEnum(type, schema);
      } else {
        describeRecord(type, schema, context);
      }
    }
    return new JsonSchema().$ref(name);
  }

  private static void describeEnum(Class<?> type, JsonSchema schema) {
    schema.addType("string");
    for (Object constant : type.getEnumConstants()) {
      schema.addEnumItemObject(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
    }
  }

  /** What a client sends it may leave out where it may be null; what it is sent is all there. */
  private void describeRecord(Class<?> type, JsonSchema schema, ModelConverterContext context) {
    schema.addType("object");
    boolean sentByClients = type.getSimpleName().endsWith("Request");
    for (RecordComponent component : type.getRecordComponents()) {
      var accessor = component.getAccessor();
      boolean nullable =
          component.getAnnotatedType().isAnnotationPresent(Nullable.class) && !demanded(accessor);
      boolean absentWhenNull = nullable && accessor.isAnnotationPresent(JsonInclude.class);
      Schema<?> value =
          context.resolve(
              new AnnotatedType(component.getGenericType())
                  .ctxAnnotations(accessor.getAnnotations())
                  .resolveAsRef(true));
      var other = accessor.getAnnotation(JsonProperty.class);
      String property = other == null ? JSON_NAMES.of(component.getName()) : other.value();
      schema.addProperty(property, nullable && !absentWhenNull ? orNull(value) : value);
      if (!absentWhenNull && !(nullable && sentByClients)) {
        schema.addRequiredItem(property);
      }
    }
  }

  /** Java may find null where a client sent nothing, although it has to send something. */
  private static boolean demanded(Method accessor) {
    var said = accessor.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return said != null && said.requiredMode() == RequiredMode.REQUIRED;
  }

  private static Schema<?> orNull(Schema<?> schema) {
    if (schema.get$ref() != null) {
      return new JsonSchema().oneOf(List.of(schema, new JsonSchema().typesItem("null")));
    }
    // The schema may be shared with components that are never null.
    Schema<?> copy = AnnotationsUtils.clone(schema, true);
    copy.addType("null");
    if (copy.getEnum() != null) {
      copy.addEnumItemObject(null);
    }
    return copy;
  }

  /** A part of a record is named after both: {@code RunView.JobView} is a {@code RunJob}. */
  private String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    String own = type.getSimpleName().replaceFirst("View$", "");
    String name =
        outer != null && outer.isRecord()
            ? outer.getSimpleName().replaceFirst("View$", "") + own.replaceFirst("Request$", "")
            : own;
    Class<?> other = named.putIfAbsent(name, type);
    if (other != null && other != type) {
      throw new IllegalStateException(
          "%s and %s would both be described as %s; rename one".formatted(other, type, name));
    }
    return name;
  }

  private static final class JsonNames extends SnakeCaseStrategy {

    String of(String component) {
      return translate(component);
    }
  }
}
