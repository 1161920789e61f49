import { useMutation, useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyButton } from '../../components/controls';
import { ProblemBox } from '../../components/ProblemBox';
import type { Claim } from '../../lib/api';
import { curlSuite } from '../../lib/curl';
import { sessionQuery } from '../../lib/queries';
import { maySubmit, submitSuite } from '../../lib/runs';
import { measurable } from './claims';

/** Queues the suite of a claim; nothing where no host could measure it. */
export function MeasureIt({ claim }: { claim: Claim }) {
  const { data: session } = useQuery(sessionQuery);
  const { route } = useLocation();
  const submit = useMutation({
    mutationFn: submitSuite,
    onSuccess: (run) => route(`/runs/${run.id}`),
  });
  const { suite } = claim;
  if (suite === null || !measurable(claim)) return null;
  return (
    <>
      <p class="row">
        {maySubmit(session) && (
          <button
            type="button"
            class="button"
            disabled={submit.isPending}
            onClick={() => submit.mutate(suite)}
          >
            Measure it<span class="hidden">: claim {claim.id}</span>
          </button>
        )}
        {session?.role === 'admin' && (
          <a class="button" href={`/schedules?form=new&suite=${suite}`}>
            Schedule it<span class="hidden">: claim {claim.id}</span>
          </a>
        )}
        <CopyButton label="Copy as curl" text={() => curlSuite(suite, location.origin)} />
      </p>
      {submit.error && <ProblemBox error={submit.error} />}
    </>
  );
}
