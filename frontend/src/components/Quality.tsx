import type { Quality } from '../lib/api';
import { MEANING, qualityWords } from '../lib/quality';

/** Strokes around the origin, about 10 units wide: a shape of its own for each quality. */
const STROKES: Record<Quality, string> = {
  stable: 'M-4,.5L-1.2,3.2L4,-3.2',
  noisy: 'M-4.5,0L-2.5,-3.5L0,3.5L2.5,-3.5L4.5,0',
  imprecise: 'M-4.5,-3.2V3.2M4.5,-3.2V3.2M-4.5,0H4.5',
  unstable: 'M0,-4.4L4.8,3.8H-4.8Z',
  invalid: 'M-3.6,-3.6L3.6,3.6M3.6,-3.6L-3.6,3.6',
};

/** The shape of a quality; the word stands beside it or in a key to the shapes. */
export function QualityMark({ quality }: { quality: Quality }) {
  return (
    <svg class="quality-mark" width="11" height="11" viewBox="-6 -6 12 12" aria-hidden="true">
      <path d={STROKES[quality]} />
    </svg>
  );
}

interface Props {
  quality: Quality | null;
  reasons: readonly string[];
}

/** How far a figure can be trusted, by shape and word; nothing where it was not judged. */
export function QualityChip({ quality, reasons }: Props) {
  if (quality === null) return null;
  return (
    <span class={`quality ${quality}`} title={qualityWords({ quality, quality_reasons: reasons })}>
      <QualityMark quality={quality} /> {quality}
    </span>
  );
}

/** The same with its meaning and every reason in words. */
export function QualityReasons({ quality, reasons }: Props) {
  if (quality === null) return null;
  return (
    <div class="quality-reasons">
      <p>
        <QualityChip quality={quality} reasons={[]} /> {MEANING[quality]}
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
