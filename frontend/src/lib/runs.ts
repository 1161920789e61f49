import type { Run, RunProgress, RunSpec, RunSummary, Session } from './api';
import { body, http } from './http';

export const isLive = (run: Pick<RunSummary, 'state'>) =>
  run.state === 'queued' || run.state === 'running';

/** Roles form a ladder: viewer, submitter, admin. */
export const maySubmit = (session: Session | undefined) =>
  session?.role === 'submitter' || session?.role === 'admin';

export const submitRun = (spec: RunSpec): Promise<Run> =>
  body(http.POST('/api/v1/runs', { body: spec })) as Promise<Run>;

export const submitSuite = (name: string): Promise<Run> =>
  body(http.POST('/api/v1/suites/{name}/runs', { params: { path: { name } } })) as Promise<Run>;

export const cancelRun = (id: string): Promise<Run> =>
  body(http.POST('/api/v1/runs/{id}/cancellation', { params: { path: { id } } })) as Promise<Run>;

/** Queues the jobs of a run again that failed with their hosts. */
export const retryRun = (id: string): Promise<Run> =>
  body(http.POST('/api/v1/runs/{id}/retries', { params: { path: { id } } })) as Promise<Run>;

export const signOut = () => body(http.DELETE('/api/v1/session'));

/** Cell counts that do not overlap. The server counts failed and unsupported cells as done. */
export function progressParts(progress: RunProgress, live: boolean) {
  const { cells_total: total, cells_done: done } = progress;
  const { cells_failed: failed, cells_unsupported: unsupported } = progress;
  const succeeded = Math.max(0, done - failed - unsupported);
  const running = live && progress.current !== null ? Math.min(1, total - done) : 0;
  return { total, done, succeeded, unsupported, failed, running };
}
