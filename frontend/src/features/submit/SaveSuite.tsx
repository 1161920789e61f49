import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { FaultList, TextField } from '../../components/fields';
import type { RunSpec } from '../../lib/api';
import { body, http, RequestError } from '../../lib/http';

const saveSuite = (name: string, run: RunSpec) =>
  body(http.POST('/api/v1/suites', { body: { name, title: run.name ?? name, about: null, run } }));

/** Keeps what a form holds under a name, so that it can be queued again and scheduled. */
export function SaveSuite({ spec }: { spec: RunSpec }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => saveSuite(name.trim(), spec),
    onSuccess: () => client.invalidateQueries({ queryKey: ['suites'] }),
  });
  const problem = save.error instanceof RequestError ? save.error.problem : undefined;
  const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? [];
  return (
    <details>
      <summary>Save as suite</summary>
      <TextField
        label="suite"
        hint="letters, digits, dots, dashes; this is what it is queued by"
        value={name}
        onInput={setName}
      />
      <FaultList faults={faults} />
      {save.error && faults.length === 0 && (
        <p class="fault" role="alert">
          {problem?.detail ?? save.error.message}
        </p>
      )}
      <p class="row">
        <button
          type="button"
          class="button"
          disabled={save.isPending || name.trim() === ''}
          onClick={() => save.mutate()}
        >
          Save
        </button>
        {save.data && (
          <a class="button" href={`/schedules?form=new&suite=${save.data.name}`}>
            Schedule {save.data.name}
          </a>
        )}
      </p>
    </details>
  );
}
