import { useQuery } from '@tanstack/preact-query';
import { CopyLink, Pick } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { ProblemBox } from '../../components/ProblemBox';
import { CODECS, pivotsOf, questionOf, sizeAxes, valuesOf } from '../../features/scaling/asked';
import { CrossoverFigures } from '../../features/scaling/CrossoverFigure';
import { crossoverQuery, scalingQuery } from '../../features/scaling/queries';
import { ScalingFigures } from '../../features/scaling/ScalingFigure';
import type { RunSummary } from '../../lib/api';
import { dateTime } from '../../lib/format';
import { cellsQuery, runsQuery } from '../../lib/queries';
import { useUrlState } from '../../lib/url';
import '../../styles/scaling.css';

const NO_RUN = { id: '', state: 'completed' } as RunSummary;

/** How a run scales with its workers, and from which size on one overtakes another. */
export default function ScalingPage() {
  const [state, set] = useUrlState(CODECS);
  const runs = useQuery(runsQuery());
  const items = runs.data?.items ?? [];
  // The list has the newest runs only; a link may name an older one.
  const run = state.run
    ? (items.find(({ id }) => id === state.run) ?? { ...NO_RUN, id: state.run, name: state.run })
    : items.find(({ state: is }) => is === 'completed');
  const cells = useQuery({ ...cellsQuery(run ?? NO_RUN), enabled: run !== undefined });
  const scaling = useQuery(scalingQuery(run, state.measure));
  const axes = (cells.data ?? []).map((cell) => cell.axes);
  const question = run && questionOf(run.id, axes, state.measure, state);
  const crossover = useQuery(crossoverQuery(question));
  const toTable = () => set({ view: state.view === 'table' ? 'chart' : 'table' });
  const table = state.view === 'table';
  if (runs.error) {
    return (
      <Page title="Scaling">
        <ProblemBox error={runs.error} retry={() => void runs.refetch()} />
      </Page>
    );
  }
  const listed = run && !items.some(({ id }) => id === run.id) ? [run, ...items] : items;
  return (
    <Page
      title="Scaling"
      lead="What do more workers give, and from which size on does it pay?"
      actions={<CopyLink />}
    >
      <div class="stack">
        <div class="filters" role="group" aria-label="What is asked">
          <Pick
            label="Run"
            value={run?.id ?? ''}
            options={listed.map(({ id, name, created_at: at }) => [
              id,
              at ? `${name}, ${dateTime(at)}` : name,
            ])}
            onPick={(id) => set({ run: id, x: '', a: '', b: '', pivot: 'model' })}
          />
          <Pick
            label="Measure"
            value={state.measure}
            options={[
              ['steady_seconds', 'Steady'],
              ['total_seconds', 'Total'],
            ]}
            onPick={(measure) => set({ measure: measure as typeof state.measure })}
          />
        </div>
        {run === undefined ? (
          runs.data && <p class="card">No run has been measured yet. Submit one.</p>
        ) : (
          <>
            <h2>Workers</h2>
            <Loaded query={scaling} height={480}>
              {(list) => <ScalingFigures list={list} table={table} onTable={toTable} />}
            </Loaded>
            <h2 id="crossover">Crossover</h2>
            {question ? (
              <>
                <div class="filters" role="group" aria-label="What overtakes what">
                  <Pick
                    label="Size"
                    value={question.x}
                    options={same(sizeAxes(axes))}
                    onPick={(x) => set({ run: run.id, x })}
                  />
                  <Pick
                    label="Along"
                    value={question.pivot}
                    options={same(pivotsOf(axes, question.x))}
                    onPick={(pivot) => set({ run: run.id, pivot, a: '', b: '' })}
                  />
                  <Pick
                    label="From when is"
                    value={question.a}
                    options={same(valuesOf(axes, question.pivot).filter((v) => v !== question.b))}
                    onPick={(a) => set({ run: run.id, a, b: question.b })}
                  />
                  <Pick
                    label="better than"
                    value={question.b}
                    options={same(valuesOf(axes, question.pivot).filter((v) => v !== question.a))}
                    onPick={(b) => set({ run: run.id, b, a: question.a })}
                  />
                </div>
                <Loaded query={crossover} height={400}>
                  {(list) => (
                    <CrossoverFigures
                      question={question}
                      list={list}
                      table={table}
                      onTable={toTable}
                    />
                  )}
                </Loaded>
              </>
            ) : (
              cells.data && (
                <p class="card">
                  This run has no axis of numbers with three values or more, or only one of
                  everything else. Submit one with several sizes, as digits 50, 100, 200, 400, 800.
                </p>
              )
            )}
          </>
        )}
      </div>
    </Page>
  );
}

const same = (values: readonly string[]) => values.map((value) => [value, value] as const);
