import { queryOptions } from '@tanstack/preact-query';
import { body, http } from '../../lib/http';
import type { Asked } from './asked';

/** The server's answer; figures of other questions are never shown in its place. */
export const askedQuery = (asked: Asked | undefined) =>
  queryOptions({
    queryKey: ['compare', asked],
    queryFn: () =>
      body(http.GET('/api/v1/comparisons', { params: { query: asked ?? { run: '' } } })),
    enabled: asked !== undefined,
  });
