import { useMutation, useQuery, useQueryClient } from '@tanstack/preact-query';
import { ConfirmButton } from '../../components/ConfirmButton';
import { CopyLink, Pick } from '../../components/controls';
import { DataTable } from '../../components/DataTable';
import { Loaded } from '../../components/Loaded';
import { Page } from '../../components/Page';
import { ProblemBox } from '../../components/ProblemBox';
import { SignInHint } from '../../components/SignInHint';
import { BenchmarkTable } from '../../features/imports/BenchmarkTable';
import { ChooseFile } from '../../features/imports/ChooseFile';
import { Compared } from '../../features/imports/Compared';
import {
  CODECS,
  deleteImport,
  hostWords,
  importComparisonQuery,
  importQuery,
  importsQuery,
} from '../../features/imports/imports';
import type { Import } from '../../lib/api';
import { dateTime } from '../../lib/format';
import { sessionQuery } from '../../lib/queries';
import { maySubmit } from '../../lib/runs';
import { useUrlState } from '../../lib/url';

/** Results of other programs: shown as what they are, and never among those measured here. */
export default function ImportsPage() {
  const [state, set] = useUrlState(CODECS);
  const { data: session } = useQuery(sessionQuery);
  const imports = useQuery(importsQuery);
  return (
    <Page
      title="Imports"
      lead="Results of pyperf and asv, beside what is measured here and never among it"
      actions={<CopyLink />}
    >
      <div class="stack">
        {maySubmit(session) ? (
          <ChooseFile onMade={(show) => set({ show, against: '' })} />
        ) : (
          session && <SignInHint to="import a file" />
        )}
        <Loaded query={imports} height={160}>
          {(all) =>
            all.length === 0 ? (
              <p class="card">
                Nothing has been imported yet. Take a file that pyperf has written with -o, or one
                of asv’s results folder.
              </p>
            ) : (
              <section class="card">
                <h2>Files</h2>
                <DataTable
                  label="Imports"
                  columns={[
                    { title: 'Name' },
                    { title: 'Program' },
                    { title: 'Benchmarks', number: true },
                    { title: 'Imported' },
                    { title: 'By' },
                  ]}
                  rows={all.map((one) => [
                    <a key="name" href={`/imports?show=${one.id}`}>
                      {one.name}
                    </a>,
                    one.format,
                    one.benchmarks,
                    one.created_at === null ? '' : dateTime(one.created_at),
                    one.owner,
                  ])}
                />
              </section>
            )
          }
        </Loaded>
        {state.show && (
          <Shown
            id={state.show}
            against={state.against}
            all={imports.data ?? []}
            onAgainst={(against) => set({ against })}
            onGone={() => set({ show: '', against: '' })}
          />
        )}
      </div>
    </Page>
  );
}

interface Props {
  id: string;
  against: string;
  all: readonly Import[];
  onAgainst: (id: string) => void;
  onGone: () => void;
}

function Shown({ id, against, all, onAgainst, onGone }: Props) {
  const { data: session } = useQuery(sessionQuery);
  const client = useQueryClient();
  const query = useQuery(importQuery(id));
  const comparison = useQuery(importComparisonQuery(id, against));
  const remove = useMutation({
    mutationFn: deleteImport,
    onSuccess: async () => {
      onGone();
      await client.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  const others = all.filter((one) => one.id !== id);
  return (
    <Loaded query={query} height={320}>
      {(found) => (
        <section class="card stack">
          <h2>{found.name}</h2>
          <p class="subtitle">
            {hostWords(found)} · figures of {found.format}, measured in its way
          </p>
          <BenchmarkTable benchmarks={found.items ?? []} />
          <p class="row">
            <a class="button" href={`/api/v1/imports/${id}/file`} download>
              The file
            </a>
            {maySubmit(session) && (
              <ConfirmButton
                label="Delete"
                about={found.name}
                pending={remove.isPending}
                onConfirm={() => remove.mutate(id)}
              />
            )}
          </p>
          {remove.error && <ProblemBox error={remove.error} />}
          {others.length > 0 && (
            <Pick
              label="Compare with"
              value={against}
              options={[
                ['', 'nothing'],
                ...others.map(({ id: other, name }) => [other ?? '', name] as const),
              ]}
              onPick={onAgainst}
            />
          )}
          {against && (
            <Loaded query={comparison} height={200}>
              {(compared) => (
                <Compared
                  comparison={compared}
                  against={all.find((one) => one.id === against)?.name ?? against}
                />
              )}
            </Loaded>
          )}
        </section>
      )}
    </Loaded>
  );
}
