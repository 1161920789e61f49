import { significant } from '../../lib/format';
import type { SentinelSeries } from './sentinels';

/** Pixels; a round takes as much room as its square in the strip above. */
const ROUND = 24;
const HEIGHT = 40;

/** One kernel over the rounds: a line at its reference, which is 1, and one for the readings. */
export function SentinelLine({ kernel, values }: SentinelSeries) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const top = Math.max(1.25, ...known);
  const bottom = Math.min(1, ...known);
  const y = (value: number) => 4 + (HEIGHT - 8) * (1 - (value - bottom) / (top - bottom));
  const width = values.length * ROUND;
  const range = `${significant(Math.min(...known))} to ${significant(Math.max(...known))} times`;
  return (
    <div class="sentinel">
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${kernel} sentinel over ${values.length} rounds: ${range} its reference`}
      >
        <line class="reference" x1="0" x2={width} y1={y(1)} y2={y(1)} />
        <path d={lineOf(values, y)} />
      </svg>
      <span class="quiet">
        {kernel} sentinel: {range} its reference
      </span>
    </div>
  );
}

/** The pen is lifted over rounds without a reading. */
function lineOf(values: SentinelSeries['values'], y: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const pen = values[index - 1] == null ? 'M' : 'L';
      // A reading between two gaps is a short dash, not nothing.
      return `${pen}${index * ROUND + ROUND / 2 - 2},${y(value).toFixed(1)}h4`;
    })
    .join('');
}
