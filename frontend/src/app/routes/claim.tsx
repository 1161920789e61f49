import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { DataTable } from '../../components/DataTable';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { Said, Verdicts } from '../../features/claims/ClaimCard';
import { claimQuery, placeOf } from '../../features/claims/claims';
import { ConditionCard } from '../../features/claims/ConditionCard';
import { DeleteClaim } from '../../features/claims/DeleteClaim';
import { MeasureIt } from '../../features/claims/MeasureIt';
import { VerdictMark } from '../../features/claims/VerdictMark';
import type { Claim, Judgement } from '../../lib/api';
import { counted, dateTime } from '../../lib/format';
import '../../styles/claims.css';

/** One claim: its verdicts, what they rest on, and what earlier runs said. */
export default function ClaimPage({ id }: { id: string }) {
  const query = useQuery(claimQuery(id));
  return (
    <Page
      title={`Claim ${id}`}
      lead={
        <>
          One of the <a href="/claims">claims</a> that are checked here
        </>
      }
      actions={<CopyLink />}
    >
      <Loaded query={query} height={640}>
        {(claim) => (
          <>
            <section class="card claim">
              <h2>{claim.statement}</h2>
              <Said source={claim.source} owner={claim.owner} />
              <Verdicts claim={claim} />
              <Needed claim={claim} />
              <MeasureIt claim={claim} />
              <DeleteClaim claim={claim} />
              <p>
                <a class="button" href={`/api/v1/claims/${claim.id}/badge.svg`}>
                  The verdict as a small picture
                </a>
              </p>
            </section>
            {claim.conditions?.map((condition, number) => (
              <ConditionCard
                key={condition.says}
                number={number}
                condition={condition}
                verdicts={claim.verdicts}
              />
            ))}
            {claim.suite !== null && <Earlier history={claim.history ?? []} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Needed({ claim: { needs } }: { claim: Claim }) {
  if (!needs) return null;
  return (
    <p class="quiet">
      Needs {counted(needs.cores, 'processor')}; {needs.models.join(', ')}; any of{' '}
      {needs.interpreters.join(', ')}
      {needs.packages.length > 0 && `; ${needs.packages.join(', ')}`}.
    </p>
  );
}

function Earlier({ history }: { history: readonly Judgement[] }) {
  return (
    <section class="card">
      <h2>History</h2>
      <p class="subtitle">what each run said, the oldest first, by the conditions of today</p>
      {history.length === 0 ? (
        <p>No run of this claim has ended yet.</p>
      ) : (
        <DataTable
          label="History"
          columns={[{ title: 'Ended' }, { title: 'Host and interpreter' }, { title: 'Verdict' }]}
          rows={history.map((judgement) => [
            <a href={`/runs/${judgement.run}`}>
              {judgement.measured_at ? dateTime(judgement.measured_at) : 'run'}
            </a>,
            placeOf(judgement),
            <VerdictMark verdict={judgement.verdict} />,
          ])}
        />
      )}
    </section>
  );
}
