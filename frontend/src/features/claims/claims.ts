import type { Claim, ClaimVerdict, Finding, Judgement } from '../../lib/api';
import { listed, significant } from '../../lib/format';
import { body, http } from '../../lib/http';
import { queryOptions } from '@tanstack/preact-query';

/** Verdicts change when a run ends, which takes minutes. */
const OFTEN_MS = 10_000;

export const claimsQuery = queryOptions({
  queryKey: ['claims'],
  queryFn: async () => (await body(http.GET('/api/v1/claims'))).items,
  refetchInterval: OFTEN_MS,
});

export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: ['claim', id],
    queryFn: () => body(http.GET('/api/v1/claims/{id}', { params: { path: { id } } })),
    refetchInterval: OFTEN_MS,
  });

/** Deletes a claim that somebody has made. */
export const deleteClaim = (id: string) =>
  body(http.DELETE('/api/v1/claims/{id}', { params: { path: { id } } }));

/** What the list can be narrowed to. */
export const FILTERS = [
  ['all', 'All'],
  ['confirmed', 'Confirmed'],
  ['refuted', 'Refuted'],
  ['inconclusive', 'Inconclusive'],
  ['not_testable', 'Not testable'],
  ['informational', 'Informational'],
] as const;

export type Filter = (typeof FILTERS)[number][0];

/** A claim is shown under each verdict that it has on some host and interpreter. */
export const passes = (claim: Pick<Claim, 'kind' | 'verdicts'>, filter: Filter): boolean =>
  filter === 'all' ||
  (filter === 'informational'
    ? claim.kind === 'informational'
    : claim.verdicts.some(({ verdict }) => verdict === filter));

export const verdictWords = (verdict: ClaimVerdict) => verdict.replace('_', ' ');

/** The host and the line that a verdict is of, in words. */
export const placeOf = ({ host, interpreter }: Pick<Judgement, 'host' | 'interpreter'>) =>
  host === null ? 'any host' : interpreter === null ? host : `${host}, ${interpreter}`;

export interface Told {
  verdict: ClaimVerdict;
  /** Null where no host could tell. */
  host: string | null;
  interpreters: string[];
  missing: readonly string[];
}

/** Verdicts of a host with the same grounds in one line, so that what is missing is said once. */
export function told(verdicts: readonly Judgement[]): Told[] {
  const all = new Map<string, Told>();
  for (const judgement of verdicts) {
    const { verdict, host, interpreter, missing } = judgement;
    const key = [verdict, host, ...missing].join('\n');
    const known = all.get(key) ?? { verdict, host, interpreters: [], missing };
    if (interpreter !== null) known.interpreters.push(interpreter);
    all.set(key, known);
  }
  return [...all.values()];
}

/** Where a verdict holds, in words. */
export const whereWords = ({ host, interpreters }: Pick<Told, 'host' | 'interpreters'>) =>
  host === null
    ? 'on any host'
    : interpreters.length === 0
      ? `on ${host}`
      : `on ${listed(interpreters)} of ${host}`;

/** Whether a click could give a verdict that there is not yet. */
export const measurable = ({ suite, verdicts }: Pick<Claim, 'suite' | 'verdicts'>): boolean =>
  suite !== null &&
  verdicts.some(
    ({ verdict, missing, run }) =>
      verdict !== 'not_testable' || run !== null || missing[0] === 'not measured yet',
  );

type Condition = NonNullable<Claim['conditions']>[number];

/** Where the ratio must lie, in words. */
export function bandWords({ band, baseline }: Pick<Condition, 'band' | 'baseline'>): string {
  if (baseline === null) return 'its tasks must succeed';
  if (band === null) return 'shown only; it decides nothing';
  if (band.low === null) return `at most ${significant(band.high ?? NaN)}`;
  if (band.high === null) return `at least ${significant(band.low)}`;
  return `${significant(band.low)} to ${significant(band.high)}`;
}

/** The finding in figures: ratio with its interval. */
export function ratioWords({ ratio, ci_low: low, ci_high: high }: Finding): string {
  if (ratio === null) return '–';
  const interval =
    low === null || high === null ? '' : ` [${significant(low)}, ${significant(high)}]`;
  return significant(ratio) + interval;
}
