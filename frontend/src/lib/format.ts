/** Narrow no-break space: stands before every unit. */
export const NNBSP = '\u202f';
const SECONDS: [number, string][] = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
];
const BYTES: [number, string][] = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
];

/** Three significant digits, never in exponent notation. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  // Rounded first: 9.996 has one digit before the point, and 10.0 has two.
  const rounded = Number(value.toPrecision(digits));
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(rounded)));
  return value.toFixed(Math.min(Math.max(decimals, 0), 9));
}

function scaled(value: number, steps: [number, string][]): string {
  const size = Math.abs(value);
  // 999.6 µs would round to 1000 µs: it is written in the next larger unit.
  const step = steps.find(([factor]) => size >= factor * 0.9995) ?? steps.at(-1);
  return step ? `${significant(value / step[0])}${NNBSP}${step[1]}` : String(value);
}

/** A measured value in the unit of its measure, scaled for reading: 0.0123 s is 12.3 ms. */
export function quantity(value: number, unit: string): string {
  if (unit === 's') return scaled(value, SECONDS);
  if (unit === 'B' || unit === 'bytes') return scaled(value, BYTES);
  return `${significant(value)}${NNBSP}${unit}`;
}

/** A size that is no measurement: 8 GiB, not 8.00 GiB. */
export const capacity = (bytes: number) => quantity(bytes, 'B').replace(/\.0+(?=\D)/, '');

/** A dimensionless factor in as few digits as a matrix cell needs. */
export function factor(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 9.95) return value.toFixed(0);
  if (value >= 2.995) return value.toFixed(1);
  return value >= 0.0995 ? value.toFixed(2) : significant(value, 2);
}

/** The same with three digits, where an interval stands beside it. */
export const times = (value: number) => `${significant(value)}×`;

/** A span as people say it; for remaining time, not for measurements. */
export function span(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))}${NNBSP}s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)}${NNBSP}min`;
  if (seconds < 129_600) return `${(seconds / 3_600).toFixed(1)}${NNBSP}h`;
  return `${Math.round(seconds / 86_400)}${NNBSP}days`;
}

export const ago = (instant: string | number, now: number) => {
  const seconds = (now - new Date(instant).getTime()) / 1_000;
  return seconds < 1 ? 'just now' : `${span(seconds)} ago`;
};

export const dateTime = (instant: string) =>
  new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const percent = (share: number) => `${Number(significant(share * 100))}${NNBSP}%`;

export const counted = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

/** Words as a list of a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
