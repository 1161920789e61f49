import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { ConfirmButton } from '../../components/ConfirmButton';
import { CopyButton } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import { curlSuite } from '../../lib/curl';
import { sessionQuery, suitesQuery } from '../../lib/queries';
import { maySubmit, submitSuite } from '../../lib/runs';
import { deleteSuite, isOfNoClaim } from './suites';

/** Runs that are ready to be queued by one click. */
export function Suites() {
  const query = useQuery(suitesQuery);
  const { data: session } = useQuery(sessionQuery);
  const { route } = useLocation();
  const submit = useMutation({
    mutationFn: submitSuite,
    onSuccess: (run) => route(`/runs/${run.id}`),
  });
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: deleteSuite,
    onSettled: () => client.invalidateQueries({ queryKey: ['suites'] }),
  });
  const failure = submit.error ?? remove.error;
  return (
    <section class="card">
      <h2>Suites</h2>
      <p class="subtitle">
        runs that are ready: for the interpreters and processors of your hosts; those that check
        what was published are with the <a href="/claims">claims</a>
      </p>
      {failure && <ProblemBox error={failure} />}
      <Loaded query={query} height={160}>
        {(all) => (
          <ul class="entries side-by-side">
            {all.filter(isOfNoClaim).map((suite) => (
              <li key={suite.name}>
                <h3>
                  {suite.title} <code>{suite.name}</code>
                </h3>
                <p>{suite.about}</p>
                {suite.owner && <p class="quiet">saved by {suite.owner}</p>}
                <p class="row">
                  {maySubmit(session) && (
                    <button
                      type="button"
                      class="button"
                      disabled={submit.isPending}
                      onClick={() => submit.mutate(suite.name)}
                    >
                      Queue it<span class="hidden">: {suite.title}</span>
                    </button>
                  )}
                  {session?.role === 'admin' && (
                    <a class="button" href={`/schedules?form=new&suite=${suite.name}`}>
                      Schedule it<span class="hidden">: {suite.title}</span>
                    </a>
                  )}
                  {maySubmit(session) && !suite.built_in && (
                    <ConfirmButton
                      label="Delete"
                      about={suite.title}
                      pending={remove.isPending}
                      onConfirm={() => remove.mutate(suite)}
                    />
                  )}
                  <CopyButton
                    label="Copy as curl"
                    text={() => curlSuite(suite.name, location.origin)}
                  />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {session && !maySubmit(session) && <SignInHint to="queue one" />}
    </section>
  );
}
