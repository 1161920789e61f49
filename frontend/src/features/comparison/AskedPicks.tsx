import { useQuery } from '@tanstack/preact-query';
import { Pick } from '../../components/controls';
import type { Cell, Measure, RunSummary } from '../../lib/api';
import { byValue, varying } from '../../lib/axes';
import { defaultBaseline, MEASURE, modelsOf } from '../../lib/comparison';
import { dateTime } from '../../lib/format';
import { cellsQuery, measuresQuery, runsQuery } from '../../lib/queries';
import { CODECS, type Asked } from './asked';
import type { decode } from '../../lib/url';

type State = ReturnType<
  typeof decode<{ [K in keyof typeof CODECS]: (typeof CODECS)[K]['initial'] }>
>;

const WITHIN = '';

interface Choices {
  runs: RunSummary[];
  run: RunSummary | undefined;
  cells: Cell[] | undefined;
  axes: string[];
  values: string[];
  measures: Measure[];
  /** Undefined while it is not known what can be asked. */
  asked: Asked | undefined;
  error: Error | null;
  retry: () => void;
}

/** What can be picked, and the question that the picks make. */
export function useChoices(state: State): Choices {
  const runs = useQuery(runsQuery());
  const items = runs.data?.items ?? [];
  // The list has the newest runs only; a link may name an older one.
  const run = state.run
    ? (items.find(({ id }) => id === state.run) ?? unlisted(state.run))
    : items.find(({ state: is }) => is === 'completed');
  const cells = useQuery({
    ...cellsQuery(run ?? unlisted('')),
    enabled: run !== undefined && state.against === WITHIN,
  });
  const measures = useQuery(measuresQuery);
  const axes = varying((cells.data ?? []).map((cell) => cell.axes));
  const pivot = axes.includes(state.pivot)
    ? state.pivot
    : axes.includes('model')
      ? 'model'
      : (axes[0] ?? 'model');
  const values = [
    ...new Set(
      (cells.data ?? []).flatMap((cell) => (pivot in cell.axes ? [String(cell.axes[pivot])] : [])),
    ),
  ].sort(byValue);
  const usual = pivot === 'model' ? defaultBaseline(modelsOf(cells.data ?? [])) : (values[0] ?? '');
  const baseline = values.includes(state.baseline) ? state.baseline : usual;
  const common = {
    measure: state.measure || MEASURE,
    across: state.across.split(',').filter(Boolean),
    unpaired: state.unpaired === 'true',
  };
  const asked =
    run === undefined
      ? undefined
      : state.against !== WITHIN
        ? { run: run.id, against: state.against, ...common }
        : values.length > 0
          ? { run: run.id, pivot, baseline, ...common }
          : undefined;
  return {
    runs: items,
    run,
    cells: cells.data,
    axes,
    values,
    measures: measures.data ?? [],
    asked,
    error: runs.error ?? cells.error ?? measures.error,
    retry: () => void Promise.all([runs.refetch(), cells.refetch(), measures.refetch()]),
  };
}

const unlisted = (id: string) => ({ id, name: id, state: 'completed' }) as RunSummary;

interface Props {
  state: State;
  choices: Choices;
  onPick: (patch: Partial<State>) => void;
}

/** What is compared with what, and by which measure. */
export function AskedPicks({ state, choices, onPick }: Props) {
  const { runs, run, axes, values, measures, asked } = choices;
  const listed = run && !runs.some(({ id }) => id === run.id) ? [run, ...runs] : runs;
  const others = listed.filter(({ id }) => id !== run?.id);
  const within = state.against === WITHIN;
  const foreign =
    within || others.some(({ id }) => id === state.against)
      ? []
      : [[state.against, state.against] as const];
  return (
    <div class="filters" role="group" aria-label="What is compared">
      <Pick
        label="Run"
        value={run?.id ?? ''}
        options={listed.map(named)}
        onPick={(id) => onPick({ run: id, against: id === state.against ? WITHIN : state.against })}
      />
      <Pick
        label="With"
        value={state.against}
        options={[[WITHIN, 'its own cells'], ...foreign, ...others.map(named)]}
        onPick={(against) => onPick({ run: run?.id ?? '', against, across: '', unpaired: '' })}
      />
      {within && (
        <>
          <Pick
            label="Along"
            value={asked?.pivot ?? ''}
            options={(axes.length > 0 ? axes : ['model']).map((axis) => [axis, axis])}
            onPick={(pivot) => onPick({ run: run?.id ?? '', pivot, baseline: '' })}
          />
          <Pick
            label="Baseline"
            value={asked?.baseline ?? ''}
            options={values.map((value) => [value, value])}
            onPick={(baseline) => onPick({ run: run?.id ?? '', baseline })}
          />
        </>
      )}
      <Pick
        label="Measure"
        value={state.measure || MEASURE}
        options={measures.map(({ id, title }) => [id, title])}
        onPick={(measure) => onPick({ measure: measure === MEASURE ? '' : measure })}
      />
    </div>
  );
}

const named = ({ id, name, created_at: at }: RunSummary) =>
  [id, at ? `${name}, ${dateTime(at)}` : name] as const;
