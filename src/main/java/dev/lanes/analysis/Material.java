package dev.lanes.analysis;

import dev.lanes.catalog.ArmRole;
import dev.lanes.result.AttemptSession;
import dev.lanes.result.CellStanding;
import dev.lanes.run.CellView;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What was measured of the cells that are compared, of one run or of two.
 *
 * @param standings by cell
 * @param sessions by job
 */
record Material(
    Map<UUID, CellStanding> standings, SharedRounds shared, Map<UUID, AttemptSession> sessions) {

  CellStanding standing(CellView cell) {
    return standings.get(cell.id());
  }

  Optional<AttemptSession> session(CellView cell) {
    return Optional.ofNullable(sessions.get(cell.job()));
  }

  /** The anchor of a cell's group with the build that it ran on; empty without one. */
  Optional<String> anchorIdentity(CellView cell) {
    return shared
        .first(cell, ArmRole.ANCHOR)
        .filter(anchor -> standing(anchor).build() != null)
        .map(anchor ->
            String.join(" ", anchor.workloadSha256(), anchor.model(), standing(anchor).build()));
  }
}
