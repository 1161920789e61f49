import type { Suite } from '../../lib/api';
import { body, http } from '../../lib/http';

/** Deletes a suite that somebody has saved. */
export const deleteSuite = ({ name, version }: Suite) =>
  body(
    http.DELETE('/api/v1/suites/{name}', {
      params: { path: { name }, header: version === null ? {} : { 'If-Match': version } },
    }),
  );

/** The many of claims after all others. */
export const claimsLast = <T extends Pick<Suite, 'name' | 'built_in'>>(suites: readonly T[]) => [
  ...suites.filter(isOfNoClaim),
  ...suites.filter((suite) => !isOfNoClaim(suite)),
];

/** Those of claims have a page of their own, where each stands beside what it checks. */
export const isOfNoClaim = ({ name, built_in: builtIn }: Pick<Suite, 'name' | 'built_in'>) =>
  !(builtIn && name.startsWith('claim-'));
