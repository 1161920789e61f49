/** Factors beyond 8 and 1/8 (log₂ of ±3) have the full colour. */
const CLIP = 3;
/** Share of the full colour, in percent; the rest is surface, so that the text stays readable. */
const STRONGEST = 78;

/**
 * Background of a matrix cell: blue above 1, orange below, by the logarithm of the factor.
 *
 * @param advantage factor by which something is better than the baseline; above 0
 */
export function tint(advantage: number): string {
  const place = Math.max(-1, Math.min(1, Math.log2(advantage) / CLIP));
  const share = Math.round(Math.abs(place) ** 0.8 * STRONGEST);
  const colour = place >= 0 ? '--fast-cell' : '--slow-cell';
  return `color-mix(in oklab, var(${colour}) ${share}%, var(--surface))`;
}
