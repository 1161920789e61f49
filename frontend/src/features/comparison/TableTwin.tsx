import { DataTable } from '../../components/DataTable';
import type { Comparison } from '../../lib/api';
import { advantage, interval, wording } from '../../lib/advantage';
import { percent, quantity, significant, times } from '../../lib/format';
import { byModel } from '../../lib/models';
import { gridOf, rowName } from './grid';
import { QualityChip } from '../../components/Quality';
import { isInvalid } from '../../lib/quality';
import { contextOf, reading } from './sentence';

/** Every number of the matrix, with its interval, as text. */
export function TableTwin({ comparison }: { comparison: Comparison }) {
  const { measure, baseline, confidence } = comparison;
  const { rowAxes, blocks } = gridOf(comparison);
  const groups = blocks.flatMap((block) => block.rows);
  const columns = [
    { title: 'Workload and parameters' },
    { title: 'Model' },
    { title: 'Verdict' },
    { title: 'Quality' },
    { title: `${wording(measure).noun} against ${baseline}`, number: true },
    { title: `${percent(confidence)} CI`, number: true },
    { title: `${measure.title}, ratio to ${baseline}`, number: true },
    { title: 'Rounds', number: true },
    { title: 'Median', number: true },
  ];
  const rows = groups.flatMap((group) =>
    [...group.entries]
      .sort((a, b) => byModel(a.value, b.value))
      .map((entry) => {
        const better = advantage(entry, measure.direction);
        const withheld = isInvalid(entry);
        return [
          rowName(group, rowAxes),
          entry.value,
          reading(entry, contextOf(comparison, group)).verdict +
            (entry.preliminary ? ' (preliminary)' : ''),
          entry.quality === null ? (
            '–'
          ) : (
            <QualityChip key="quality" quality={entry.quality} reasons={entry.quality_reasons} />
          ),
          better === null || withheld ? '–' : times(better.value),
          (better && !withheld && interval(better)) || '–',
          entry.ratio === null || withheld ? '–' : significant(entry.ratio),
          entry.rounds,
          entry.median === null || withheld ? '–' : quantity(entry.median, measure.unit),
        ];
      }),
  );
  return <DataTable label="Comparisons" columns={columns} rows={rows} />;
}
