package dev.lanes.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The body of a submission: one cell of {@code pi}, unless a test changes it. */
public final class RunBody {

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> matrix = new LinkedHashMap<>();

  private RunBody() {
    fields.put("name", "a run");
    fields.put("matrix", matrix);
    axis("workload", "pi").axis("digits", 20).axis("tasks", 2).axis("parallelism", 1);
    axis("model", "sequential").axis("interpreter", "cpython-3.14");
  }

  public static RunBody aRun() {
    return new RunBody();
  }

  public RunBody named(String name) {
    return with("name", name);
  }

  /** Sets a field beside the matrix. */
  public RunBody with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Sets the values of an axis. */
  public RunBody axis(String name, Object... values) {
    matrix.put(name, new ArrayList<>(List.of(values)));
    return this;
  }

  public RunBody without(String axis) {
    matrix.remove(axis);
    return this;
  }

  Object field(String name, Object otherwise) {
    return fields.getOrDefault(name, otherwise);
  }

  public Map<String, Object> matrix() {
    return matrix;
  }

  public String json() {
    return JsonMapper.shared().writeValueAsString(fields);
  }
}
