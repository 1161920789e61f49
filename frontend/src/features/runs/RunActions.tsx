import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyButton, CopyLink } from '../../components/controls';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import type { Run } from '../../lib/api';
import { curl } from '../../lib/curl';
import { sessionQuery } from '../../lib/queries';
import { cancelRun, isLive, maySubmit, retryRun, submitRun } from '../../lib/runs';

/** What can be done with a run: cancel it, try again what hosts lost, submit it anew, pass it on. */
export function RunActions({ run }: { run: Run }) {
  const { route } = useLocation();
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const onSuccess = (changed: Run) => {
    client.setQueryData(['run', run.id], changed);
    return client.invalidateQueries({ queryKey: ['runs'] });
  };
  const cancel = useMutation({ mutationFn: () => cancelRun(run.id), onSuccess });
  const retry = useMutation({ mutationFn: () => retryRun(run.id), onSuccess });
  const again = useMutation({
    mutationFn: () => submitRun(run.spec),
    onSuccess: (created) => route(`/runs/${created.id}`),
  });
  const failure = cancel.error ?? retry.error ?? again.error;
  const allowed = maySubmit(session);
  return (
    <div class="actions">
      {allowed && isLive(run) && (
        <button
          type="button"
          class="button"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          Cancel run
        </button>
      )}
      {allowed && run.jobs.some(({ state }) => state === 'failed') && (
        <button
          type="button"
          class="button"
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Try failed jobs again
        </button>
      )}
      {allowed && (
        <button
          type="button"
          class="button"
          disabled={again.isPending}
          onClick={() => again.mutate()}
        >
          Run again
        </button>
      )}
      <a class="button" href={`/compare?run=${run.id}`}>
        Compare
      </a>
      <a class="button" href={`/scaling?run=${run.id}`}>
        Scaling
      </a>
      <Export run={run.id} />
      <CopyButton label="Copy as curl" text={() => curl(run.spec, location.origin)} />
      <CopyLink />
      {session && !allowed && <SignInHint to="cancel a run or run it again" />}
      {failure && <ProblemBox error={failure} />}
    </div>
  );
}

/** The cells of a run in formats of other programs. */
function Export({ run }: { run: string }) {
  const formats = [
    ['csv', 'CSV'],
    ['parquet', 'Parquet'],
    ['pyperf', 'pyperf'],
  ] as const;
  return (
    <span class="row tight" role="group" aria-label="Export">
      {formats.map(([format, name]) => (
        <a key={format} class="button" href={`/api/v1/runs/${run}/cells?format=${format}`} download>
          {name}
        </a>
      ))}
    </span>
  );
}
