import { useLocation } from 'preact-iso';

/** How one piece of a page's state is written in the query string. */
export interface Codec<T> {
  /** Undefined for text that is no value; the initial value then holds. */
  parse: (text: string) => T | undefined;
  format: (value: T) => string;
  initial: T;
}

export type Codecs<S> = { [K in keyof S]: Codec<S[K]> };

export const oneOf = <const T extends string>(values: readonly T[], initial: T): Codec<T> => ({
  parse: (text) => values.find((value) => value === text),
  format: (value) => value,
  initial,
});

export const text = (initial = ''): Codec<string> => ({
  parse: (raw) => raw,
  format: (value) => value,
  initial,
});

/** The state in a query string; what is missing or is no value takes its initial value. */
export function decode<S extends object>(codecs: Codecs<S>, search: string): S {
  const query = new URLSearchParams(search);
  const state: Partial<S> = {};
  for (const key in codecs) {
    const raw = query.get(key);
    const value = raw === null ? undefined : codecs[key].parse(raw);
    state[key] = value === undefined ? codecs[key].initial : value;
  }
  return state as S;
}

/** The query string, with "?" unless empty: initial values left out, foreign keys kept. */
export function encode<S extends object>(
  codecs: Codecs<S>,
  state: NoInfer<S>,
  search = '',
): string {
  const query = new URLSearchParams(search);
  for (const key in codecs) {
    const value = codecs[key].format(state[key]);
    if (value === codecs[key].format(codecs[key].initial)) query.delete(key);
    else query.set(key, value);
  }
  const encoded = query.toString();
  return encoded === '' ? '' : `?${encoded}`;
}

/** A page's state, kept in its address, and a setter that adds a step to the history. */
export function useUrlState<S extends object>(codecs: Codecs<S>) {
  const { url, path, route } = useLocation();
  const search = url.split('?')[1] ?? '';
  const state = decode(codecs, search);
  const set = (patch: Partial<S>) => route(path + encode(codecs, { ...state, ...patch }, search));
  return [state, set] as const;
}
