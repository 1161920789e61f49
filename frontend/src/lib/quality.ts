import type { Quality } from './api';

/** What each quality says of a figure, best first. */
export const MEANING: Record<Quality, string> = {
  stable: 'no evidence of noise that matters',
  noisy: 'usable: intervals hold, but small differences drown',
  imprecise: 'the asked precision was not reached',
  unstable: 'the answer depends on which of its rounds are taken',
  invalid: 'equal arms differ, or the host changed: do not use',
};

export const QUALITIES = Object.keys(MEANING) as Quality[];

interface Judged {
  quality: Quality | null;
  quality_reasons: readonly string[];
}

/** An invalid figure is never told as one. */
export const isInvalid = ({ quality }: Pick<Judged, 'quality'>) => quality === 'invalid';

/** Quality in a sentence: its meaning, then what speaks against the figure. Empty for unjudged. */
export function qualityWords({ quality, quality_reasons: reasons }: Judged): string {
  if (quality === null) return '';
  return [`${quality}: ${MEANING[quality]}`, ...reasons].join('; ');
}
