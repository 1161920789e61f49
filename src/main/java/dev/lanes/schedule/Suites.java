package dev.lanes.schedule;

import dev.lanes.run.RunRequest;
import dev.lanes.run.Submissions;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Named runs: those that Lanes brings, and those that people have saved. */
@Service
public class Suites {

  private final BuiltInSuites builtIn;
  private final OwnSuiteRepository own;
  private final HostFit fit;
  private final Submissions submissions;
  private final JsonMapper json;

  Suites(
      BuiltInSuites builtIn,
      OwnSuiteRepository own,
      HostFit fit,
      Submissions submissions,
      JsonMapper json) {
    this.builtIn = builtIn;
    this.own = own;
    this.fit = fit;
    this.submissions = submissions;
    this.json = json;
  }

  /** All suites: those that Lanes brings, then those that were saved, each by name. */
  List<SuiteView> all() {
    List<SuiteView> all = new ArrayList<>(builtIn.all().stream().map(SuiteView::of).toList());
    own.findAllByOrderByName().forEach(suite -> all.add(suite.view(json)));
    return all;
  }

  /** Names of all suites. */
  public List<String> names() {
    return all().stream().map(SuiteView::name).toList();
  }

  /**
   * The suite of this name.
   *
   * @throws ApiException if there is none
   */
  SuiteView get(String name) {
    return builtIn
        .find(name)
        .map(SuiteView::of)
        .or(() -> own.findByName(name).map(suite -> suite.view(json)))
        .orElseThrow(() -> unknown(name));
  }

  /** The run of the suite of this name as it was written; empty if there is no such suite. */
  public Optional<RunRequest> run(String name) {
    return builtIn
        .find(name)
        .map(Suite::run)
        .or(() -> own.findByName(name).map(suite -> suite.run(json)));
  }

  private ApiException unknown(String name) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "There is no suite \"%s\"; there are %s".formatted(name, names()));
  }

  /**
   * What submitting the suite would submit now, with its name as a label.
   *
   * @throws ApiException if there is no such suite, or it is one that Lanes brings and no host can
   *     run any of it
   */
  RunRequest request(String name) {
    Optional<Suite> brought = builtIn.find(name);
    RunRequest run = brought.isPresent() ? fit.fit(brought.get().run()) : get(name).run();
    Map<String, String> labels =
        new LinkedHashMap<>(Objects.requireNonNullElse(run.labels(), Map.of()));
    labels.put("suite", name);
    return new RunRequest(
        run.name(),
        run.matrix(),
        run.exclude(),
        run.profiles(),
        run.precision(),
        run.priority(),
        labels,
        run.goal());
  }

  /**
   * Queues the suite for the hosts that there are.
   *
   * @param owner name of whoever submits
   * @param key idempotency key
   * @return the id of the run
   * @throws ApiException if there is no such suite, or no host can run any of it
   */
  public UUID submit(String name, String owner, @Nullable String key) {
    return submissions.submit(request(name), owner, key);
  }

  /** Ids of the builds on hosts that the suite would measure; none if it could not be submitted. */
  List<String> builds(String name) {
    try {
      return fit.builds(request(name));
    } catch (ApiException e) {
      return List.of();
    }
  }

  /** Whether a suite that names no interpreter could be queued now. */
  boolean ready() {
    return fit.ready();
  }
}
