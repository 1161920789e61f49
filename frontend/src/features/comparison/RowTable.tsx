import { DataTable } from '../../components/DataTable';
import type { Comparison } from '../../lib/api';
import { interval, wording } from '../../lib/advantage';
import { percent, quantity, significant, times } from '../../lib/format';
import { isInvalid } from '../../lib/quality';
import { contextOf, reading } from './sentence';
import type { Row } from './rows';

/** Every number of the chart as text, and those that it does not show. */
export function RowTable({ comparison, rows }: { comparison: Comparison; rows: readonly Row[] }) {
  const { measure, confidence } = comparison;
  const columns = [
    { title: 'Cell' },
    { title: 'Verdict' },
    { title: wording(measure).noun, number: true },
    { title: `${percent(confidence)} CI`, number: true },
    { title: `${measure.title}, ratio`, number: true },
    { title: 'q', number: true },
    { title: 'Chance to be better', number: true },
    { title: 'Rounds', number: true },
    { title: 'Median', number: true },
    { title: 'Warnings' },
  ];
  const cells = rows.map(({ name, group, entry, better }) => {
    const withheld = isInvalid(entry) || entry.ratio === null;
    return [
      name,
      reading(entry, contextOf(comparison, group)).verdict,
      better === null || withheld ? '–' : times(better.value),
      (better && !withheld && interval(better)) || '–',
      withheld || entry.ratio === null ? '–' : significant(entry.ratio, 4),
      entry.q_value === null ? '–' : probability(entry.q_value),
      entry.chance === null ? '–' : percent(Number(significant(entry.chance, 2))),
      entry.rounds,
      entry.median === null || isInvalid(entry) ? '–' : quantity(entry.median, measure.unit),
      entry.warnings.map(({ code }) => code.replaceAll('_', ' ')).join(', ') ||
        (entry.reason ?? ''),
    ];
  });
  return <DataTable label="Compared cells" columns={columns} rows={cells} />;
}

const probability = (p: number) => (p < 0.001 ? '< 0.001' : significant(p, 2));
