package dev.lanes.claim;

import dev.lanes.catalog.Catalog;
import dev.lanes.catalog.Workload;
import java.util.List;

/**
 * What a host needs to check a claim.
 *
 * @param cores logical processors
 * @param interpreters lines that its run measures, as far as a host has them
 * @param models execution models
 * @param packages beyond the standard library
 */
record Needs(int cores, List<String> interpreters, List<String> models, List<String> packages) {

  static Needs of(Claim claim, Catalog catalog) {
    List<String> packages =
        claim.values("workload").stream()
            .flatMap(id -> catalog.workload(id).stream())
            .map(Workload::requires)
            .flatMap(List::stream)
            .distinct()
            .toList();
    return new Needs(
        claim.needsCores(), claim.values("interpreter"), claim.values("model"), packages);
  }
}
