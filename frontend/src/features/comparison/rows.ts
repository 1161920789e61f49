import type { AxisValue, Comparison, ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { advantage, type Advantage } from '../../lib/advantage';
import { describe, varying } from '../../lib/axes';
import { logScale } from '../../lib/scale';
import type { Forest } from './forest';

/** One contender in one group. */
export interface Row {
  name: string;
  group: ComparisonGroup;
  entry: ComparisonEntry;
  /** Null where nothing was compared. */
  better: Advantage | null;
  /** Whether it differs by more than the number of comparisons explains. */
  differs: boolean;
}

/** The contenders of a comparison: what differs first, the largest differences before the others. */
export function rowsOf(comparison: Comparison, nameOf: (value: AxisValue) => string): Row[] {
  const { groups, baseline, measure, summary, against } = comparison;
  const axes = varying(groups.map((group) => group.axes));
  const shown = axes.length > 0 ? [...new Set(['workload', ...axes])] : undefined;
  const several = against === null;
  const rows = groups.flatMap((group) =>
    group.entries
      .filter((entry) => entry.value !== baseline)
      .map((entry) => {
        const place = describe(group.axes, shown);
        return {
          name: several ? `${nameOf(entry.value)}: ${place}` : place,
          group,
          entry,
          better: advantage(entry, measure.direction),
          differs: entry.q_value !== null && entry.q_value <= summary.level,
        };
      }),
  );
  return rows.sort((a, b) => rank(b) - rank(a) || size(b) - size(a));
}

const rank = ({ better, differs }: Row) => (differs ? 2 : better ? 1 : 0);
const size = ({ better }: Row) => (better ? Math.abs(Math.log(better.value)) : 0);

/** One axis for all rows that are drawn. */
export function axisOf(rows: readonly Row[], threshold: number): Forest {
  const band = { low: 1 / (1 + threshold), high: 1 + threshold };
  const ends = rows.flatMap(({ better }) =>
    better ? [better.value, better.low ?? better.value, better.high ?? better.value] : [],
  );
  return { arms: [], placebo: null, band, scale: logScale([...ends, band.low, band.high]) };
}

/** What the server refused and what would have to be asked for, with how many entries need it. */
export function refusedOf({ groups }: Comparison) {
  const refused = new Map<string, { reason: string; entries: number }>();
  for (const { needs, reason } of groups.flatMap(({ entries }) => entries)) {
    if (needs === null) continue;
    const known = refused.get(needs);
    refused.set(needs, {
      reason: known?.reason ?? reason ?? '',
      entries: (known?.entries ?? 0) + 1,
    });
  }
  return [...refused].map(([needs, found]) => ({ needs, ...found }));
}

const COLUMNS = [
  'ratio',
  'ci_low',
  'ci_high',
  'p_value',
  'q_value',
  'chance',
  'verdict',
  'paired',
  'rounds',
  'median',
  'outcome',
  'quality',
] as const;

/** Every entry as a line of RFC 4180, the numbers as the server sent them. */
export function csvOf({ groups, pivot, baseline, measure }: Comparison): string {
  const axes = [...new Set(groups.flatMap((group) => Object.keys(group.axes)))].filter(
    (axis) => axis !== pivot,
  );
  const head = [...axes, pivot, 'baseline', 'measure', 'unit', ...COLUMNS, 'warnings', 'cell'];
  const lines = groups.flatMap((group) =>
    group.entries.map((entry) => [
      ...axes.map((axis) => group.axes[axis]),
      entry.value,
      baseline,
      measure.id,
      measure.unit,
      ...COLUMNS.map((column) => entry[column]),
      entry.warnings.map(({ code }) => code).join(' '),
      entry.cell,
    ]),
  );
  return [head, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(value: unknown): string {
  const words = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}
