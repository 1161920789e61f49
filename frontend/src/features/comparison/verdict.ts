import type { AxisValue, Comparison } from '../../lib/api';
import { counted, listed } from '../../lib/format';

type Mean = Comparison['summary']['means'][number];

/** The finding in one sentence: of the means, which are one for each contender. */
export function verdictOf(comparison: Comparison, nameOf: (value: AxisValue) => string): string {
  const { summary, baseline } = comparison;
  if (summary.compared === 0) return 'Nothing has been compared';
  const clear = summary.means.filter(isClear);
  const base = nameOf(baseline);
  if (clear.length === 0) {
    const names = listed(summary.means.map(({ value }) => nameOf(value)));
    return `No clear difference in the mean between ${names} and ${base}`;
  }
  const best = [...clear].sort((a, b) => size(b) - size(a))[0];
  const words = best ? `${nameOf(best.value)}: ${best.sentence}` : '';
  const others = summary.means.length - 1;
  const more = others > 0 ? `, the clearest of ${counted(others + 1, 'contender')}` : '';
  return `${words} than ${base} in the mean of ${counted(best?.cells ?? 0, 'cell')}${more}`;
}

/** Whether the interval leaves 1 out. */
const isClear = ({ ci_low: low, ci_high: high }: Mean) => low > 1 || high < 1;
const size = ({ ratio }: Mean) => Math.abs(Math.log(ratio));
