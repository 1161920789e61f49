import type { ComponentChildren } from 'preact';

export interface Column {
  title: string;
  /** Numbers are set to the right, so that digits line up. */
  number?: boolean;
}

interface Props {
  label: string;
  columns: readonly Column[];
  rows: readonly (readonly ComponentChildren[])[];
}

/** A plain table in a box that scrolls sideways; the first column names the row. */
export function DataTable({ label, columns, rows }: Props) {
  const kind = (index: number) => (columns[index]?.number ? 'number' : undefined);
  return (
    // A box that scrolls must take the focus, or the keyboard cannot scroll it.
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table class="data">
        <thead>
          <tr>
            {columns.map(({ title }, index) => (
              <th key={title} scope="col" class={kind(index)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            <tr key={number}>
              {row.map((content, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    {content}
                  </th>
                ) : (
                  <td key={index} class={kind(index)}>
                    {content}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
