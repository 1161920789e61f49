import type { AxisValue, Comparison, ComparisonEntry, ComparisonGroup } from '../../lib/api';
import { advantage } from '../../lib/advantage';
import { tint } from '../../lib/colour';
import { factor } from '../../lib/format';
import { isFailure } from '../../lib/outcomes';
import { missingWord } from './grid';
import { QualityMark } from '../../components/Quality';
import { isInvalid, qualityWords } from '../../lib/quality';
import { contextOf, reading, type Context } from './sentence';

export interface Pointed {
  entry: ComparisonEntry;
  /** The row in words. */
  row: string;
  context: Context;
  interpreter: AxisValue | undefined;
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
  const context = contextOf(comparison, group);
  const isBaseline = entry.value === comparison.baseline;
  const { verdict, certainty, basis } = reading(entry, context);
  const fastest = group.fastest.includes(entry.value);
  const doubt = entry.quality !== null && entry.quality !== 'stable' ? entry.quality : null;
  const spoken = [
    row,
    entry.value,
    verdict,
    fastest && 'fastest or tied',
    certainty,
    basis,
    doubt && `quality ${doubt}`,
  ];
  const point = (at: HTMLElement) =>
    onPoint({ entry, row, context, interpreter: group.axes.interpreter, at });
  // The full sentence follows what is seen, so that the name that is spoken starts with it.
  const hidden = <span class="hidden">, {spoken.filter(Boolean).join(', ')}</span>;
  const link = {
    href: entry.cell === null ? undefined : `/cells/${entry.cell}?run=${comparison.run}`,
    onFocus: (event: FocusEvent) => point(event.currentTarget as HTMLElement),
    onBlur: () => onPoint(null),
  };
  if (better === null) {
    return (
      <td class={isFailure(entry.outcome) ? 'missing failed' : 'missing'}>
        <a {...link} title={entry.reason ?? verdict}>
          {missingWord(entry)}
          {hidden}
        </a>
      </td>
    );
  }
  if (isInvalid(entry)) {
    return (
      <td class="missing failed">
        <a {...link} title={qualityWords(entry)}>
          ✕ invalid
          {hidden}
        </a>
      </td>
    );
  }
  const unclear = entry.verdict === 'same' || entry.verdict === 'unknown' || !entry.matters;
  const kind = isBaseline ? 'baseline' : unclear ? 'unclear' : undefined;
  return (
    <td class={kind} style={kind ? undefined : { '--tint': tint(better.value) }}>
      <a
        {...link}
        onPointerEnter={(event) => point(event.currentTarget)}
        onPointerLeave={() => onPoint(null)}
      >
        {entry.preliminary && !isBaseline && '~'}
        {isBaseline ? '1' : factor(better.value)}
        {fastest && <i class="top" aria-hidden="true" />}
        {doubt && <QualityMark quality={doubt} />}
        {hidden}
      </a>
    </td>
  );
}
