package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import dev.lanes.run.SizeSearch;
import dev.lanes.run.SizeSearches;
import dev.lanes.run.SizeSearches.Due;
import dev.lanes.statistics.Crossover;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides how runs go on that look for a crossover: three sizes inside the interval at a time,
 * evenly on the logarithm, until it is as narrow as was asked.
 */
@Component
class CrossoverSearch {

  private static final Logger log = LoggerFactory.getLogger(CrossoverSearch.class);

  private final SizeSearches searches;
  private final Crossings crossings;

  CrossoverSearch(SizeSearches searches, Crossings crossings) {
    this.searches = searches;
    this.crossings = crossings;
  }

  /** Decides everything that is due. One that cannot be decided ends, and the others go on. */
  void search() {
    for (Due due : searches.due()) {
      try {
        decide(due);
      } catch (RuntimeException e) {
        log.error("run={} the search ends: it could not be decided", due.run(), e);
        searches.end(due, "the server could not decide it; its log says why");
      }
    }
  }

  private void decide(Due due) {
    if (due.unmeasured() > 0) {
      searches.end(due, "a job ended without figures");
      return;
    }
    SizeSearch search = due.search();
    Measure measure = Measure.of(search.measure()).orElseThrow();
    List<Crossing> found =
        crossings.of(
            due.run(),
            new Crossings.Asked(search.x(), search.pivot(), search.a(), search.b(), measure));
    Crossing crossing = found.getFirst();
    if (crossing.status() != Crossover.Status.CROSSED) {
      searches.end(due, crossing.sentence());
      return;
    }
    Double octaves = crossing.octaves();
    if (octaves != null && octaves <= search.octaves()) {
      searches.found(due);
      return;
    }
    List<Long> sizes = between(crossing);
    if (sizes.isEmpty()) {
      searches.end(due, "there are no further sizes between: " + crossing.sentence());
    } else if (due.steps() >= SizeSearch.MOST_STEPS) {
      searches.end(
          due,
          "still wider after %d steps: %s".formatted(SizeSearch.MOST_STEPS, crossing.sentence()));
    } else {
      searches.extend(due, sizes);
    }
  }

  /** Sizes inside the interval that were not tried; an open end is the decided size beyond it. */
  private static List<Long> between(Crossing crossing) {
    Crossing.Change change = crossing.changes().getFirst();
    double low = crossing.ciLow() == null ? change.from() : crossing.ciLow();
    double high = crossing.ciHigh() == null ? change.to() : crossing.ciHigh();
    Set<Long> tried = new TreeSet<>();
    crossing.sizes().forEach(size -> tried.add(Math.round(size.x())));
    crossing.leftOut().forEach(size -> tried.add(Math.round(size.x())));
    return Crossover.between(low, high, SizeSearch.SIZES_OF_A_STEP).stream()
        .filter(size -> !tried.contains(size))
        .toList();
  }
}
