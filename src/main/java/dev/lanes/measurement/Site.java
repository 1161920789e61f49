package dev.lanes.measurement;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a group is measured: which processors its processes have, and what is known of the host.
 */
public interface Site extends AutoCloseable {

  /** Puts a program on the processors that are measured on: a command in, a command out. */
  List<String> place(List<String> command);

  /** Processors that every arm may use. */
  List<Integer> cpus();

  /** Whether a process that sees these processors is where it was put. */
  boolean holds(List<Integer> readBack);

  /** Looks at the host around each round. */
  RoundWatch watch();

  /** What makes all figures that are measured here invalid. */
  List<String> faults();

  /** What speaks against all figures that are measured here. */
  List<String> warnings();

  /** For the session; null is what the host does not tell. */
  Map<String, Object> facts();

  @Override
  void close();

  /** The processors that the worker itself has, and nothing known of the host. */
  static Site anywhere() {
    return new Site() {
      @Override
      public List<String> place(List<String> command) {
        return command;
      }

      @Override
      public List<Integer> cpus() {
        return IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed().toList();
      }

      @Override
      public boolean holds(List<Integer> readBack) {
        return true;
      }

      @Override
      public RoundWatch watch() {
        return RoundWatch.NONE;
      }

      @Override
      public List<String> faults() {
        return List.of();
      }

      @Override
      public List<String> warnings() {
        return List.of();
      }

      @Override
      public Map<String, Object> facts() {
        return Map.of();
      }

      @Override
      public void close() {}
    };
  }
}
