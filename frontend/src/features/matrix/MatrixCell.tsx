import type { Comparison, ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { advantage } from '../../lib/advantage';
import { tint } from '../../lib/colour';
import { factor } from '../../lib/format';
import { isFailure } from '../../lib/outcomes';
import { missingWord } from './grid';
import { reading } from './sentence';

export interface Pointed {
  entry: ComparisonEntry;
  row: string;
  at: HTMLElement;
}

interface Props {
  comparison: Comparison;
  group: ComparisonGroup;
  entry: ComparisonEntry | undefined;
  row: string;
  onPoint: (pointed: Pointed | null) => void;
}

/** One combination: a factor on its colour, or the word for why there is none; links to its cell. */
export function MatrixCell({ comparison, group, entry, row, onPoint }: Props) {
  if (!entry) return <td class="missing">–</td>;
  const better = advantage(entry, comparison.measure.direction);
  const isBaseline = entry.value === comparison.baseline;
  const { verdict, certainty, basis } = reading(entry, comparison);
  const fastest = group.fastest.includes(entry.value);
  const spoken = [row, entry.value, verdict, fastest && 'fastest or tied', certainty, basis];
  const link = {
    href: entry.cell === null ? undefined : `/cells/${entry.cell}?run=${comparison.run}`,
    'aria-label': spoken.filter(Boolean).join(', '),
    onFocus: (event: FocusEvent) => onPoint({ entry, row, at: event.currentTarget as HTMLElement }),
    onBlur: () => onPoint(null),
  };
  if (better === null) {
    return (
      <td class={isFailure(entry.outcome) ? 'missing failed' : 'missing'}>
        <a {...link} title={entry.reason ?? verdict}>
          {missingWord(entry)}
        </a>
      </td>
    );
  }
  const unclear = entry.verdict === 'same' || entry.verdict === 'unknown' || !entry.matters;
  const kind = isBaseline ? 'baseline' : unclear ? 'unclear' : undefined;
  return (
    <td class={kind} style={kind ? undefined : { background: tint(better.value) }}>
      <a
        {...link}
        onPointerEnter={(event) => onPoint({ entry, row, at: event.currentTarget })}
        onPointerLeave={() => onPoint(null)}
      >
        {entry.preliminary && !isBaseline && '~'}
        {isBaseline ? '1' : factor(better.value)}
        {fastest && <i class="top" aria-hidden="true" />}
      </a>
    </td>
  );
}
