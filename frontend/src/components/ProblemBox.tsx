import { RequestError } from '../lib/http';

interface Props {
  error: Error;
  retry?: () => void;
}

/** What went wrong with a request, in the server's words, and the way to try again. */
export function ProblemBox({ error, retry }: Props) {
  const problem = error instanceof RequestError ? error.problem : undefined;
  const faults = problem?.errors ?? [];
  return (
    <section class="card problem" role="alert">
      <h2>{problem?.title ?? 'The page could not make sense of an answer'}</h2>
      <p>{problem?.detail ?? error.message}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault.pointer}>
              <code>{fault.pointer}</code> {fault.detail}
            </li>
          ))}
        </ul>
      )}
      {problem?.code && <p class="quiet">Code {problem.code}</p>}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Retry
        </button>
      )}
    </section>
  );
}
