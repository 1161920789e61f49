import type { AxisValue, Comparison } from '../../lib/api';
import { turned } from '../../lib/advantage';
import { counted, listed } from '../../lib/format';

type Mean = Comparison['summary']['means'][number];

/** The finding in one sentence: of the means, which are one for each contender. */
export function verdictOf(comparison: Comparison, nameOf: (value: AxisValue) => string): string {
  const { summary, baseline, measure } = comparison;
  const base = nameOf(baseline);
  const better = (mean: Mean) => turned(mean, measure.direction)?.value ?? 1;
  const [best] = summary.means.filter(isClear).sort((a, b) => better(b) - better(a));
  if (summary.compared === 0) return 'Nothing has been compared';
  if (best === undefined) {
    const names = listed(summary.means.map(({ value }) => nameOf(value)));
    return `No clear difference in the mean between ${names} and ${base}`;
  }
  const several = summary.means.length > 1;
  if (several && better(best) < 1) return `Nothing is clearly better than ${base} in the mean`;
  const words = `${nameOf(best.value)}: ${best.sentence} than ${base}`;
  const more = several ? `, the best of ${counted(summary.means.length, 'contender')}` : '';
  return `${words} in the mean of ${counted(best.cells, 'cell')}${more}`;
}

/** Whether the interval leaves 1 out. */
const isClear = ({ ci_low: low, ci_high: high }: Mean) => low > 1 || high < 1;
