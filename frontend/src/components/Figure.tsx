import type { ComponentChildren } from 'preact';
import type { Measure } from '../lib/api';
import { useElementId } from '../lib/hooks';

interface Props {
  /** The finding, in words. */
  title: string;
  /** Quantity, unit and interval. */
  subtitle: ComponentChildren;
  /** Left out where neither way is better. */
  direction?: Measure['direction'];
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/** A chart or a matrix: its finding as the title, what is drawn and which way is better under it. */
export function Figure({ title, subtitle, direction, tools, children }: Props) {
  const id = useElementId('figure');
  return (
    <figure class="card figure" aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          <p class="subtitle">
            {subtitle}{' '}
            {direction && (
              <span class="direction">
                {direction === 'lower_is_better' ? '↓ lower is better' : '↑ higher is better'}
              </span>
            )}
          </p>
        </div>
        {tools && <div class="tools">{tools}</div>}
      </header>
      {children}
    </figure>
  );
}

interface TwinProps {
  shown: boolean;
  toggle: () => void;
  chart: string;
}

/** Switches between a chart and the table with the same numbers. */
export function TwinButton({ shown, toggle, chart }: TwinProps) {
  return (
    <button type="button" class="button ghost" aria-pressed={shown} onClick={toggle}>
      {shown ? chart : 'Table'}
    </button>
  );
}
