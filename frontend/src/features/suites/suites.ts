import type { Suite } from '../../lib/api';
import { body, http } from '../../lib/http';

/** Deletes a suite that somebody has saved. */
export const deleteSuite = ({ name, version }: Suite) =>
  body(
    http.DELETE('/api/v1/suites/{name}', {
      params: { path: { name }, header: version === null ? {} : { 'If-Match': version } },
    }),
  );
