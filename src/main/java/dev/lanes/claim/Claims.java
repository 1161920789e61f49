package dev.lanes.claim;

import dev.lanes.catalog.Catalog;
import dev.lanes.claim.Judgement.Place;
import dev.lanes.host.HostView;
import dev.lanes.host.Hosts;
import dev.lanes.run.CompletedRun;
import dev.lanes.run.Runs;
import dev.lanes.web.ApiException;
import dev.lanes.web.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Published claims and what the newest runs of their suites say of them. No verdict is stored: each
 * is derived from the results and from the conditions as they are now.
 */
@Service
@Transactional(readOnly = true)
public class Claims {

  /** Runs of a claim that are looked at: a host that is in none of them has no verdict. */
  private static final int RUNS = 20;

  /** Runs that a history goes back. */
  private static final int HISTORY = 50;

  private final ClaimFiles files;
  private final OwnClaims own;
  private final Catalog catalog;
  private final Hosts hosts;
  private final Runs runs;
  private final RunJudge judge;

  Claims(ClaimFiles files, OwnClaims own, Catalog catalog, Hosts hosts, Runs runs, RunJudge judge) {
    this.files = files;
    this.own = own;
    this.catalog = catalog;
    this.hosts = hosts;
    this.runs = runs;
    this.judge = judge;
  }

  /**
   * Those that Lanes brings, then those of people, each by id and without what verdicts rest on.
   */
  List<ClaimView> all() {
    Lacks lacks = Lacks.of(hosts);
    List<Claim> all = Stream.concat(files.all().stream(), own.all().stream()).toList();
    Map<String, List<CompletedRun>> completed = completed(all, RUNS);
    return all.stream()
        .map(claim -> {
          List<Judgement> now = now(claim, lacks, runsOf(claim, completed));
          return view(claim, now.stream().map(Judgement::summary).toList(), null, null);
        })
        .toList();
  }

  /**
   * One claim, with what each verdict rests on and what earlier runs said.
   *
   * @throws ApiException with {@link ErrorCode#NOT_FOUND}
   */
  ClaimView get(String id) {
    Claim claim =
        files
            .find(id)
            .or(() -> own.find(id))
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND,
                    "There is no claim \"%s\"; GET /api/v1/claims lists them".formatted(id)));
    List<CompletedRun> of = runsOf(claim, completed(List.of(claim), HISTORY));
    Lacks lacks = Lacks.of(hosts);
    return view(
        claim,
        now(claim, lacks, of.stream().limit(RUNS).toList()),
        claim.conditions(),
        of.reversed().stream()
            .flatMap(run -> judge.judge(claim, run).stream())
            .map(judgement -> unlessWorthless(claim, judgement, lacks))
            .toList());
  }

  /** What makes the figures of a host worthless today does so for its earlier runs as well. */
  private static Judgement unlessWorthless(Claim claim, Judgement judgement, Lacks lacks) {
    List<String> always =
        lacks.hosts().stream()
            .filter(host -> host.name().equals(judgement.host()))
            .flatMap(host -> lacks.always(claim, host, judgement.interpreter()).stream())
            .toList();
    return always.isEmpty() ? judgement : judgement.worthless(always);
  }

  private ClaimView view(
      Claim claim,
      List<Judgement> verdicts,
      @Nullable List<Condition> conditions,
      @Nullable List<Judgement> history) {
    return new ClaimView(
        claim.id(),
        claim.statement(),
        claim.kind(),
        claim.reason(),
        claim.source(),
        claim.run() == null ? null : Needs.of(claim, catalog),
        claim.suite().orElse(null),
        claim.owner(),
        verdicts,
        conditions,
        history);
  }

  private Map<String, List<CompletedRun>> completed(List<Claim> claims, int each) {
    List<String> suites =
        claims.stream().flatMap(claim -> claim.suite().stream()).distinct().toList();
    return suites.isEmpty()
        ? Map.of()
        : runs.completed(suites, each).stream().collect(Collectors.groupingBy(CompletedRun::suite));
  }

  private static List<CompletedRun> runsOf(Claim claim, Map<String, List<CompletedRun>> completed) {
    return claim.suite().map(suite -> completed.getOrDefault(suite, List.of())).orElse(List.of());
  }

  /**
   * The verdict of each host and interpreter.
   *
   * @param completed runs of the claim, the newest first
   */
  private List<Judgement> now(Claim claim, Lacks lacks, List<CompletedRun> completed) {
    if (claim.kind() == Claim.Kind.INFORMATIONAL) {
      return List.of();
    }
    if (claim.run() == null) {
      List<String> missing = Optional.ofNullable(claim.reason()).stream().toList();
      return List.of(Judgement.without(null, null, missing));
    }
    Set<Place> wanted = wanted(claim, lacks);
    Map<Place, Judgement> judged = new LinkedHashMap<>();
    for (CompletedRun run : completed) {
      if (judged.isEmpty() || !judged.keySet().containsAll(wanted)) {
        judge.judge(claim, run).forEach(one -> judged.putIfAbsent(one.place(), one));
      }
    }
    return lacks.hosts().stream()
        .flatMap(host -> ofHost(claim, host, lacks, judged).stream())
        .toList();
  }

  private static Set<Place> wanted(Claim claim, Lacks lacks) {
    Set<Place> wanted = new LinkedHashSet<>();
    for (HostView host : lacks.hosts()) {
      lacks.lines(host.name()).stream()
          .filter(claim.lines()::contains)
          .forEach(line -> wanted.add(new Place(host.name(), line)));
    }
    return wanted;
  }

  private static List<Judgement> ofHost(
      Claim claim, HostView host, Lacks lacks, Map<Place, Judgement> judged) {
    List<Judgement> all = new ArrayList<>();
    List<String> there = lacks.lines(host.name());
    for (String line : claim.lines()) {
      Judgement found = judged.get(new Place(host.name(), line));
      if (found != null || there.contains(line)) {
        all.add(ofLine(claim, host, line, lacks, Optional.ofNullable(found)));
      }
    }
    if (all.isEmpty() && host.state().equals("active")) {
      String lines = "an interpreter of a line " + String.join(", ", claim.lines());
      all.add(Judgement.without(host.name(), null, List.of(lines)));
    }
    return all;
  }

  private static Judgement ofLine(
      Claim claim, HostView host, String line, Lacks lacks, Optional<Judgement> found) {
    List<String> always = lacks.always(claim, host, line);
    if (!always.isEmpty()) {
      return Judgement.without(host.name(), line, always);
    }
    return found.orElseGet(() -> {
      List<String> missing = lacks.toMeasure(claim, host.name(), line);
      return Judgement.without(
          host.name(), line, missing.isEmpty() ? List.of("not measured yet") : missing);
    });
  }
}
