import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { CopyButton } from '../../components/controls';
import { Checks, FaultList, TextField } from '../../components/fields';
import { ProblemBox } from '../../components/ProblemBox';
import { RequestError } from '../../lib/http';
import { eventWords, EVENTS, makeWebhook } from './webhooks';

/** Has an address told; shows the secret, which cannot be had again. */
export function NewWebhook() {
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState(['run.ended']);
  const make = useMutation({
    mutationFn: () => makeWebhook({ url: url.trim(), events, paused: false }),
    onSuccess: () => {
      setUrl('');
      return client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  const problem = make.error instanceof RequestError ? make.error.problem : undefined;
  const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`) ?? [];
  const secret = make.data?.secret;
  return (
    <section class="card stack">
      <h2>New webhook</h2>
      <TextField
        label="address"
        hint="https://…, of the open internet unless the server’s settings say otherwise"
        value={url}
        onInput={setUrl}
      />
      <Checks
        title="told when"
        all={EVENTS}
        chosen={events}
        label={(event) => eventWords(event)}
        onChoose={setEvents}
      />
      <FaultList faults={faults} />
      {make.error && faults.length === 0 && <ProblemBox error={make.error} />}
      <p class="row">
        <button
          type="button"
          class="button primary"
          disabled={make.isPending || url.trim() === '' || events.length === 0}
          onClick={() => make.mutate()}
        >
          Make
        </button>
      </p>
      {secret && (
        <p class="note" role="status">
          Its secret, which is shown this once: <code>{secret}</code>{' '}
          <CopyButton label="Copy the secret" text={() => secret} />
        </p>
      )}
    </section>
  );
}
