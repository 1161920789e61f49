import { useQuery } from '@tanstack/preact-query';
import { CopyLink, Segments } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { SignInHint } from '../../components/SignInHint';
import { ClaimCard } from '../../features/claims/ClaimCard';
import { claimsQuery, FILTERS, passes, type Filter } from '../../features/claims/claims';
import { counted } from '../../lib/format';
import { sessionQuery } from '../../lib/queries';
import { maySubmit } from '../../lib/runs';
import { oneOf, useUrlState } from '../../lib/url';
import '../../styles/claims.css';

const STATE = {
  verdict: oneOf<Filter>(
    FILTERS.map(([id]) => id),
    'all',
  ),
};

/** What was published about parallel Python, and whether it holds here. */
export default function ClaimsPage() {
  const query = useQuery(claimsQuery);
  const { data: session } = useQuery(sessionQuery);
  const [{ verdict }, set] = useUrlState(STATE);
  return (
    <Page
      title="Claims"
      lead="What was said about parallel Python, and does it hold on these hosts?"
      actions={<CopyLink />}
    >
      <Loaded query={query} height={640}>
        {(claims) => {
          const shown = claims.filter((claim) => passes(claim, verdict));
          const options = FILTERS.map(([id, label]) => {
            const count = claims.filter((claim) => passes(claim, id)).length;
            return [id, `${label} ${count}`] as const;
          });
          return (
            <>
              <div class="scroll" tabIndex={0} role="region" aria-label="Filter">
                <Segments
                  label="Verdict"
                  value={verdict}
                  options={options}
                  onPick={(picked) => set({ verdict: picked })}
                />
              </div>
              {session && !maySubmit(session) && <SignInHint to="measure one" />}
              <p class="quiet" role="status">
                {counted(shown.length, 'claim')}. A claim that has several verdicts counts under
                each. Your own are entered by <code>PUT /api/v1/claims/…</code>, and deleted on
                their page.
              </p>
              {shown.length === 0 && (
                <p class="card">
                  No claim has this verdict here. <a href="/claims">All claims</a> can be measured
                  from the list.
                </p>
              )}
              {shown.map((claim) => (
                <ClaimCard key={claim.id} claim={claim} />
              ))}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
