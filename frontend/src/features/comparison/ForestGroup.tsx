import { Glyph } from '../../components/Glyph';
import { QualityChip } from '../../components/Quality';
import type { AxisValue, Comparison, ComparisonGroup } from '../../lib/api';
import { interval, turned } from '../../lib/advantage';
import { counted, percent, significant, times } from '../../lib/format';
import { useWidth } from '../../lib/hooks';
import { isInvalid } from '../../lib/quality';
import { ArmDetail } from './ArmDetail';
import { forestOf, type Arm, type Forest } from './forest';
import { ForestAxis, ForestLine } from './ForestLine';
import { missingWord } from './grid';
import { contextOf, reading, type Context } from './sentence';

interface Props {
  /** The group in words. */
  title: string;
  group: ComparisonGroup;
  comparison: Comparison;
  nameOf: (model: AxisValue) => string;
}

/** The arms of one group on one axis: what differs by more than the placebo does, and how surely. */
export function ForestGroup({ title, group, comparison, nameOf }: Props) {
  const [plot, width] = useWidth();
  const forest = forestOf(group, comparison.measure.direction);
  return (
    <section class="forest" aria-label={title}>
      <h3>{title}</h3>
      {forest.arms.map((arm) => (
        // The reason for what is withheld is not one click away.
        <details key={arm.entry.value} class="arm" open={isInvalid(arm.entry)}>
          <summary>
            <span class="arm-name">
              <Glyph model={arm.entry.value} interpreter={group.axes.interpreter} />{' '}
              {nameOf(arm.entry.value)}
            </span>
            <span class="arm-quality">
              <QualityChip quality={arm.entry.quality} reasons={arm.entry.quality_reasons} />
            </span>
            <span class="arm-plot">
              <ForestLine
                forest={forest}
                width={width}
                shown={arm.better}
                rounds={arm.rounds}
                look={{ kind: 'model', model: arm.entry.value, ...lookOf(arm, group) }}
              />
            </span>
            <span class="arm-words">
              <Words arm={arm} context={contextOf(comparison, group)} />
            </span>
          </summary>
          <ArmDetail entry={arm.entry} comparison={comparison} />
        </details>
      ))}
      <Placebo group={group} forest={forest} width={width} run={comparison.run} />
      <div class="arm axis-row">
        <div ref={plot} class="arm-plot">
          <ForestAxis forest={forest} width={width} />
        </div>
      </div>
      <p class="quiet foot">{footnote(group, comparison)}</p>
    </section>
  );
}

function lookOf({ entry }: Arm, group: ComparisonGroup) {
  const unclear = entry.verdict === 'unknown' || entry.verdict === 'same' || !entry.matters;
  return { interpreter: group.axes.interpreter, hollow: unclear, withheld: isInvalid(entry) };
}

function Words({ arm: { entry, better }, context }: { arm: Arm; context: Context }) {
  if (better === null) return <>{missingWord(entry)}</>;
  if (isInvalid(entry)) {
    return (
      <>
        <s>{times(better.value)}</s> invalid
      </>
    );
  }
  const { verdict } = reading(entry, context);
  const needed = entry.rounds_needed;
  return (
    <>
      {verdict}
      {entry.preliminary && entry.value !== context.baseline && ' (preliminary)'}
      {needed !== null && <span class="quiet">, needs ≈ {counted(needed, 'round')}</span>}
    </>
  );
}

interface PlaceboProps {
  group: ComparisonGroup;
  forest: Forest;
  width: number;
  run: string;
}

/** One program's second arm over its first: all that it shows is noise, so it is never ranked. */
function Placebo({ group: { placebo }, forest, width, run }: PlaceboProps) {
  if (!placebo) return null;
  const shown = forest.placebo;
  return (
    <div class="arm placebo">
      <span class="arm-name">
        <a href={`/cells/${placebo.cell}?run=${run}`}>placebo</a>: the same program twice
      </span>
      <span class="arm-plot">
        <ForestLine
          forest={forest}
          width={width}
          shown={shown}
          rounds={[]}
          look={{ kind: 'placebo' }}
        />
      </span>
      <span class="arm-words">
        {shown ? `${times(shown.value)} ${interval(shown) ?? '(too few rounds)'}` : 'not measured'}
      </span>
    </div>
  );
}

function footnote(group: ComparisonGroup, { measure, baseline }: Comparison): string {
  const { anchor, placebo, threshold, rounds_dirty: dirty } = group;
  const parts = [
    `band: ±${percent(Number(significant(threshold, 2)))}`,
    placebo === null ? 'no placebo' : `${dirty} of ${counted(placebo.rounds, 'round')} dirty`,
  ];
  if (anchor !== null && anchor.ratio !== null) {
    // Baseline over anchor: how long the baseline takes, the anchor taken as 1.
    const { low, high } = turned(anchor, 'higher_is_better') ?? { low: null, high: null };
    const range = interval({ low, high });
    parts.push(
      `${baseline} is at ${times(anchor.ratio)}${range ? ` ${range}` : ''} the anchor’s ${measure.title.toLowerCase()}`,
    );
  }
  return parts.join(' · ');
}
