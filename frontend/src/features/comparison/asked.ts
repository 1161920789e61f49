import { oneOf, text } from '../../lib/url';
import { curlGet } from '../../lib/curl';

/** What is compared, as it stands in the address of the page. Empty means the usual. */
export const CODECS = {
  run: text(),
  against: text(),
  pivot: text(),
  baseline: text(),
  measure: text(),
  across: text(),
  unpaired: oneOf(['', 'true'], ''),
  view: oneOf(['chart', 'table'], 'chart'),
};

/** A question to the server, complete. */
export interface Asked {
  run: string;
  /** Undefined for cells of one run, which have a pivot and a baseline instead. */
  against?: string;
  pivot?: string;
  baseline?: string;
  measure: string;
  across: string[];
  unpaired: boolean;
}

/** Where the server answers it. */
export function address({ run, against, pivot, baseline, measure, across, unpaired }: Asked) {
  const query = new URLSearchParams({ run });
  if (against !== undefined) query.set('against', against);
  if (pivot !== undefined) query.set('pivot', pivot);
  if (baseline !== undefined) query.set('baseline', baseline);
  query.set('measure', measure);
  if (unpaired && against === undefined) query.set('unpaired', 'true');
  for (const one of across) query.append('across', one);
  return `/api/v1/comparisons?${query.toString()}`;
}

export const asCurl = (asked: Asked, origin: string) => curlGet(address(asked), origin);
