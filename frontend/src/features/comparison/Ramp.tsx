import { QualityMark } from '../../components/Quality';
import type { Quality } from '../../lib/api';
import { tint } from '../../lib/colour';

const STEPS: [number, string][] = [
  [1 / 8, '1/8'],
  [1 / 4, '1/4'],
  [1 / 2, '1/2'],
  [0.8, '.8'],
  [1.25, '1.25×'],
  [2, '2×'],
  [4, '4×'],
  [8, '8×'],
];

interface Props {
  better: string;
  worse: string;
  baseline: string;
  preliminary: boolean;
  /** Qualities whose marks the cells have. */
  marks: readonly Quality[];
}

/** The key to the matrix; hidden from readers, whose cells speak in words. */
export function Ramp({ better, worse, baseline, preliminary, marks }: Props) {
  return (
    <div class="ramp" aria-hidden="true">
      <span>{worse}</span>
      {STEPS.map(([value, label]) => (
        <i key={label} style={{ background: tint(value) }}>
          {label}
        </i>
      ))}
      <span>
        {better} than {baseline}
      </span>
      <span class="key">
        <i class="top" /> fastest (ties marked together)
      </span>
      <span class="key">
        <i class="unclear">1.0</i> no clear difference
      </span>
      {marks.map((quality) => (
        <span key={quality} class="key">
          <QualityMark quality={quality} /> {quality}
        </span>
      ))}
      {preliminary && <span class="key">~ preliminary, still being measured</span>}
    </div>
  );
}
