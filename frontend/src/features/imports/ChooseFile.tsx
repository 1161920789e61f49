import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { FaultList } from '../../components/fields';
import { ProblemBox } from '../../components/ProblemBox';
import { counted } from '../../lib/format';
import { RequestError } from '../../lib/http';
import { BenchmarkTable } from './BenchmarkTable';
import { makeImport, previewImport, type Chosen } from './imports';

/** Picks a file, shows what it would become, and imports it. */
export function ChooseFile({ onMade }: { onMade: (id: string) => void }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const preview = useMutation({ mutationFn: previewImport });
  const make = useMutation({
    mutationFn: makeImport,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['imports'] });
      setChosen(undefined);
      preview.reset();
      if (id !== null) onMade(id);
    },
  });
  const choose = async (file: File | undefined) => {
    make.reset();
    if (!file) return;
    const next = { name: file.name, content: await file.text() };
    setChosen(next);
    preview.mutate(next);
  };
  const error = make.error ?? preview.error;
  const problem = error instanceof RequestError ? error.problem : undefined;
  const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? [];
  const found = preview.data;
  return (
    <section class="card stack">
      <h2>Import a file</h2>
      <label class="field">
        <span>JSON of pyperf (-o file.json), or a result of asv</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </label>
      <FaultList faults={faults} />
      {error && faults.length === 0 && <ProblemBox error={error} />}
      {chosen && found && (
        <>
          <p>
            {chosen.name}: {counted(found.benchmarks, 'benchmark')} of {found.format}.{' '}
            {found.existing !== null && 'This file has been imported before. '}
            Nothing is stored until you import it.
          </p>
          <BenchmarkTable benchmarks={found.items ?? []} />
          <p class="row">
            <button
              type="button"
              class="button primary"
              disabled={make.isPending}
              onClick={() => make.mutate(chosen)}
            >
              {found.existing === null ? 'Import' : 'Show it'}
            </button>
          </p>
        </>
      )}
    </section>
  );
}
