import { useMutation, useQuery } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { CopyButton } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import { sessionQuery, suitesQuery } from '../../lib/queries';
import { maySubmit, submitSuite } from '../../lib/runs';

/** Runs that are ready to be queued by one click. */
export function Suites() {
  const query = useQuery(suitesQuery);
  const { data: session } = useQuery(sessionQuery);
  const { route } = useLocation();
  const submit = useMutation({
    mutationFn: submitSuite,
    onSuccess: (run) => route(`/runs/${run.id}`),
  });
  const curl = (name: string) =>
    `curl -sS -X POST ${location.origin}/api/v1/suites/${name}/runs -H "Authorization: Bearer $(cat \${LANES_HOME:-~/.lanes}/token)"`;
  return (
    <section class="card">
      <h2>Suites</h2>
      <p class="subtitle">runs that are ready: for the interpreters and processors of your hosts</p>
      {submit.error && <ProblemBox error={submit.error} />}
      <Loaded query={query} height={160}>
        {(suites) => (
          <ul class="entries side-by-side">
            {suites.map(({ name, title, about }) => (
              <li key={name}>
                <h3>
                  {title} <code>{name}</code>
                </h3>
                <p>{about}</p>
                <p class="row">
                  {maySubmit(session) && (
                    <button
                      type="button"
                      class="button"
                      disabled={submit.isPending}
                      onClick={() => submit.mutate(name)}
                    >
                      Queue it<span class="hidden">: {title}</span>
                    </button>
                  )}
                  <CopyButton label="Copy as curl" text={() => curl(name)} />
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
