import type { Claim } from '../../lib/api';
import { told, whereWords } from './claims';
import { MeasureIt } from './MeasureIt';
import { VerdictMark } from './VerdictMark';

/** Who said it: a few words of it where they are known. */
export function Said({ source, owner }: Pick<Claim, 'source' | 'owner'>) {
  return (
    <p class="quiet">
      {source.quote && <q>{source.quote}</q>} {source.speaker},{' '}
      <a href={source.url} rel="noreferrer">
        {source.title}
      </a>
      , {source.published}
      {owner !== null && `; entered here by ${owner}`}
    </p>
  );
}

/** Every verdict with where it holds, and what is missing for one. */
export function Verdicts({ claim }: { claim: Claim }) {
  if (claim.kind === 'informational') return <p>Nothing to measure: {claim.reason}.</p>;
  if (claim.verdicts.length === 0) return <p>No host has reported yet: start a worker.</p>;
  return (
    <ul class="claim-verdicts">
      {told(claim.verdicts).map(({ verdict, missing, ...where }) => (
        <li key={`${verdict} ${whereWords(where)}`}>
          <VerdictMark verdict={verdict} /> {whereWords(where)}
          {missing.length > 0 && (
            <span class="quiet">
              {claim.reason === null && missing[0] !== 'not measured yet' ? '; missing: ' : ': '}
              {missing.join('; ')}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A claim in the list. */
export function ClaimCard({ claim }: { claim: Claim }) {
  return (
    <section class="card claim">
      <h2>
        <a href={`/claims/${claim.id}`}>{claim.statement}</a> <code>{claim.id}</code>
      </h2>
      <Said source={claim.source} owner={claim.owner} />
      <Verdicts claim={claim} />
      <MeasureIt claim={claim} />
    </section>
  );
}
