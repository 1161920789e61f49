import { useQuery } from '@tanstack/preact-query';
import { Pick } from '../../components/controls';
import type { Cell } from '../../lib/api';
import { defaultBaseline, MEASURE } from '../../lib/comparison';
import { measuresQuery } from '../../lib/queries';

interface Picked {
  measure: string;
  baseline: string;
}

interface Props {
  cells: readonly Cell[];
  models: readonly string[];
  state: Picked;
  onPick: (patch: Partial<Picked>) => void;
}

/** What is compared, and with what. The usual choices are written as empty, to stay out of the URL. */
export function MatrixPicks({ cells, models, state, onPick }: Props) {
  const measures = useQuery(measuresQuery);
  const measured = new Set(cells.flatMap((cell) => Object.keys(cell.measures)));
  // Both picks come at once: one that grows would push the other.
  if (!measures.data) return <div style={{ minHeight: 32 }} />;
  const offered = measures.data.filter(({ id }) => id === MEASURE || measured.has(id));
  const usual = defaultBaseline(models);
  return (
    <div class="filters" role="group" aria-label="What is compared">
      <Pick
        label="Measure"
        value={state.measure || MEASURE}
        options={offered.map(({ id, title }) => [id, title])}
        onPick={(measure) => onPick({ measure: measure === MEASURE ? '' : measure })}
      />
      <Pick
        label="Baseline"
        value={state.baseline || usual}
        options={models.map((model) => [model, model])}
        onPick={(baseline) => onPick({ baseline: baseline === usual ? '' : baseline })}
      />
    </div>
  );
}
