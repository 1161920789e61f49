package dev.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kubernetes.client.openapi.models.V1DaemonSet;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The manifests against two models of the Kubernetes API, since no cluster is at hand. One finds
 * fields that do not exist, however deep, and values of the wrong type; the other fields that are
 * missing.
 */
class ManifestTests {

  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "Namespace", V1Namespace.class,
          "Service", V1Service.class,
          "StatefulSet", V1StatefulSet.class,
          "DaemonSet", V1DaemonSet.class,
          "Job", V1Job.class,
          "NetworkPolicy", V1NetworkPolicy.class,
          "PodDisruptionBudget", V1PodDisruptionBudget.class);

  /** Kinds of operators, by what they may have under {@code spec} and Lanes uses. */
  private static final Map<String, Set<String>> CUSTOM =
      Map.of(
          "Cluster",
              Set.of(
                  "instances",
                  "imageName",
                  "bootstrap",
                  "postgresql",
                  "storage",
                  "affinity",
                  "resources"),
          "ResourceFlavor", Set.of("nodeLabels", "tolerations"),
          "ClusterQueue", Set.of("namespaceSelector", "resourceGroups"),
          "LocalQueue", Set.of("clusterQueue"));

  private static final String SERVER = "k8s/base/server.yaml";

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/single-node", "overlays/lab", "overlays/shared"})
  void everyOverlayIsWhatTheApiTakes(String folder) throws Exception {
    String manifests = built(folder);

    assertThat(faults(manifests)).isEmpty();
    assertThat(documents(manifests)).hasSizeGreaterThan(5);
  }

  /** A mistake and what stands there in its place. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("  replicas: 1", "  replicaz: 1"),
        arguments("          readinessProbe:", "          readynessProbe:"),
        arguments("  replicas: 1", "  replicas: one"),
        arguments("containerPort: 8080", "containerPort: eight"),
        arguments("  selector:\n    matchLabels: {", "  selektor:\n    matchLabels: {"),
        arguments("- { name: home, mountPath: /var/lib/lanes }", "- { name: home }"),
        arguments("kind: StatefulSet", "kind: StatefulSett"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsFound(String right, String wrong) throws Exception {
    String good = Files.readString(Path.of(SERVER));
    assertThat(good).contains(right);

    assertThat(faults(good)).isEmpty();
    assertThat(faults(good.replace(right, wrong))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/single-node", "overlays/lab", "overlays/shared"})
  void noContainerIsRootOrCanWriteItsImage(String folder) throws Exception {
    List<Map<String, Object>> pods = pods(built(folder));

    assertThat(pods).isNotEmpty();
    for (Map<String, Object> pod : pods) {
      assertThat(child(pod, "securityContext")).containsEntry("runAsNonRoot", true);
      assertThat(pod).containsEntry("automountServiceAccountToken", false);
      for (Map<String, Object> container : containers(pod)) {
        assertThat(child(container, "securityContext"))
            .as(String.valueOf(container.get("name")))
            .containsEntry("allowPrivilegeEscalation", false)
            .containsEntry("readOnlyRootFilesystem", true)
            .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/lab", "overlays/shared"})
  void workersHaveWholeProcessorsOfTheirOwn(String folder) throws Exception {
    List<Map<String, Object>> workers =
        pods(built(folder)).stream()
            .flatMap(pod -> containers(pod).stream())
            .filter(container -> "worker".equals(container.get("name")))
            .toList();

    assertThat(workers).isNotEmpty();
    for (Map<String, Object> worker : workers) {
      Map<String, Object> resources = child(worker, "resources");
      assertThat(resources.get("requests")).isEqualTo(resources.get("limits"));
      assertThat(String.valueOf(child(resources, "limits").get("cpu"))).matches("\\d+");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/single-node", "overlays/lab", "overlays/shared"})
  void noTwoSetsSelectTheSamePods(String folder) throws Exception {
    List<Map<String, Object>> sets =
        documents(built(folder)).stream()
            .filter(document ->
                Set.of("StatefulSet", "DaemonSet").contains(String.valueOf(document.get("kind"))))
            .map(document -> child(document, "spec"))
            .toList();

    for (Map<String, Object> one : sets) {
      Map<String, Object> wanted = child(child(one, "selector"), "matchLabels");
      assertThat(sets)
          .filteredOn(other ->
              child(child(child(other, "template"), "metadata"), "labels")
                  .entrySet()
                  .containsAll(wanted.entrySet()))
          .hasSize(1);
    }
  }

  @Test
  void theLabHasTwoServersAndADatabaseThatWaitsForAStandby() throws Exception {
    List<Map<String, Object>> lab = documents(built("overlays/lab"));

    assertThat(spec(lab, "StatefulSet", "lanes-server")).containsEntry("replicas", 2);
    Map<String, Object> cluster = spec(lab, "Cluster", "lanes-database");
    assertThat(cluster).containsEntry("instances", 3);
    assertThat(child(child(cluster, "postgresql"), "synchronous"))
        .containsEntry("number", 1)
        .containsEntry("dataDurability", "required");
    assertThat(spec(lab, "PodDisruptionBudget", "lanes-server")).containsEntry("minAvailable", 1);
    assertThat(spec(lab, "DaemonSet", "lanes-worker")).isNotEmpty();
    assertThat(spec(lab, "DaemonSet", "lanes-worker-large")).isNotEmpty();
  }

  @Test
  void whatIsMeasuredReachesTheServerAndNothingElse() throws Exception {
    Map<String, Object> worker = spec(documents(built("overlays/lab")), "NetworkPolicy", "worker");

    assertThat(worker.get("policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
    assertThat(worker).doesNotContainKey("ingress");
    assertThat((List<?>) worker.get("egress")).hasSize(2);
  }

  /** As kubectl puts an overlay together. */
  private static String built(String folder) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder("kubectl", "kustomize", "k8s/" + folder).start();
    } catch (IOException e) {
      Assumptions.abort("kubectl is not on this machine: " + e.getMessage());
      throw e;
    }
    String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String failure = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(failure).isZero();
    return built;
  }

  private static List<String> faults(String manifests) throws Exception {
    List<String> faults = new ArrayList<>();
    try {
      Object read = new KubernetesSerialization().unmarshal(manifests);
      for (Object resource : read instanceof Collection<?> all ? all : List.of(read)) {
        if (resource instanceof GenericKubernetesResource custom) {
          faults.addAll(customFaults(custom));
        } else {
          String name = ((HasMetadata) resource).getMetadata().getName();
          unknown(resource, name, Collections.newSetFromMap(new IdentityHashMap<>()), faults);
        }
      }
    } catch (IllegalArgumentException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    Gson gson = new Gson();
    for (Map<String, Object> document : documents(manifests)) {
      Class<?> model = MODELS.get(String.valueOf(document.get("kind")));
      if (model != null) {
        try {
          model
              .getMethod("validateJsonElement", JsonElement.class)
              .invoke(null, gson.toJsonTree(document));
        } catch (InvocationTargetException e) {
          faults.add(model.getSimpleName() + ": " + e.getCause().getMessage());
        }
      }
    }
    return faults;
  }

  private static List<String> customFaults(GenericKubernetesResource custom) {
    Set<String> known = CUSTOM.get(custom.getKind());
    if (known == null) {
      return List.of("there is no kind " + custom.getKind());
    }
    Object spec = custom.getAdditionalProperties().get("spec");
    return spec instanceof Map<?, ?> fields
        ? fields.keySet().stream()
            .map(String::valueOf)
            .filter(field -> !known.contains(field))
            .map(field -> "%s has no field %s".formatted(custom.getKind(), field))
            .toList()
        : List.of(custom.getKind() + " has no spec");
  }

  /** What the models have no field for is kept by them apart. */
  private static void unknown(Object node, String path, Set<Object> seen, List<String> faults)
      throws Exception {
    if (node instanceof Collection<?> all) {
      for (Object one : all) {
        unknown(one, path, seen, faults);
      }
    }
    if (node == null || !node.getClass().getName().startsWith("io.fabric8.") || !seen.add(node)) {
      return;
    }
    for (Method method : node.getClass().getMethods()) {
      if (method.getParameterCount() > 0
          || !method.getName().startsWith("get")
          || Modifier.isStatic(method.getModifiers())
          || method.getDeclaringClass() == Object.class) {
        continue;
      }
      Object value = method.invoke(node);
      if (!method.getName().equals("getAdditionalProperties")) {
        unknown(value, path + "." + method.getName().substring(3), seen, faults);
      } else if (value instanceof Map<?, ?> more && !more.isEmpty()) {
        faults.add("%s has no fields %s".formatted(path, more.keySet()));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> documents(String manifests) {
    List<Map<String, Object>> documents = new ArrayList<>();
    new Yaml()
        .loadAll(manifests)
        .forEach(document -> {
          if (document != null) {
            documents.add((Map<String, Object>) document);
          }
        });
    return documents;
  }

  private static List<Map<String, Object>> pods(String manifests) {
    return documents(manifests).stream()
        .map(document -> child(child(child(document, "spec"), "template"), "spec"))
        .filter(pod -> !pod.isEmpty())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> containers(Map<String, Object> pod) {
    return Stream.of("initContainers", "containers")
        .flatMap(kind -> ((List<Map<String, Object>>) pod.getOrDefault(kind, List.of())).stream())
        .toList();
  }

  private static Map<String, Object> spec(
      List<Map<String, Object>> documents, String kind, String name) {
    return documents.stream()
        .filter(document -> kind.equals(document.get("kind")))
        .filter(document -> name.equals(child(document, "metadata").get("name")))
        .map(document -> child(document, "spec"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no %s %s".formatted(kind, name)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> node, String name) {
    return node.get(name) instanceof Map<?, ?> found ? (Map<String, Object>) found : Map.of();
  }
}
