import { queryOptions } from '@tanstack/preact-query';
import type { Cell, Run, RunPreview, RunSpec, Sample } from './api';
import { body, http } from './http';
import { isLive } from './runs';

/** How often a run's state is asked for while it is not finished, in milliseconds. */
const LIVE_MS = 2_000;
/** How often its figures are: they cost the server a computation, on a host that may be measuring. */
const FIGURES_MS = 5_000;
/** How often the list of runs is asked for while nothing runs. */
const IDLE_MS = 10_000;
/** Catalogues change when a host or its interpreters do, which is rare. */
const CATALOGUE_MS = 60_000;
const PAGE_SIZE = 500;

/** Keeps figures on screen while newer ones of the same run load, never those of another run. */
const sameRun =
  (id: string) =>
  <T>(previous: T | undefined, query?: { queryKey: readonly unknown[] }) =>
    query?.queryKey[1] === id ? previous : undefined;

interface Page<T> {
  items: T[];
  next: string | null;
}

async function everyPage<T>(page: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let next: string | null | undefined;
  do {
    const answer = await page(next ?? undefined);
    items.push(...answer.items);
    next = answer.next;
  } while (next);
  return items;
}

/** One page of runs, newest first; without a cursor the first one. */
export const runsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['runs', cursor],
    queryFn: () => body(http.GET('/api/v1/runs', { params: { query: { limit: 50, cursor } } })),
    refetchInterval: ({ state }) => (state.data?.items.some(isLive) ? LIVE_MS : IDLE_MS),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () =>
      body(http.GET('/api/v1/runs/{id}', { params: { path: { id } } })) as Promise<Run>,
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? LIVE_MS : false),
  });

/** What a specification would become; a faulty one has no answer, its faults are told on submitting. */
export const previewQuery = (spec: RunSpec, enabled: boolean) =>
  queryOptions({
    queryKey: ['preview', spec],
    queryFn: () => body(http.POST('/api/v1/runs/preview', { body: spec })),
    enabled,
    retry: false,
    staleTime: IDLE_MS,
    placeholderData: (previous: RunPreview | undefined) => previous,
  });

type Watched = Pick<Run, 'id' | 'state'>;

/** The state is part of the key, so that the last figures of a finished run are always fetched. */
export const cellsQuery = (run: Watched) =>
  queryOptions({
    queryKey: ['cells', run.id, run.state],
    queryFn: (): Promise<Cell[]> =>
      everyPage((cursor) =>
        body(
          http.GET('/api/v1/runs/{id}/cells', {
            params: { path: { id: run.id }, query: { limit: PAGE_SIZE, cursor } },
          }),
        ),
      ),
    placeholderData: sameRun(run.id),
    refetchInterval: isLive(run) ? FIGURES_MS : false,
  });

export const comparisonQuery = (run: Watched, baseline: string, measure: string) =>
  queryOptions({
    queryKey: ['comparison', run.id, baseline, measure, run.state],
    queryFn: () =>
      body(
        http.GET('/api/v1/comparisons', {
          params: { query: { run: run.id, pivot: 'model', baseline, measure } },
        }),
      ),
    placeholderData: sameRun(run.id),
    refetchInterval: isLive(run) ? FIGURES_MS : false,
  });

export const transfersQuery = (run: Watched) =>
  queryOptions({
    queryKey: ['transfers', run.id, run.state],
    queryFn: () => body(http.GET('/api/v1/transfers', { params: { query: { run: run.id } } })),
    placeholderData: sameRun(run.id),
    refetchInterval: isLive(run) ? FIGURES_MS : false,
  });

/** One cell, a control too: lists leave controls out. */
export const cellQuery = (id: string, live: boolean) =>
  queryOptions({
    queryKey: ['cell', id, live],
    queryFn: () => body(http.GET('/api/v1/cells/{id}', { params: { path: { id } } })),
    placeholderData: sameRun(id),
    refetchInterval: live ? FIGURES_MS : false,
  });

export const evidenceQuery = (run: Watched) =>
  queryOptions({
    queryKey: ['evidence', run.id, run.state],
    queryFn: async () => {
      const call = http.GET('/api/v1/runs/{id}/evidence', { params: { path: { id: run.id } } });
      return (await body(call)).items;
    },
    placeholderData: sameRun(run.id),
    refetchInterval: isLive(run) ? FIGURES_MS : false,
  });

export const instrumentQuery = queryOptions({
  queryKey: ['instrument'],
  queryFn: () => body(http.GET('/api/v1/instrument')),
  staleTime: CATALOGUE_MS,
});

/** Past results of one self-test, newest first. */
export const selfTestsQuery = (name: string) =>
  queryOptions({
    queryKey: ['self-tests', name],
    queryFn: async () => {
      const query = { name, limit: 50 };
      return (await body(http.GET('/api/v1/instrument/self-tests', { params: { query } }))).items;
    },
    placeholderData: sameRun(name),
  });

export const samplesQuery = (cell: Pick<Cell, 'id' | 'rounds'>) =>
  queryOptions({
    queryKey: ['samples', cell.id, cell.rounds],
    queryFn: async (): Promise<Sample[]> => {
      const call = http.GET('/api/v1/cells/{id}/samples', { params: { path: { id: cell.id } } });
      return (await body(call)).items;
    },
    placeholderData: sameRun(cell.id),
  });

export const hostsQuery = queryOptions({
  queryKey: ['hosts'],
  queryFn: async () => (await body(http.GET('/api/v1/hosts'))).items,
  refetchInterval: IDLE_MS,
});

export const hostQuery = (name: string) =>
  queryOptions({
    queryKey: ['host', name],
    queryFn: () => body(http.GET('/api/v1/hosts/{name}', { params: { path: { name } } })),
    refetchInterval: IDLE_MS,
  });

export const profilesQuery = queryOptions({
  queryKey: ['profiles'],
  queryFn: async () => (await body(http.GET('/api/v1/profiles'))).items,
  refetchInterval: IDLE_MS,
});

/** The first of the waiting jobs, and how many wait. */
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: () => body(http.GET('/api/v1/queue')),
  refetchInterval: FIGURES_MS,
});

/** What every host measures at the moment. */
export const liveQuery = queryOptions({
  queryKey: ['live'],
  queryFn: async () => (await body(http.GET('/api/v1/live'))).items,
  refetchInterval: FIGURES_MS,
});

export const measuresQuery = queryOptions({
  queryKey: ['measures'],
  queryFn: async () => (await body(http.GET('/api/v1/measures'))).items,
  staleTime: CATALOGUE_MS,
});

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async () => (await body(http.GET('/api/v1/models'))).items,
  staleTime: CATALOGUE_MS,
});

export const workloadsQuery = queryOptions({
  queryKey: ['workloads'],
  queryFn: async () => (await body(http.GET('/api/v1/workloads'))).items,
  staleTime: CATALOGUE_MS,
});

export const interpretersQuery = queryOptions({
  queryKey: ['interpreters'],
  queryFn: async () => (await body(http.GET('/api/v1/interpreters'))).items,
  staleTime: CATALOGUE_MS,
});

export const suitesQuery = queryOptions({
  queryKey: ['suites'],
  queryFn: async () => (await body(http.GET('/api/v1/suites'))).items,
  staleTime: CATALOGUE_MS,
});

/** Fills while hosts find out what they run. */
export const supportQuery = queryOptions({
  queryKey: ['support'],
  queryFn: async () => (await body(http.GET('/api/v1/support'))).items,
  refetchInterval: IDLE_MS,
});

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => body(http.GET('/api/v1/session')),
  staleTime: CATALOGUE_MS,
});
