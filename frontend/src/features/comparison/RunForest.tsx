import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { Figure } from '../../components/Figure';
import { Loaded } from '../../components/Loaded';
import type { AxisValue, Comparison, Run } from '../../lib/api';
import { wording } from '../../lib/advantage';
import { hasFigures, isPreliminary, useComparison } from '../../lib/comparison';
import { counted, percent } from '../../lib/format';
import { modelsQuery } from '../../lib/queries';
import { useUrlState } from '../../lib/url';
import { clearOf } from './forest';
import { ForestGroup } from './ForestGroup';
import { gridOf, rowName } from './grid';
import { CODECS } from './picked';

/** Groups that are drawn at once; the rest comes on demand, as a long page answers slowly. */
const SHOWN = 4;

/** Every ratio of a run with its interval, its rounds and its quality, a plot per group. */
export function RunForest({ run }: { run: Pick<Run, 'id' | 'state'> }) {
  const [state] = useUrlState(CODECS);
  const { cells, comparison } = useComparison(run, state.baseline, state.measure);
  const catalogue = useQuery(modelsQuery);
  const nameOf = (model: AxisValue) =>
    catalogue.data?.find(({ id }) => id === model)?.title ?? String(model);
  if (comparison.data && !hasFigures(comparison.data)) return null;
  return (
    <Loaded query={{ ...comparison, error: cells.error ?? comparison.error }} height={320}>
      {(found) => <Groups comparison={found} nameOf={nameOf} />}
    </Loaded>
  );
}

interface Props {
  comparison: Comparison;
  nameOf: (model: AxisValue) => string;
}

function Groups({ comparison, nameOf }: Props) {
  const [all, setAll] = useState(false);
  const { rowAxes, blocks } = gridOf(comparison);
  const groups = blocks.flatMap((block) => block.rows);
  const shown = all ? groups : groups.slice(0, SHOWN);
  const hidden = groups.length - shown.length;
  return (
    <Figure
      title={finding(comparison)}
      subtitle={subtitle(comparison)}
      direction="higher_is_better"
    >
      {shown.map((group) => (
        <ForestGroup
          key={rowName(group, rowAxes)}
          title={rowName(group, rowAxes)}
          group={group}
          comparison={comparison}
          nameOf={nameOf}
        />
      ))}
      {hidden > 0 && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          Show {counted(hidden, 'more group')}
        </button>
      )}
    </Figure>
  );
}

function finding(comparison: Comparison): string {
  const { clear, of } = clearOf(comparison);
  const words = `${clear} of ${counted(of, 'difference')} to ${comparison.baseline} ${clear === 1 ? 'is' : 'are'} clear`;
  return isPreliminary(comparison) ? `${words} so far` : words;
}

function subtitle({ measure, baseline, confidence }: Comparison): string {
  return (
    `${wording(measure).noun} relative to ${baseline} by ${measure.title.toLowerCase()}, log axis; ` +
    `line: ${percent(confidence)} CI, dots: rounds (hollow: dirty), ` +
    'grey band: too small to matter'
  );
}
