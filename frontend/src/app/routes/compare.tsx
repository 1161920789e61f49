import { useQuery } from '@tanstack/preact-query';
import { CopyLink } from '../../components/controls';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { ProblemBox } from '../../components/ProblemBox';
import { AskedAnswer } from '../../features/comparison/AskedAnswer';
import { CODECS } from '../../features/comparison/asked';
import { AskedPicks, useChoices } from '../../features/comparison/AskedPicks';
import { askedQuery } from '../../features/comparison/askedQuery';
import { useUrlState } from '../../lib/url';
import '../../styles/forest.css';
import '../../styles/compare.css';

/** Two runs, or the cells of one, compared: how much, how surely, and what speaks against it. */
export default function ComparePage() {
  const [state, set] = useUrlState(CODECS);
  const choices = useChoices(state);
  const { asked } = choices;
  const query = useQuery(askedQuery(asked));
  const names = new Map(choices.runs.map(({ id, name }) => [id, name]));
  const ask = (needs: string) => {
    const [key, value = ''] = needs.split('=');
    if (key === 'unpaired') set({ unpaired: 'true' });
    else set({ across: [...(asked?.across ?? []), value].join(',') });
  };
  return (
    <Page
      title="Compare"
      lead="What differs, by how much, and is it more than noise?"
      actions={<CopyLink />}
    >
      {choices.error ? (
        <ProblemBox error={choices.error} retry={choices.retry} />
      ) : (
        <div class="stack">
          <AskedPicks state={state} choices={choices} onPick={set} />
          {asked ? (
            <Loaded query={query} height={480}>
              {(comparison) => (
                <AskedAnswer
                  asked={asked}
                  comparison={comparison}
                  runs={names}
                  table={state.view === 'table'}
                  onTable={() => set({ view: state.view === 'table' ? 'chart' : 'table' })}
                  onAsk={ask}
                />
              )}
            </Loaded>
          ) : (
            <p class="card">
              {choices.runs.length === 0 || choices.cells !== undefined
                ? 'No run has been measured yet. Submit one, or pick another run.'
                : 'Looking for what can be compared …'}
            </p>
          )}
        </div>
      )}
    </Page>
  );
}
