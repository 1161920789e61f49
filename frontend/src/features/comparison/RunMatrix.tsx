import { useQuery } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import { Figure, TwinButton } from '../../components/Figure';
import { Loaded } from '../../components/Loaded';
import type { AxisValue, Comparison, Run } from '../../lib/api';
import { wording } from '../../lib/advantage';
import { describe } from '../../lib/axes';
import { doubtsOf, hasFigures, isPreliminary, useComparison } from '../../lib/comparison';
import { counted, listed, percent } from '../../lib/format';
import { modelsQuery } from '../../lib/queries';
import { useUrlState } from '../../lib/url';
import { gridOf, leader } from './grid';
import { MatrixPicks } from './MatrixPicks';
import { MatrixTable } from './MatrixTable';
import { CODECS } from './picked';
import { Ramp } from './Ramp';
import { TableTwin } from './TableTwin';

interface Props {
  run: Pick<Run, 'id' | 'state'>;
  /** Whether measure and baseline can be changed here. */
  picks?: boolean;
  /** Stands under the matrix, and comes with it: what is below must not jump. */
  children?: ComponentChildren;
}

/** The models of a run compared: a matrix, or the same numbers as a table. */
export function RunMatrix({ run, picks = false, children }: Props) {
  const [state, set] = useUrlState(CODECS);
  const { cells, models, comparison } = useComparison(run, state.baseline, state.measure);
  const catalogue = useQuery(modelsQuery);
  const nameOf = (model: AxisValue) =>
    catalogue.data?.find(({ id }) => id === model)?.title ?? String(model);
  if (cells.data?.length === 0) return <p class="card">This run has no cells to compare.</p>;
  return (
    <div class="stack">
      {picks && cells.data && (
        <MatrixPicks cells={cells.data} models={models} state={state} onPick={set} />
      )}
      <Loaded query={{ ...comparison, error: cells.error ?? comparison.error }} height={320}>
        {(found) => (
          <Figure
            title={finding(found, nameOf)}
            subtitle={subtitle(found)}
            direction="higher_is_better"
            tools={
              <TwinButton
                chart="Matrix"
                shown={state.view === 'table'}
                toggle={() => set({ view: state.view === 'table' ? 'matrix' : 'table' })}
              />
            }
          >
            {state.view === 'table' ? (
              <TableTwin comparison={found} />
            ) : (
              <>
                <Ramp
                  {...wording(found.measure)}
                  baseline={String(found.baseline)}
                  preliminary={isPreliminary(found)}
                  marks={doubtsOf(found)}
                />
                <MatrixTable comparison={found} nameOf={nameOf} />
              </>
            )}
          </Figure>
        )}
      </Loaded>
      {(comparison.data || comparison.error) && children}
    </div>
  );
}

function finding(comparison: Comparison, nameOf: (model: string) => string): string {
  const best = leader(comparison);
  if (!hasFigures(comparison) || !best) return 'Nothing to compare yet';
  const names = best.models.map(nameOf);
  const verb = names.length === 1 ? 'is' : 'are';
  const lead = `${listed(names)} ${verb} fastest or tied in ${best.rows} of ${counted(best.of, 'row')}`;
  return isPreliminary(comparison) ? `${lead} so far` : lead;
}

function subtitle(comparison: Comparison): string {
  const { measure, baseline, confidence } = comparison;
  const { noun } = wording(measure);
  const meaning = `${noun} relative to ${baseline} by ${measure.title.toLowerCase()}`;
  const common = describe(gridOf(comparison).common);
  return [`${meaning}, ${percent(confidence)} CI on each cell`, common].filter(Boolean).join(' · ');
}
