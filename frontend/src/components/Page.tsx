import type { ComponentChildren } from 'preact';
import { useTitle } from '../lib/hooks';

interface Props {
  title: string;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children?: ComponentChildren;
}

/** One screen: its heading, a line of context under it, its actions to the right. */
export function Page({ title, lead, actions, children }: Props) {
  useTitle(title);
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
