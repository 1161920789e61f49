import type { Transfer } from '../../lib/api';
import { inOrder, shared, varying, describe } from '../../lib/axes';
import { NNBSP, percent, quantity, significant } from '../../lib/format';

/** Axes that have a column of their own. */
const COLUMNS = ['mechanism', 'payload'];

/** What a run's transfers have in common, beside mechanism and payload, in words. */
export function commonWords(transfers: readonly Transfer[]): string {
  const common = shared(transfers.map(({ axes }) => axes));
  const rest = Object.keys(common).filter((axis) => !COLUMNS.includes(axis) && axis !== 'profile');
  return describe(common, rest);
}

/** What tells a transfer from others of the same mechanism and payload; empty where nothing does. */
export function ownWords({ axes }: Transfer, transfers: readonly Transfer[]): string {
  const differing = varying(transfers.map((one) => one.axes));
  return describe(axes, inOrder(differing.filter((axis) => !COLUMNS.includes(axis))));
}

const ITEMS: [number, string][] = [
  [1e9, ' billion'],
  [1e6, ' million'],
  [1e3, ' thousand'],
  [1, ''],
];

/** What is handed over in a second: 1.86 GiB, 2.30 million items. */
export function bandwidth(perSecond: number, unit: Transfer['unit']): string {
  if (unit === 'bytes') return quantity(perSecond, 'B');
  const [factor, word] = ITEMS.find(([size]) => perSecond >= size * 0.9995) ?? [1, ''];
  return `${significant(perSecond / factor)}${word}${NNBSP}items`;
}

/** Latency with its interval. */
export function latencyWords({ alpha_seconds: alpha }: Transfer): Words {
  return {
    value: alpha === null || alpha.value === null ? '–' : quantity(alpha.value, 's'),
    interval: between(alpha, (seconds) => quantity(seconds, 's')),
  };
}

/** Bandwidth with its interval; of a flat line only what it is at least. */
export function bandwidthWords({ beta_per_second: beta, unit }: Transfer): Words {
  const words = (value: number) => bandwidth(value, unit);
  if (beta?.value === null && beta.ci_low !== null) {
    return { value: 'none told', interval: `at least ${words(beta.ci_low)}` };
  }
  return {
    value: beta === null || beta.value === null ? '–' : words(beta.value),
    interval: between(beta, words),
  };
}

interface Words {
  value: string;
  /** Empty where there is none. */
  interval: string;
}

function between(estimate: Transfer['alpha_seconds'], words: (value: number) => string): string {
  if (estimate === null || estimate.ci_low === null || estimate.ci_high === null) return '';
  return `[${words(estimate.ci_low)}, ${words(estimate.ci_high)}]`;
}

/** Worst miss of the line: 8.4 %. */
export const missWords = ({ worst_miss: miss }: Transfer) =>
  miss === null ? '–' : percent(Number(miss.toPrecision(2)));

const STATUS: Record<Transfer['status'], string> = {
  fitted: 'fitted',
  flat: 'flat',
  not_identifiable: 'not identifiable',
};

export const statusWords = ({ status, preliminary }: Transfer) =>
  STATUS[status] + (preliminary ? ' (preliminary)' : '');

/** Everything that qualifies a transfer's figures, one sentence each. */
export function remarks({ reason, warnings, left_out, unit }: Transfer): string[] {
  const out = left_out.map(({ size, reason: why }) => `without ${sizeWords(size, unit)}: ${why}`);
  return [...(reason === null ? [] : [reason]), ...warnings, ...out];
}

const sizeWords = (size: number, unit: Transfer['unit']) =>
  `${size.toLocaleString('en-US')}${NNBSP}${unit}`;

/** Smallest and largest size that were used: 64 to 8,388,608 bytes. */
export function rangeWords({ sizes, unit }: Transfer): string {
  const first = sizes[0];
  const last = sizes.at(-1);
  if (!first || !last) return 'none';
  return sizes.length === 1
    ? sizeWords(first.size, unit)
    : `${sizes.length}: ${first.size.toLocaleString('en-US')} to ${sizeWords(last.size, unit)}`;
}
