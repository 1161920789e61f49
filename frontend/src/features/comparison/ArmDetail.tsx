import type { ComponentChildren } from 'preact';
import { QualityReasons } from '../../components/Quality';
import type { Comparison, ComparisonEntry } from '../../lib/api';
import { interval, turned, wording } from '../../lib/advantage';
import { counted, significant, times } from '../../lib/format';
import { isInvalid } from '../../lib/quality';
import { cleanOtherwise } from './forest';
import { reading } from './sentence';

interface Props {
  entry: ComparisonEntry;
  comparison: Comparison;
}

/** What stands behind one arm's verdict. */
export function ArmDetail({ entry, comparison }: Props) {
  const { certainty, basis } = reading(entry, comparison);
  const { measure, baseline, run } = comparison;
  const usable = !isInvalid(entry);
  const clean = cleanOtherwise(entry, measure.direction);
  const total =
    entry.total_ratio === null
      ? null
      : turned({ ratio: entry.total_ratio, ci_low: null, ci_high: null }, measure.direction);
  return (
    <div class="arm-detail">
      <QualityReasons quality={entry.quality} reasons={entry.quality_reasons} />
      <dl class="facts">
        {usable && certainty !== '' && <Fact name="interval">{certainty}</Fact>}
        <Fact name="measured">{basis}</Fact>
        {usable && entry.adjusted_p !== null && (
          <Fact name="adjusted p">
            {probability(entry.adjusted_p)}, for all contenders of the group together
          </Fact>
        )}
        {usable && clean && entry.clean && (
          <Fact name="clean rounds">
            {wording(measure).noun} {times(clean.value)} {interval(clean)} over{' '}
            {counted(entry.clean.rounds, 'round')} alone: not the same answer
          </Fact>
        )}
        {usable && total && (
          <Fact name="summed times">
            {wording(measure).noun} {times(total.value)} by the sum of all turns, which feels the
            rare long ones that a median does not
          </Fact>
        )}
      </dl>
      {entry.cell !== null && (
        <p>
          <a href={`/cells/${entry.cell}?run=${run}`}>
            Every sample of {entry.value}
            {entry.value === baseline && ' (baseline)'}
          </a>
        </p>
      )}
    </div>
  );
}

const probability = (p: number) => (p < 0.001 ? 'p < 0.001' : `p = ${significant(p, 2)}`);

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
