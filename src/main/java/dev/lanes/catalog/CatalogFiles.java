package dev.lanes.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;

/** Reads the catalogue from the Python files of the program and of folders beside it. */
public final class CatalogFiles {

  private CatalogFiles() {}

  /**
   * Loads the built-in files and every {@code *.py} in the given folders.
   *
   * @param folders folders of further workloads, may be empty
   * @throws IllegalArgumentException if a folder is missing, two workloads have one name, or a file
   *     does not describe itself as the catalogue needs
   */
  public static Catalog load(List<Path> folders) {
    List<Workload> workloads = new ArrayList<>();
    resources("classpath*:python/workloads/*.py")
        .map(CatalogFiles::workload)
        .forEach(workloads::add);
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException(
            "workload folder %s does not exist; create it or take it out of lanes.workloads"
                .formatted(folder));
      }
      resources("file:" + folder.toAbsolutePath() + "/*.py")
          .map(CatalogFiles::workload)
          .forEach(workloads::add);
    }
    refuseTwins(workloads);
    List<ExecutionModel> models =
        resources("classpath*:python/models/*.py").flatMap(CatalogFiles::models).toList();
    return new Catalog(
        workloads,
        models.stream()
            .sorted(Comparator.comparingInt(CatalogFiles::rank).thenComparing(ExecutionModel::id))
            .toList());
  }

  private static void refuseTwins(List<Workload> workloads) {
    Set<String> ids = new HashSet<>();
    for (Workload workload : workloads) {
      if (!ids.add(workload.id())) {
        throw new IllegalArgumentException(
            "two workloads have the name \"%s\"; rename the file of one".formatted(workload.id()));
      }
    }
  }

  /** The baseline first: everything is compared with doing one task after the other. */
  private static int rank(ExecutionModel model) {
    return model.id().equals("sequential") ? 0 : 1;
  }

  private static Workload workload(Resource file) {
    String source = text(file);
    String name = name(file);
    JsonNode header = PythonHeader.read(name, source, "workload");
    List<Parameter> parameters =
        header.path("parameters").properties().stream()
            .map(entry -> parameter(name, entry.getKey(), entry.getValue()))
            .toList();
    return new Workload(
        id(file),
        required(name, header, "title"),
        required(name, header, "summary"),
        header.path("origin").asString("Lanes"),
        sha256(source),
        header.path("kind").asString("").equals("server")
            ? Workload.Kind.SERVER
            : Workload.Kind.TASKS,
        texts(header.path("requires")),
        texts(header.path("services")),
        parameters);
  }

  private static Parameter parameter(String file, String name, JsonNode header) {
    Parameter.Type type =
        header.path("type").asString("").equals("integer")
            ? Parameter.Type.INTEGER
            : Parameter.Type.TEXT;
    JsonNode standard = header.path("default");
    return new Parameter(
        name,
        type,
        header.path("unit").asString(""),
        required(file + ": parameter " + name, header, "description"),
        type == Parameter.Type.INTEGER ? standard.asLong() : standard.asString(),
        bound(header, "minimum"),
        bound(header, "maximum"),
        texts(header.path("choices")));
  }

  private static @Nullable Long bound(JsonNode header, String name) {
    return header.has(name) ? header.get(name).asLong() : null;
  }

  private static Stream<ExecutionModel> models(Resource file) {
    String source = text(file);
    JsonNode header = PythonHeader.read(name(file), source, "model");
    List<String> variants = texts(header.path("variants"));
    if (variants.isEmpty()) {
      return Stream.of(model(id(file), null, header));
    }
    return variants.stream()
        .map(variant -> model(id(file), variant.isEmpty() ? null : variant, header));
  }

  private static ExecutionModel model(String file, @Nullable String variant, JsonNode header) {
    String title = required(file, header, "title");
    // Several files may be variants of one model, each a way of its own to start or hand over.
    String id = header.path("id").asString(file);
    return new ExecutionModel(
        variant == null ? id : id + ":" + variant,
        file,
        variant,
        // The only variant of a file needs no second name.
        variant != null && header.path("variants").size() > 1
            ? "%s (%s)".formatted(title, variant)
            : title,
        required(file, header, "summary"),
        required(file, header, "starts"),
        required(file, header, "handover"),
        required(file, header, "create"),
        header.has("since") ? header.get("since").asString() : null,
        header.path("serves").asBoolean(false));
  }

  private static String required(String where, JsonNode header, String field) {
    String value = header.path(field).asString("");
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "%s: its description lacks \"%s\"".formatted(where, field));
    }
    return value;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static Stream<Resource> resources(String pattern) {
    try {
      return Stream.of(new PathMatchingResourcePatternResolver().getResources(pattern))
          .filter(resource -> !String.valueOf(resource.getFilename()).startsWith("_"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + pattern, e);
    }
  }

  private static String name(Resource file) {
    return String.valueOf(file.getFilename());
  }

  /** With hyphens, as the worker finds the file by. */
  private static String id(Resource file) {
    return name(file).replaceFirst("\\.py$", "").replace('_', '-');
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String sha256(String source) {
    return HexFormat.of().formatHex(Sha256.of(source));
  }
}
