import { queryOptions } from '@tanstack/preact-query';
import type { Import, ImportBenchmark, ImportComparison } from '../../lib/api';
import { quantity, significant, times } from '../../lib/format';
import { body, http } from '../../lib/http';
import { text } from '../../lib/url';

/** The state of the page, as it stands in its address. */
export const CODECS = { show: text(), against: text() };

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async () =>
    (await body(http.GET('/api/v1/imports', { params: { query: { limit: 500 } } }))).items,
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: () => body(http.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

export const importComparisonQuery = (id: string, against: string) =>
  queryOptions({
    queryKey: ['import-comparison', id, against],
    queryFn: () =>
      body(
        http.GET('/api/v1/imports/{id}/comparisons', {
          params: { path: { id }, query: { against } },
        }),
      ),
    enabled: id !== '' && against !== '' && id !== against,
  });

/** A file goes out as it is: read and written again, it would be another one. */
const asItIs = (file: string) => file;

export interface Chosen {
  name: string;
  content: string;
}

// The document says "a string" of a body that is the file itself.
const sent = ({ name, content }: Chosen) => ({
  params: { query: { name } },
  body: content as never,
  bodySerializer: asItIs as never,
  headers: { 'Content-Type': 'application/json' },
});

export const previewImport = (file: Chosen) =>
  body(http.POST('/api/v1/imports/preview', sent(file)));

export const makeImport = (file: Chosen) => body(http.POST('/api/v1/imports', sent(file)));

export const deleteImport = (id: string) =>
  body(http.DELETE('/api/v1/imports/{id}', { params: { path: { id } } }));

/** A value with the unit of its file; one that is not known is a bare number. */
export function valueWords(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (unit === 'second') return quantity(value, 's');
  if (unit === 'byte') return quantity(value, 'B');
  return significant(value);
}

export const rangeWords = ({ ci_low: low, ci_high: high, unit }: ImportBenchmark) =>
  low === null || high === null ? '–' : `${valueWords(low, unit)} to ${valueWords(high, unit)}`;

type Item = ImportComparison['items'][number];

export const ratioWords = ({ ratio }: Item) => (ratio === null ? '–' : times(ratio));

/** What is known of the machine, in the order in which one asks for it. */
export function hostWords({ items }: Pick<Import, 'items'>): string {
  const metadata: Record<string, unknown> = items?.[0]?.metadata ?? {};
  return ['hostname', 'machine', 'cpu_model_name', 'cpu', 'platform', 'python_version', 'python']
    .flatMap((fact) => (metadata[fact] === undefined ? [] : [String(metadata[fact])]))
    .join(', ');
}
