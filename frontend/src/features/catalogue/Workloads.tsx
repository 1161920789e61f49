import { DataTable } from '../../components/DataTable';
import type { Parameter, Workload } from '../../lib/api';

const COLUMNS = [
  { title: 'Parameter' },
  { title: 'Default' },
  { title: 'Allowed' },
  { title: 'Meaning' },
];

/** Every workload with its parameters, their units and where it comes from. */
export function Workloads({ workloads }: { workloads: readonly Workload[] }) {
  return (
    <section class="card">
      <h2>Workloads</h2>
      <p class="subtitle">what can be measured; another digest of its file is another history</p>
      <ul class="entries">
        {workloads.map((workload) => (
          <li key={workload.id} id={`workload-${workload.id}`}>
            <h3>
              {workload.title} <code>{workload.id}</code>
            </h3>
            <p>
              {workload.summary}
              {workload.requires.length > 0 && <> Needs {workload.requires.join(', ')}.</>}
              {workload.kind === 'server' && <> A task is a request over a socket.</>}
            </p>
            {workload.parameters.length > 0 && (
              <DataTable
                label={`Parameters of ${workload.id}`}
                columns={COLUMNS}
                rows={workload.parameters.map((parameter) => [
                  <code key="name">{parameter.name}</code>,
                  String(parameter.default),
                  <span key="allowed" class="meaning">
                    {allowed(parameter)}
                  </span>,
                  <span key="meaning" class="meaning">
                    {parameter.description}
                  </span>,
                ])}
              />
            )}
            <p class="quiet">
              origin: <Origin text={workload.origin} /> · {workload.sha256.slice(0, 12)} ·{' '}
              <a href={`/submit?workload=${workload.id}`}>measure it</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function allowed({ type, minimum, maximum, unit, choices }: Parameter) {
  if (type === 'text') return choices.join(', ');
  return `${minimum ?? '…'} to ${maximum ?? '…'}${unit ? ` ${unit}` : ''}`;
}

function Origin({ text }: { text: string }) {
  return text.startsWith('https://') ? <a href={text}>{text.replace('https://', '')}</a> : text;
}
