package dev.lanes.interpreter;

import dev.lanes.catalog.Interpreter;
import dev.lanes.catalog.Interpreter.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Finds the interpreters of a host and asks each of them what it is. */
final class InterpreterSearch {

  /** A host may have two cores and fifty interpreters. */
  private static final int PROBES_AT_ONCE = 2;

  private final InterpreterPlaces places;
  private final InterpreterProbe probe;
  private final ProbeCache cache;

  InterpreterSearch(InterpreterPlaces places, InterpreterProbe probe, ProbeCache cache) {
    this.places = places;
    this.probe = probe;
    this.cache = cache;
  }

  /** Every build once, under its best source. */
  HostInterpreters search() throws InterruptedException {
    var candidates = places.candidates();
    var problems = new ConcurrentLinkedQueue<>(candidates.problems());
    List<ProbedBuild> builds = builds(candidates.sources().keySet(), problems);
    try {
      cache.write(builds);
    } catch (IOException e) {
      problems.add("answers cannot be kept for the next start: " + e.getMessage());
    }
    Map<String, BuildFiles> files =
        builds.stream()
            .collect(Collectors.toMap(build -> build.executable().path(), ProbedBuild::files));
    return new HostInterpreters(
        distinct(builds, candidates.sources()), files, List.copyOf(problems));
  }

  private List<ProbedBuild> builds(Collection<Path> executables, Queue<String> problems)
      throws InterruptedException {
    List<Callable<Optional<ProbedBuild>>> questions = new ArrayList<>();
    for (Path executable : executables) {
      questions.add(() -> build(executable, problems));
    }
    try (var executor = Executors.newFixedThreadPool(PROBES_AT_ONCE)) {
      return executor.invokeAll(questions).stream()
          .map(InterpreterSearch::answer)
          .flatMap(Optional::stream)
          .toList();
    }
  }

  private Optional<ProbedBuild> build(Path executable, Queue<String> problems)
      throws InterruptedException {
    try {
      var kept = cache.get(executable);
      return kept.isPresent() ? kept : Optional.of(probe.probe(executable));
    } catch (IOException e) {
      problems.add("%s cannot be examined: %s".formatted(executable, e.getMessage()));
      return Optional.empty();
    }
  }

  private static <T> T answer(Future<T> future) {
    if (future.state() == Future.State.FAILED) {
      throw new IllegalStateException("an interpreter was not probed", future.exceptionNow());
    }
    return future.resultNow();
  }

  /** The id holds the digest, so one build found at two places has one id. */
  private static List<Interpreter> distinct(List<ProbedBuild> builds, Map<Path, Source> sources) {
    Map<String, Interpreter> byId = new LinkedHashMap<>();
    for (ProbedBuild build : builds) {
      Source source = sources.get(Path.of(build.executable().path()));
      build.interpreters(source).forEach(found -> byId.putIfAbsent(found.id(), found));
    }
    return List.copyOf(byId.values());
  }
}
