import { useMutation } from '@tanstack/preact-query';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { Glyph } from '../../components/Glyph';
import { Pick, Segments } from '../../components/controls';
import { Checks, TextField } from '../../components/fields';
import type { Measure, Model, Workload } from '../../lib/api';
import { listed } from '../../lib/format';
import { faultsOf } from '../../lib/faults';
import { RequestError } from '../../lib/http';
import { byModel } from '../../lib/models';
import { submitRun } from '../../lib/runs';
import { Preview } from './Preview';
import { JUDGED, limits, specOf, type Form, type PrecisionId } from './spec';

const START_WORKLOAD = 'pi';
const START_MODELS = ['sequential', 'threads', 'subinterpreters', 'processes:fork'];
const PRECISION_NAMES: [PrecisionId, string][] = [
  ['quick', 'Quick'],
  ['normal', 'Normal'],
  ['precise', 'Precise'],
];

interface Props {
  workloads: readonly Workload[];
  models: readonly Model[];
  /** Interpreter lines that some host has. */
  lines: readonly string[];
  measures: readonly Measure[];
}

/** A run to be put together, and what it comes to. */
export function SubmitForm({ workloads, models, lines, measures }: Props) {
  const { route, query } = useLocation();
  const ids = models.map((model) => model.id).sort(byModel);
  const [form, setForm] = useState<Form>(() => ({
    name: '',
    workload:
      [query.workload, START_WORKLOAD].find((wanted) =>
        workloads.some(({ id }) => id === wanted),
      ) ??
      workloads[0]?.id ??
      '',
    parameters: {},
    tasks: '10',
    parallelism: '2',
    models: ids.filter((id) => START_MODELS.includes(id)),
    interpreters: [...lines],
    precision: 'quick',
    judged: JUDGED,
  }));
  const submit = useMutation({
    mutationFn: submitRun,
    onSuccess: (run) => route(`/runs/${run.id}`),
  });
  const workload = workloads.find(({ id }) => id === form.workload);
  if (!workload) return <p class="card">The server knows no workload that could be measured.</p>;

  const change = (patch: Partial<Form>) => setForm({ ...form, ...patch });
  const spec = specOf(form, workload);
  const problem = submit.error instanceof RequestError ? submit.error.problem : undefined;
  const known = [...Object.keys(spec.matrix), 'name', 'measures'];
  // Rounds are judged by how precisely time is known; memory has its own course.
  const timed = measures.filter(({ unit }) => unit === 's');
  const faults = problem ? faultsOf(problem, known) : { fields: {}, rest: [] };
  return (
    <form
      class="submit"
      onSubmit={(event) => {
        event.preventDefault();
        submit.mutate(spec);
      }}
    >
      <section class="card fields" aria-label="What is measured">
        <div>
          <Pick
            label="Workload"
            value={form.workload}
            options={workloads.map(({ id, title }) => [id, title])}
            onPick={(id) => change({ workload: id, parameters: {} })}
          />
          <p class="quiet">{workload.summary}</p>
        </div>
        <div class="row">
          {workload.parameters.map((parameter) => (
            <TextField
              key={`${workload.id} ${parameter.name}`}
              label={parameter.name}
              unit={parameter.unit}
              hint={limits(parameter)}
              value={form.parameters[parameter.name] ?? String(parameter.default)}
              faults={faults.fields[parameter.name]}
              onInput={(value) =>
                change({ parameters: { ...form.parameters, [parameter.name]: value } })
              }
            />
          ))}
          <TextField
            label="tasks"
            hint="how often the work is done in one batch"
            value={form.tasks}
            faults={faults.fields.tasks}
            onInput={(tasks) => change({ tasks })}
          />
          <TextField
            label="parallelism"
            hint="threads, interpreters or processes at work at once"
            value={form.parallelism}
            faults={faults.fields.parallelism}
            onInput={(parallelism) => change({ parallelism })}
          />
        </div>
        <p class="quiet">Several values, separated by commas, make one cell each.</p>
        <Checks
          title="Execution models"
          all={ids}
          chosen={form.models}
          faults={faults.fields.model}
          label={(id) => (
            <>
              <Glyph model={id} /> {models.find((model) => model.id === id)?.title ?? id}
            </>
          )}
          onChoose={(chosen) => change({ models: chosen })}
        />
        <Checks
          title="Interpreters"
          all={lines}
          chosen={form.interpreters}
          faults={faults.fields.interpreter}
          onChoose={(interpreters) => change({ interpreters })}
        />
        <fieldset>
          <legend>Precision</legend>
          <Segments
            label="Precision"
            value={form.precision}
            options={PRECISION_NAMES}
            onPick={(precision) => change({ precision })}
          />
        </fieldset>
        <details open={faults.fields.measures !== undefined}>
          <summary>
            Judged by {listed(timed.filter(({ id }) => form.judged.includes(id)).map(lowerTitle))}
          </summary>
          <Checks
            title="Measures that must be that precise"
            all={timed.map(({ id }) => id)}
            chosen={form.judged}
            faults={faults.fields.measures}
            label={(id) => timed.find((measure) => measure.id === id)?.title ?? id}
            onChoose={(judged) => change({ judged })}
          />
        </details>
        <TextField
          label="name"
          hint="shown in the list of runs; the workload's when empty"
          value={form.name}
          faults={faults.fields.name}
          onInput={(name) => change({ name })}
        />
      </section>
      <Preview spec={spec} rest={faults.rest} error={submit.error} pending={submit.isPending} />
    </form>
  );
}

const lowerTitle = ({ title }: Measure) => title.toLowerCase();
