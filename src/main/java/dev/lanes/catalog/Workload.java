package dev.lanes.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A Python program to be measured.
 *
 * @param id name of its file without the ending
 * @param origin where the program comes from, an address or a citation
 * @param sha256 digest of the file, 64 hex digits; another digest is another workload
 * @param kind what a task of it is
 * @param requires modules that it needs beyond the standard library, {@code numpy}
 * @param services what must run beside it, {@code postgres}; the worker knows where
 */
public record Workload(
    String id,
    String title,
    String summary,
    String origin,
    String sha256,
    Kind kind,
    List<String> requires,
    List<String> services,
    List<Parameter> parameters) {

  /** What a task is. */
  public enum Kind {
    /** A call of a function. */
    TASKS,
    /** A request over a socket, sent by a client in another process. */
    SERVER
  }

  public Workload {
    requires = List.copyOf(requires);
    services = List.copyOf(services);
    parameters = List.copyOf(parameters);
  }

  /** The parameter of this name, or empty. */
  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
  }
}
