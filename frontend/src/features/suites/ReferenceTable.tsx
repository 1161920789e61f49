import { useQuery } from '@tanstack/preact-query';
import { DataTable } from '../../components/DataTable';
import { Glyph } from '../../components/Glyph';
import type { Run, Suite } from '../../lib/api';
import { times } from '../../lib/format';
import { comparisonQuery, suitesQuery } from '../../lib/queries';
import { besides } from './reference';

/** A suite's published figures beside what this run found; nothing for other runs. */
export function ReferenceTable({ run }: { run: Run }) {
  const { data: suites } = useQuery(suitesQuery);
  const reference = suites?.find(({ name }) => name === run.labels?.suite)?.reference;
  return reference ? <Beside run={run} reference={reference} /> : null;
}

interface Props {
  run: Run;
  reference: NonNullable<Suite['reference']>;
}

function Beside({ run, reference }: Props) {
  const { data: comparison } = useQuery(
    comparisonQuery(run, reference.baseline, reference.measure),
  );
  if (!comparison) return null;
  const rows = besides(reference, comparison);
  return (
    <section class="card">
      <h2>Beside the published figures</h2>
      <p class="subtitle">
        how many times as fast as {reference.baseline}, higher is better · published:{' '}
        <a href={reference.source}>{reference.title}</a>, {reference.machine}
      </p>
      <DataTable
        label="Published and measured speed"
        columns={[
          { title: 'Work' },
          { title: 'Model' },
          { title: 'Published', number: true },
          { title: 'Measured here, with 95 % interval' },
        ]}
        rows={rows.map(({ where, model, published, found }) => [
          where,
          <span key="model">
            <Glyph model={model} /> {model}
          </span>,
          times(published),
          found.length === 0 ? (
            <span key="none" class="quiet">
              nothing yet
            </span>
          ) : (
            <ul key="found">
              {found.map(({ interpreter, speed }) => (
                <li key={interpreter}>
                  <b>{times(speed.value)}</b>{' '}
                  {speed.low !== null && speed.high !== null && (
                    <>
                      [{times(speed.low)}, {times(speed.high)}]
                    </>
                  )}{' '}
                  <span class="quiet">{interpreter}</span>
                </li>
              ))}
            </ul>
          ),
        ])}
      />
    </section>
  );
}
