package dev.lanes.analysis;

import dev.lanes.catalog.Measure;
import dev.lanes.run.CellView;
import java.util.Set;

/**
 * What is compared with what.
 *
 * @param baseline value of the pivot that the others are compared with
 * @param unpaired whether cells that did not share their rounds are compared too
 * @param across what may differ between such cells
 */
record Question(
    String pivot, Object baseline, Measure measure, boolean unpaired, Set<Across> across) {

  /** The pivot of two runs. It is no axis of a matrix, so no axis has its name. */
  static final String RUN = "run";

  /** A cell's value of the pivot. */
  Object value(CellView cell) {
    return pivot.equals(RUN) ? cell.run().toString() : cell.axes().get(pivot);
  }
}
