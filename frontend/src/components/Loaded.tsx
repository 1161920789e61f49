import type { ComponentChildren } from 'preact';
import { useDelay } from '../lib/hooks';
import { ProblemBox } from './ProblemBox';

interface Query<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  /** Height in pixels that the content is expected to take, held while it loads. */
  height: number;
  children: (data: T) => ComponentChildren;
}

/** The content once its data is there; until then a box of its height, or what went wrong. */
export function Loaded<T>({ query, height, children }: Props<T>) {
  // One element throughout: what comes next to it keeps its place while this changes.
  return (
    <div class="stack">
      {query.data !== undefined ? (
        children(query.data)
      ) : query.error ? (
        <ProblemBox error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={height} />
      )}
    </div>
  );
}

export function Skeleton({ height }: { height: number }) {
  const late = useDelay(150);
  return (
    <div class={late ? 'card skeleton' : 'skeleton'} style={{ minHeight: height }} role="status">
      <span class="hidden">Loading</span>
    </div>
  );
}
