import type { AxisValue, Parameter, RunSpec, Workload } from '../../lib/api';

export type PrecisionId = 'quick' | 'normal' | 'precise';

/** What the form holds: text as typed, several values separated by commas. */
export interface Form {
  name: string;
  workload: string;
  parameters: Record<string, string>;
  tasks: string;
  parallelism: string;
  models: string[];
  interpreters: string[];
  precision: PrecisionId;
  /** Measures whose precision ends the measuring. */
  judged: string[];
}

export const PRECISIONS: Record<PrecisionId, NonNullable<RunSpec['precision']>> = {
  quick: { relative_half_width: 0.05, min_rounds: 6, max_rounds: 15, time_budget_s: 60 },
  normal: { relative_half_width: 0.02, min_rounds: 6, max_rounds: 60, time_budget_s: 600 },
  precise: { relative_half_width: 0.01, min_rounds: 12, max_rounds: 120, time_budget_s: 1800 },
};

/** What is judged when nobody says otherwise. */
export const JUDGED = ['total_seconds', 'steady_seconds'];

export const typed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Text that is no number is passed on as it is: the server names the rule it breaks. */
const number = (text: string): AxisValue => (Number.isNaN(Number(text)) ? text : Number(text));

const values = (text: string, parameter: Parameter): AxisValue[] =>
  typed(text).map((one) => (parameter.type === 'text' ? one : number(one)));

/** The run that a form describes. */
export function specOf(form: Form, workload: Workload): RunSpec {
  const parameters = workload.parameters.map((parameter) => [
    parameter.name,
    values(form.parameters[parameter.name] ?? String(parameter.default), parameter),
  ]);
  return {
    name: form.name.trim() || workload.id,
    matrix: {
      workload: [workload.id],
      ...Object.fromEntries(parameters),
      tasks: typed(form.tasks).map(number),
      parallelism: typed(form.parallelism).map(number),
      model: form.models,
      interpreter: form.interpreters,
    },
    profiles: ['any'],
    precision: { ...PRECISIONS[form.precision], ...judgedOf(form) },
  };
}

/** Left out where it is the usual choice, which then stays the server's. */
function judgedOf({ judged }: Form): { measures?: string[] } {
  const usual = judged.length === JUDGED.length && JUDGED.every((id) => judged.includes(id));
  return usual ? {} : { measures: judged };
}

/** Combinations in a matrix, before the server leaves any out. */
export const cellCount = (spec: RunSpec) =>
  Object.values(spec.matrix).reduce((product, axis) => product * axis.length, 1);

/** "decimal digits; 1 to 20000; default 200" */
export function limits(parameter: Parameter): string {
  const { description, minimum, maximum, default: initial } = parameter;
  const range =
    minimum !== null && maximum !== null
      ? `${minimum} to ${maximum}`
      : minimum !== null
        ? `at least ${minimum}`
        : maximum !== null
          ? `at most ${maximum}`
          : null;
  return [description, range, `default ${initial}`].filter(Boolean).join('; ');
}
