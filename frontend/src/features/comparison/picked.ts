import { oneOf, text } from '../../lib/url';

/** What is compared and how it is shown, as it stands in the address of a page. */
export const CODECS = {
  measure: text(),
  baseline: text(),
  view: oneOf(['matrix', 'table'], 'matrix'),
};
