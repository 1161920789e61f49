import { queryOptions } from '@tanstack/preact-query';
import type { Run } from '../../lib/api';
import { body, http } from '../../lib/http';
import type { Question } from './asked';

export const scalingQuery = (run: Pick<Run, 'id' | 'state'> | undefined, measure: string) =>
  queryOptions({
    queryKey: ['scaling', run?.id, run?.state, measure],
    queryFn: () =>
      body(http.GET('/api/v1/scaling', { params: { query: { run: run?.id ?? '', measure } } })),
    enabled: run !== undefined,
  });

export const crossoverQuery = (question: Question | undefined) =>
  queryOptions({
    queryKey: ['crossover', question],
    queryFn: () =>
      body(
        http.GET('/api/v1/crossovers', {
          params: { query: question ?? { run: '', x: '', a: '', b: '' } },
        }),
      ),
    enabled: question !== undefined,
  });
